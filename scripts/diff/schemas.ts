/** Writes the schemas of a document in one form: what means the same is written the same. */
import { at, escapeKey } from '../contract/pointer.ts';
import { isObject, type Place } from '../contract/resolve.ts';
import {
  type Branch,
  familyOf,
  headOf,
  isWithin,
  keyOf,
  opaque,
  type Shape,
  type ShapeReader,
} from './shapes.ts';
import { canonical, hash, list, type Node, set, unique } from './values.ts';

/** Whether callers send a value or receive it. */
export type Direction = 'request' | 'response';

/** Where a node of the form came from. */
export interface Source {
  /** In the document. */
  pointer: string;
  /** The places of its fields that do not stand below it. */
  fields?: Record<string, string>;
  /** What it is in a sentence: "property `family`"; "items of" goes on with what it is in. */
  subject?: string;
}
export type Sources = WeakMap<object, Source>;

interface Context {
  direction: Direction;
  /** Without words and deprecation: a parameter has those of its schema. */
  isBare?: boolean;
}

/** The type of what no value fits. */
export const nothing = 'nothing';

/**
 * Where the branches of `anyOf` and `oneOf` stand in the form, each under its tag or type: `redocly diff` pairs the
 * members of a map by their names, but those of a list by likeness.
 */
export const alternatives = 'dependentSchemas';

/** Where any value is the rule, there is none. */
const optional = set('items unevaluatedItems additionalProperties propertyNames unevaluatedProperties');

export class SchemaWriter {
  /** What the references of the form lead to, by the last key of their pointer. */
  readonly shared: Record<string, Node> = {};
  readonly #reader: ShapeReader;
  readonly #sources: Sources;
  readonly #ids = new Map<string, string>();
  readonly #prints = new Map<string, string>();
  /** Not recursion, since references may be nested deeper than the stack. */
  readonly #open: (() => void)[] = [];
  readonly #unions: { holder: Node; branches: Node[] }[] = [];
  readonly #opaque: { holder: Node; path: string; schema: unknown }[] = [];

  constructor(reader: ShapeReader, sources: Sources) {
    this.#reader = reader;
    this.#sources = sources;
  }

  /** Writes a schema, or several that a value has to fit at once; those with schemas within once for all references. */
  write(places: readonly Place<unknown>[], context: Context, subject: string): Node {
    const ends = places.map((place) => this.#reader.follow(place));
    const shape = this.#reader.read(ends);
    const pointer = places[0]?.pointer ?? '#';
    if (keyOf(ends) === pointer && !shape.some((branch) => [...branch.keys()].some(isWithin))) {
      return this.#shape(shape, context, { pointer, subject });
    }
    const key = `${JSON.stringify(context)} ${keyOf(ends)}`;
    const id = this.#ids.get(key) ?? `n${this.#ids.size}`;
    if (!this.#ids.has(key)) {
      this.#ids.set(key, id);
      this.#open.push(() => {
        this.shared[id] = this.#shape(shape, context, { pointer: ends[0]?.pointer ?? '#' });
      });
    }
    const use = { $ref: `#/x-shared/all/${id}` };
    this.#sources.set(use, { pointer, subject });
    return use;
  }

  /** To be called once all is written. */
  finish(): void {
    for (let next = this.#open.pop(); next; next = this.#open.pop()) next();
    for (const { holder, branches } of this.#unions) holder[alternatives] = branches;
    for (const { holder, path, schema } of this.#opaque) holder[`x-whole-${path}`] = this.print(schema);
    for (const { holder, branches } of this.#unions) this.#nameBranches(holder, branches);
  }

  #shape(shape: Shape, context: Context, source: Source): Node {
    const isOne = canBeOne(shape);
    // What all say alike, their holder says.
    const [first = new Map(), ...others] = shape;
    const isCommon = (key: string) =>
      key !== 'type' && others.every((other) => other.get(key)?.pointer === first.get(key)?.pointer);
    const own = isOne ? joinBranches(shape) : new Map([...first].filter(([key]) => isCommon(key)));
    const node = this.#branch(own, context);
    const fields: Record<string, string> = {
      ...this.#sources.get(node)?.fields,
      'x-whole-alternatives': source.pointer,
    };
    if (shape.length === 0) fields['type'] = source.pointer;
    this.#sources.set(node, { ...source, fields });
    if (isOne) return node;
    const branches = shape.map((branch) => {
      const written = this.#branch(new Map([...branch].filter(([key]) => !own.has(key))), context);
      const pointer = branch.get('')?.pointer ?? source.pointer;
      const name =
        /^#\/components\/schemas\/([^/]+)$/.exec(pointer)?.[1] ?? branch.get('type')?.value ?? 'any';
      this.#sources.set(written, {
        ...this.#sources.get(written),
        pointer,
        subject: `alternative \`${name}\` of`,
      });
      return written;
    });
    this.#unions.push({ holder: node, branches });
    return node;
  }

  #branch(branch: Branch, context: Context): Node {
    const { direction, isBare } = context;
    const node: Node = {};
    const fields: Record<string, string> = {};
    this.#sources.set(node, { pointer: '#', fields });
    const hidden = new Set<unknown>();
    for (const [path, { value, pointer }] of branch) {
      const key = headOf(path);
      fields[opaque.has(key) || key === 'contains' ? `x-whole-${path}` : path] = pointer;
      if (isWithin(path)) {
        const shape = this.#reader.read(value as Place<unknown>[]);
        const isHidden =
          shape.length > 0 &&
          shape.every((other) => other.has(direction === 'request' ? 'readOnly' : 'writeOnly'));
        if (key === 'properties' && isHidden) hidden.add(path.slice('properties/'.length));
        else if (!(optional.has(key) && shape.some(isAnything)))
          this.#child(node, path, value as Place<unknown>[], direction);
      } else if (key.startsWith('x-word-') || key === 'deprecated') {
        if (!isBare) node[path] = key === 'deprecated' ? true : canonical(value);
      } else if (key === 'default') {
        // In a request the default null says no more than that nothing is sent.
        if (value !== null || direction === 'response') node[key] = canonical(value);
      } else if (key === 'type') node[key] = [value].flat();
      else if (key !== '' && key !== 'readOnly' && key !== 'writeOnly' && !isDefault(key, value))
        node[key] = value;
    }
    const required = unique(...list(node['required']).filter((name) => !hidden.has(name)));
    node['required'] = required.length > 0 ? required : undefined;
    // Fewer items that count are fewer that count against `maxContains`.
    if (branch.has('maxContains'))
      this.#opaque.push({ holder: node, path: 'contains', schema: node['contains'] });
    return node;
  }

  #child(node: Node, path: string, places: readonly Place<unknown>[], direction: Direction): void {
    const key = headOf(path);
    const name = path.slice(key.length + 1);
    const subjects: Record<string, string> = { properties: `property \`${name}\``, items: 'items of' };
    const schema = this.write(places, { direction }, subjects[key] ?? `\`${path}\` of`);
    if (opaque.has(key)) this.#opaque.push({ holder: node, path, schema });
    else if (name === '') node[key] = schema;
    else {
      const map = key === 'properties' ? key : 'patternProperties';
      node[map] ??= Object.create(null);
      (node[map] as Node)[map === key ? name : path] = schema;
    }
  }

  /** Names the branches of a union by what tells them apart: a tag, their type, their properties, all they say. */
  #nameBranches(holder: Node, branches: readonly Node[]): void {
    const described = branches.map((branch) => ({
      branch,
      type: familyOf(list(branch['type'])[0]),
      tag: this.#tagOf(branch),
      print: this.print(branch),
    }));
    const named = new Map<string, Node>();
    let areTold = true;
    for (const { branch, type, tag, print } of described.sort((a, b) => (a.print < b.print ? -1 : 1))) {
      const isOnlyOne = type !== '' && described.filter((other) => other.type === type).length === 1;
      let name = tag ?? (isOnlyOne ? type : Object.keys(Object(branch['properties'])).sort().join() || print);
      areTold &&= !named.has(name) && (tag !== undefined || isOnlyOne);
      while (named.has(name)) name += ' again';
      named.set(name, branch);
      if (areTold) delete branch['x-whole-oneOf'];
    }
    if (areTold) delete holder['x-whole-oneOf'];
    holder[alternatives] = Object.fromEntries(named);
  }

  /** The first required property that has one possible value: `kind="cat"`. */
  #tagOf(branch: Node): string | undefined {
    for (const name of list(branch['required'])) {
      const property = this.#resolve(at(`#/properties/${escapeKey(String(name))}`, branch));
      const [value, ...others] = list(Object(property)['enum']);
      if (value !== undefined && others.length === 0) return `${name}=${value}`;
    }
    return undefined;
  }

  /** A text that is equal for equal schemas, words aside. Recursive ones may, rarely, differ. */
  print(value: unknown, depth = 0): string {
    if (Array.isArray(value))
      return value
        .map((part) => this.print(part, depth + 1))
        .sort()
        .join();
    if (!isObject(value)) return String(value);
    const { $ref } = value;
    const known = this.#prints.get(String($ref));
    if (depth > 100 || known) return known ?? '…';
    if (typeof $ref === 'string') this.#prints.set($ref, 'itself');
    const parts = Object.entries(Object(this.#resolve(value))).filter(
      ([key, part]) => !key.startsWith('x-word-') && part !== undefined,
    );
    const print = hash(
      parts
        .map(([key, part]) => `${key} ${this.print(part, depth + 1)}`)
        .sort()
        .join(),
    );
    if (typeof $ref === 'string') this.#prints.set($ref, print);
    return print;
  }

  #resolve(node: unknown): unknown {
    return this.shared[String(Object(node)['$ref']).replace('#/x-shared/all/', '')] ?? node;
  }
}

/** Whether one schema can stand for the branches: they are of different types, and all or none of them list values. */
function canBeOne(shape: Shape): boolean {
  const families = new Set(shape.map((branch) => familyOf(branch.get('type')?.value)));
  const values = shape.filter((branch) => branch.get('type')?.value !== 'null');
  const listed = values.filter((branch) => branch.has('enum')).length;
  const areTold =
    families.size === shape.length && !families.has('') && (listed === 0 || listed === values.length);
  return shape.length === 1 || areTold;
}

/** One branch for several of different types; for none, one that no value fits. */
function joinBranches(shape: Shape): Branch {
  const joined: Branch = new Map();
  for (const [key, said] of shape.flatMap((branch) => [...branch])) {
    const known = joined.get(key);
    const isList = key === 'type' || key === 'enum' || key.startsWith('x-word-');
    if (!known) joined.set(key, key === 'type' ? { ...said, value: [said.value] } : said);
    else if (isList)
      joined.set(key, { ...known, value: unique(...list(known.value), ...[said.value].flat()) });
  }
  joined.delete('x-discriminator');
  joined.delete('x-whole-oneOf');
  return shape.length === 0 ? new Map([['type', { value: [nothing], pointer: '#' }]]) : joined;
}

const isAnything = (branch: Branch) =>
  [...branch.keys()].every((key) => key === '' || key.startsWith('x-word-'));

/** Whether a value is the keyword's default (JSON Schema, section 6). */
function isDefault(key: string, value: unknown): boolean {
  if (/^min(?:Length|Items|Properties)$/.test(key)) return value === 0;
  if (key === 'uniqueItems') return value === false;
  if (key === 'minContains') return value === 1;
  return key === 'pattern' && (value === '' || value === '.*');
}
