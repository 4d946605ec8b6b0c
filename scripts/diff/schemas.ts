/** Writes the schemas of a document in one form: what means the same is written the same. */
import { at, escapeKey } from '../contract/pointer.ts';
import { isObject, type Place } from '../contract/resolve.ts';
import {
  familyOf,
  isAbout,
  isAnything,
  keyOf,
  nothing,
  opaque,
  type Shape,
  type ShapeReader,
  typesOf,
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

/**
 * Where the branches of `anyOf` and `oneOf` stand in the form, each under its tag or type: `redocly diff` pairs the
 * members of a map by their names, but those of a list by likeness.
 */
export const alternatives = 'dependentSchemas';

interface Context {
  direction: Direction;
  /** Without words and deprecation: a parameter has those of its schema. */
  isBare?: boolean;
}

interface Union {
  holder: Node;
  branches: Node[];
  exactlyOne: boolean;
}

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
  readonly #unions: Union[] = [];
  readonly #opaque: { holder: Node; path: string; schema: unknown }[] = [];

  constructor(reader: ShapeReader, sources: Sources) {
    this.#reader = reader;
    this.#sources = sources;
  }

  /** Writes a schema, or several that a value has to fit at once, once for all places that refer to it. */
  write(places: readonly Place<unknown>[], context: Context, subject: string): Node {
    const ends = places.map((place) => this.#reader.follow(place));
    const key = `${context.direction} ${context.isBare === true} ${keyOf(ends)}`;
    const id = this.#ids.get(key) ?? `n${this.#ids.size}`;
    if (!this.#ids.has(key)) {
      this.#ids.set(key, id);
      this.#open.push(() => {
        this.shared[id] = this.#node(this.#reader.read(ends), context);
      });
    }
    const use = { $ref: `#/x-shared/all/${id}` };
    this.#sources.set(use, { pointer: places[0]?.pointer ?? '#', subject });
    return use;
  }

  /** To be called once all is written. */
  finish(): void {
    for (let next = this.#open.pop(); next; next = this.#open.pop()) next();
    for (const { holder, branches } of this.#unions) holder[alternatives] = branches;
    for (const { holder, path, schema } of this.#opaque) holder[`x-whole-${path}`] = this.print(schema);
    for (const union of this.#unions) this.#nameBranches(union);
  }

  #node(shape: Shape, context: Context): Node {
    const types = typesOf(shape);
    const node: Node = {};
    const fields: Record<string, string> = {};
    this.#sources.set(node, { pointer: shape.pointer, fields });
    const hidden = new Set<unknown>();
    for (const [path, places] of shape.schemas) {
      const [key = ''] = path.split('/', 1);
      const child = this.#reader.read(places.map((place) => this.#reader.follow(place)));
      const isHidden = child.keywords.has(context.direction === 'request' ? 'readOnly' : 'writeOnly');
      if (key === 'properties' && isHidden) hidden.add(path.slice('properties/'.length));
      else if (isAbout(key, types) && !(optional.has(key) && isAnything(child))) {
        fields[`x-whole-${path}`] = places[0]?.pointer ?? '';
        this.#addChild(node, path, places, context.direction);
      }
    }
    // Fewer items that count are fewer that count against `maxContains`.
    if (shape.keywords.has('maxContains'))
      this.#opaque.push({ holder: node, path: 'contains', schema: node['contains'] });
    for (const [key, { value, pointer }] of shape.keywords) {
      if (!isAbout(key, types) || (key === 'x-discriminator' && shape.unions.length === 0)) continue;
      const written = key === 'required' ? unique(...list(value).filter((name) => !hidden.has(name))) : value;
      if (saysNothing(key, written, context)) continue;
      node[key] = key === 'default' || key.startsWith('x-word-') ? canonical(written) : written;
      fields[key] = pointer;
    }
    const holders = shape.unions.map(({ branches, exactlyOne }) => {
      const holder: Node = shape.unions.length === 1 ? node : {};
      const nodes = branches.map((branch) => this.#branch(branch, context.direction));
      this.#unions.push({ holder, exactlyOne, branches: nodes });
      return holder;
    });
    if (holders.length > 1) node['allOf'] = holders;
    return node;
  }

  #addChild(node: Node, path: string, places: readonly Place<unknown>[], direction: Direction): void {
    const [key = ''] = path.split('/', 1);
    const name = path.slice(key.length + 1);
    const subjects: Record<string, string> = { properties: `property \`${name}\``, items: 'items of' };
    const subject = subjects[key] ?? `\`${path}\` of`;
    const isBan = places.some((place) => place.node === false);
    const schema = isBan ? { type: [nothing] } : this.write(places, { direction }, subject);
    this.#sources.set(schema, { pointer: places[0]?.pointer ?? '#', subject });
    if (opaque.has(key)) this.#opaque.push({ holder: node, path, schema });
    else if (name === '') node[key] = schema;
    else {
      const map = key === 'properties' ? key : 'patternProperties';
      node[map] ??= Object.create(null);
      (node[map] as Node)[map === key ? name : path] = schema;
    }
  }

  #branch(shape: Shape, direction: Direction): Node {
    const node = this.#node(shape, { direction });
    const name =
      /^#\/components\/schemas\/([^/]+)$/.exec(shape.pointer)?.[1] ?? typesOf(shape)?.join(' or ') ?? 'any';
    const source = { pointer: shape.pointer, subject: `alternative \`${name}\` of` };
    this.#sources.set(node, { ...this.#sources.get(node), ...source });
    return node;
  }

  /** Names the branches of a union by what tells them apart: a tag, their type, their properties, all they say. */
  #nameBranches({ holder, branches, exactlyOne }: Union): void {
    const described = branches.map((branch) => {
      const type = list(branch['type'])
        .map((name) => familyOf(String(name)))
        .join();
      return { branch, type, tag: this.#tagOf(branch), print: this.print(branch) };
    });
    const named = new Map<string, Node>();
    let areTold = true;
    for (const { branch, type, tag, print } of described.sort((a, b) => (a.print < b.print ? -1 : 1))) {
      const isOnlyOne = described.filter((other) => other.type === type).length === 1;
      let name =
        tag ?? ((isOnlyOne && type) || Object.keys(Object(branch['properties'])).sort().join() || print);
      areTold &&= !named.has(name) && (tag !== undefined || (isOnlyOne && type !== ''));
      while (named.has(name)) name += ' again';
      named.set(name, branch);
    }
    if (exactlyOne && !areTold) holder['x-whole-oneOf'] = true;
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
    const parts = Object.entries(Object(this.#resolve(value))).filter(([key]) => !key.startsWith('x-word-'));
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

/** Whether a keyword makes no difference. The defaults are those of JSON Schema, section 6. */
function saysNothing(key: string, value: unknown, { direction, isBare }: Context): boolean {
  if (key.startsWith('x-word-') || key === 'deprecated') return isBare === true;
  // In a request the default null says no more than that nothing is sent.
  if (key === 'default') return value === null && direction === 'request';
  if (/^min(?:Length|Items|Properties)$/.test(key)) return value === 0;
  if (key === 'uniqueItems') return value === false;
  if (key === 'minContains') return value === 1;
  if (key === 'pattern') return value === '' || value === '.*';
  return key === 'readOnly' || key === 'writeOnly' || (key === 'required' && list(value).length === 0);
}
