/** Writes the schemas of a document in one form: what means the same is written the same. */
import { at, pointerTo } from '../contract/pointer.ts';
import { isObject, type Located } from '../contract/resolve.ts';
import {
  type Branch,
  familyOf,
  headOf,
  isNote,
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
  /** The pointers to its fields that are not below it. */
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
 * Where the branches of `anyOf` and `oneOf` are in the form, each under its tag or type: `redocly diff` pairs the
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
  /** What needs all schemas to be written. */
  readonly #last: (() => void)[] = [];

  constructor(reader: ShapeReader, sources: Sources) {
    this.#reader = reader;
    this.#sources = sources;
  }

  /** Writes a schema, or several that a value has to fit at once; those with schemas within once for all references. */
  write(schemas: readonly Located<unknown>[], context: Context, subject: string): Node {
    const ends = schemas.map((located) => this.#reader.follow(located));
    const shape = this.#reader.read(ends);
    const pointer = schemas[0]?.pointer ?? '#';
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
    for (const queue of [this.#open, this.#last])
      for (let next = queue.pop(); next; next = queue.pop()) next();
  }

  #shape(shape: Shape, context: Context, source: Source): Node {
    const isOne = canBeOne(shape);
    const [first = new Map(), ...others] = shape;
    // Keywords that all branches share are written once, in their parent.
    const isCommon = (key: string) =>
      key !== 'type' && others.every((other) => other.get(key)?.pointer === first.get(key)?.pointer);
    const own = isOne
      ? joinBranches(shape, source.pointer)
      : new Map([...first].filter(([key]) => isCommon(key)));
    const node = this.#branch(own, context, source);
    if (isOne) return node;
    const branches = shape.map((branch) => {
      const pointer = branch.get('')?.pointer ?? source.pointer;
      const [, name = branch.get('type')?.value ?? 'any'] =
        /^#\/components\/schemas\/([^/]+)$/.exec(pointer) ?? [];
      const others = new Map([...branch].filter(([key]) => !own.has(key)));
      return this.#branch(others, context, { pointer, subject: `alternative \`${name}\` of` });
    });
    node[alternatives] = branches;
    this.#last.push(() => this.#nameBranches(node, branches));
    return node;
  }

  #branch(branch: Branch, context: Context, source: Source): Node {
    const { direction } = context;
    // Even if they are empty, so that what comes and goes is always a member.
    const node: Node = { properties: Object.create(null), patternProperties: Object.create(null) };
    const fields: Record<string, string> = { 'x-whole-alternatives': source.pointer };
    this.#sources.set(node, { ...source, fields });
    const hidden = new Set<unknown>();
    for (const [path, { value, pointer }] of branch) {
      const key = headOf(path);
      fields[opaque.has(key) || key === 'contains' ? `x-whole-${path}` : path] = pointer;
      if (isWithin(path)) {
        const schemas = value as Located<unknown>[];
        const shape = this.#reader.read(schemas);
        const flag = direction === 'request' ? 'readOnly' : 'writeOnly';
        const isHidden = key === 'properties' && shape.some((other) => other.has(flag));
        if (isHidden) hidden.add(path.slice('properties/'.length));
        else if (!optional.has(key) || !shape.some(isAnything)) this.#child(node, path, schemas, direction);
      } else if (key === 'type') node[key] = [value].flat();
      else if (isNote(key)) Object.assign(node, noted(key, value, context));
      else if (!isDefault(key, value)) node[key] = value;
    }
    const required = unique(list(node['required']).filter((name) => !hidden.has(name)));
    node['required'] = required.length > 0 ? required : undefined;
    // Fewer items that count are fewer that count against `maxContains`.
    if (branch.has('maxContains')) this.#compareWhole(node, 'contains', node['contains']);
    return node;
  }

  #compareWhole(node: Node, path: string, schema: unknown): void {
    this.#last.push(() => {
      node[`x-whole-${path}`] = this.print(schema);
    });
  }

  #child(node: Node, path: string, schemas: readonly Located<unknown>[], direction: Direction): void {
    const key = headOf(path);
    const name = path.slice(key.length + 1);
    const subjects: Record<string, string> = { properties: `property \`${name}\``, items: 'items of' };
    const schema = this.write(schemas, { direction }, subjects[key] ?? `\`${path}\` of`);
    if (opaque.has(key)) this.#compareWhole(node, path, schema);
    else if (name === '') node[key] = schema;
    else {
      const map = key === 'properties' ? key : 'patternProperties';
      (node[map] as Node)[map === key ? name : path] = schema;
    }
  }

  /** Names the branches of a union by what tells them apart: a tag, their type, their properties, all their keywords. */
  #nameBranches(parent: Node, branches: readonly Node[]): void {
    const typeOf = (branch: Node) => familyOf(list(branch['type'])[0]);
    const prints = new Map(branches.map((branch) => [branch, this.print(branch)]));
    const sorted = branches.toSorted((a, b) => String(prints.get(a)).localeCompare(String(prints.get(b))));
    const named = new Map<string, Node>();
    let areDistinct = true;
    for (const branch of sorted) {
      const tag = this.#tagOf(branch);
      const type =
        branches.filter((other) => typeOf(other) === typeOf(branch)).length === 1 && typeOf(branch);
      let name =
        tag || type || Object.keys(Object(branch['properties'])).sort().join() || prints.get(branch) || '';
      areDistinct &&= !named.has(name) && Boolean(tag || type);
      while (named.has(name)) name += ' again';
      named.set(name, branch);
    }
    // Exactly one of them fits anyway.
    if (areDistinct) for (const node of [parent, ...branches]) delete node['x-whole-oneOf'];
    parent[alternatives] = Object.fromEntries(named);
  }

  /** The first required property that has one possible value: `kind="cat"`. */
  #tagOf(branch: Node): string | undefined {
    for (const name of list(branch['required'])) {
      const property = this.#resolve(at(pointerTo('#', 'properties', String(name)), branch));
      const [value, ...others] = list(Object(property)['enum']);
      if (value !== undefined && others.length === 0) return `${name}=${value}`;
    }
    return undefined;
  }

  /** A text that is equal for equal schemas, words aside. Recursive ones may, rarely, differ. */
  print(value: unknown, depth = 0): string {
    const printAll = (parts: [key: string, part: unknown][]) =>
      hash(
        parts
          .map(([key, part]) => `${key} ${this.print(part, depth + 1)}`)
          .sort()
          .join(),
      );
    if (Array.isArray(value)) return printAll(value.map((part) => ['', part]));
    if (!isObject(value)) return String(value);
    const { $ref } = value;
    const known = this.#prints.get(String($ref));
    if (depth > 100 || known) return known ?? '…';
    if ($ref) this.#prints.set(String($ref), 'itself');
    const fields = Object.entries(Object(this.#resolve(value)));
    const print = printAll(fields.filter(([key, part]) => !key.startsWith('x-word-') && part !== undefined));
    if ($ref) this.#prints.set(String($ref), print);
    return print;
  }

  #resolve(node: unknown): unknown {
    return this.shared[String(Object(node)['$ref']).replace('#/x-shared/all/', '')] ?? node;
  }
}

/** Whether one schema can replace the branches: they are of different types, and all or none of them list values. */
function canBeOne(shape: Shape): boolean {
  const families = new Set(shape.map((branch) => familyOf(branch.get('type')?.value)));
  const values = shape.filter((branch) => branch.get('type')?.value !== 'null');
  const listed = values.filter((branch) => branch.has('enum')).length;
  const areDistinct =
    families.size === shape.length && !families.has('') && (listed === 0 || listed === values.length);
  return shape.length === 1 || areDistinct;
}

/** One branch for several of different types; for none, one that no value fits. */
function joinBranches(shape: Shape, pointer: string): Branch {
  if (shape.length === 0) return new Map([['type', { value: [nothing], pointer }]]);
  const joined: Branch = new Map();
  for (const [key, entry] of shape.flatMap((branch) => [...branch])) {
    const known = joined.get(key);
    const isList = key === 'type' || key === 'enum' || key.startsWith('x-word-');
    const value = isList ? unique([...list(known?.value), ...[entry.value].flat()]) : entry.value;
    if (!known || isList) joined.set(key, { value, pointer: (known ?? entry).pointer });
  }
  // They are alternatives no more.
  for (const key of ['x-discriminator', 'x-whole-oneOf']) joined.delete(key);
  return joined;
}

const isAnything = (branch: Branch) => [...branch.keys()].every(isNote);

/** The field for what limits no values; none where it makes no difference. */
function noted(key: string, value: unknown, { direction, isBare }: Context): Node {
  const isWord = key.startsWith('x-word-');
  if ((isBare && (isWord || key === 'deprecated')) || ['', 'readOnly', 'writeOnly'].includes(key)) return {};
  // In a request the default null says no more than that nothing is sent.
  if (key === 'default' && value === null && direction === 'request') return {};
  return { [key]: isWord || key === 'default' ? canonical(value) : value };
}

/** Whether a value is the keyword's default (JSON Schema, section 6). */
function isDefault(key: string, value: unknown): boolean {
  if (/^min(?:Length|Items|Properties)$/.test(key)) return value === 0;
  if (key === 'uniqueItems') return value === false;
  if (key === 'minContains') return value === 1;
  return key === 'pattern' && (value === '' || value === '.*');
}
