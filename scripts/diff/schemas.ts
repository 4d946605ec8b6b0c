/** Writes the schemas of a document in one form: what means the same is written the same. */
import { at, escapeKey } from '../contract/pointer.ts';
import { isObject, type Place } from '../contract/resolve.ts';
import { type Branch, familyOf, keyOf, opaque, type Shape, type ShapeReader } from './shapes.ts';
import { canonical, fieldsOf, hash, joinWords, list, type Node, set, unique, type Words } from './values.ts';

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
    const key = `${JSON.stringify(context)} ${keyOf(places.map((place) => this.#reader.follow(place)))}`;
    const id = this.#ids.get(key) ?? `n${this.#ids.size}`;
    if (!this.#ids.has(key)) {
      this.#ids.set(key, id);
      this.#open.push(() => {
        this.shared[id] = this.#node(this.#reader.read(places), context);
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

  #node({ branches, notes, words, exactlyOne, pointer }: Shape, { direction, isBare }: Context): Node {
    const node: Node = {};
    const fields: Record<string, string> = {};
    this.#sources.set(node, { pointer, fields });
    const isOne = canBeOne(branches);
    if (isOne) {
      for (const branch of branches) this.#addBranch(node, fields, branch, direction);
      const types = branches.flatMap(({ type }) => type ?? []).sort();
      if (types.length === branches.length) node['type'] = types.length > 0 ? types : [nothing];
      fields['type'] = pointer;
    } else
      this.#unions.push({
        holder: node,
        exactlyOne,
        branches: branches.map((branch) => this.#branch(branch, direction)),
      });
    if (!isBare) {
      this.#addWords(
        node,
        fields,
        joinWords(words, ...(isOne ? branches : []).map((branch) => branch.words)),
      );
      if (notes.has('deprecated')) node['deprecated'] = true;
    }
    for (const [key, note] of notes) fields[key] = note.pointer;
    const [value, tag] = [notes.get('default'), notes.get('x-discriminator')];
    // In a request the default null says no more than that nothing is sent.
    if (value && !(value.value === null && direction === 'request')) node['default'] = canonical(value.value);
    if (tag && !isOne) node['x-discriminator'] = tag.value;
    return node;
  }

  #branch(branch: Branch, direction: Direction): Node {
    const { pointer, type, words } = branch;
    const name = /^#\/components\/schemas\/([^/]+)$/.exec(pointer)?.[1] ?? type ?? 'any';
    const node: Node = type === undefined ? {} : { type: [type] };
    const fields: Record<string, string> = {};
    this.#sources.set(node, { pointer, fields, subject: `alternative \`${name}\` of` });
    this.#addWords(node, fields, words);
    this.#addBranch(node, fields, branch, direction);
    return node;
  }

  #addWords(node: Node, fields: Record<string, string>, words: Words): void {
    Object.assign(node, fieldsOf(words));
    for (const [field, { pointer }] of words) fields[field] = pointer;
  }

  #addBranch(
    node: Node,
    fields: Record<string, string>,
    { keywords, schemas }: Branch,
    direction: Direction,
  ): void {
    const hidden = new Set<unknown>();
    for (const [path, places] of schemas) {
      const [key = ''] = path.split('/', 1);
      const name = path.slice(key.length + 1);
      const child = this.#reader.read(places);
      const isHidden = child.notes.has(direction === 'request' ? 'readOnly' : 'writeOnly');
      if (key === 'properties' && isHidden) hidden.add(name);
      if ((key === 'properties' && isHidden) || (optional.has(key) && isAnything(child))) continue;
      const subjects: Record<string, string> = { properties: `property \`${name}\``, items: 'items of' };
      const schema = this.write(places, { direction }, subjects[key] ?? `\`${path}\` of`);
      const written = child.branches.length === 0 ? { type: [nothing] } : schema;
      this.#sources.set(written, this.#sources.get(schema) as Source);
      fields[`x-whole-${path}`] = places[0]?.pointer ?? '';
      if (opaque.has(key)) this.#opaque.push({ holder: node, path, schema });
      else if (name === '') node[key] = written;
      else {
        const map = key === 'properties' ? key : 'patternProperties';
        node[map] ??= Object.create(null);
        (node[map] as Node)[map === key ? name : path] = written;
      }
    }
    // Fewer items that count are fewer that count against `maxContains`.
    if (keywords.has('maxContains'))
      this.#opaque.push({ holder: node, path: 'contains', schema: node['contains'] });
    for (const [key, { value, pointer }] of keywords) {
      const isList = key === 'required' || key === 'enum';
      const written = isList
        ? unique(...list(node[key]), ...list(value).filter((name) => !hidden.has(name)))
        : value;
      if (isDefault(key, written)) continue;
      node[key] = written;
      fields[key] = pointer;
    }
  }

  /** Names the branches of a union by what tells them apart: a tag, their type, their properties, all they say. */
  #nameBranches({ holder, branches, exactlyOne }: Union): void {
    const described = branches.map((branch) => ({
      branch,
      type: familyOf(String(list(branch['type']))),
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

/** Whether one schema can stand for the branches: they are of different types, and all or none of them list values. */
function canBeOne(branches: readonly Branch[]): boolean {
  const families = new Set(branches.map(({ type }) => familyOf(type)));
  const listed = branches.filter(({ keywords, type }) => keywords.has('enum') || type === 'null').length;
  const values = branches.filter(({ type }) => type !== 'null');
  const areLists = values.some(({ keywords }) => keywords.has('enum'));
  return (
    branches.length < 2 ||
    (families.size === branches.length && !families.has('') && (!areLists || listed === branches.length))
  );
}

const isAnything = ({ branches: [branch, ...others] }: Shape) =>
  branch !== undefined &&
  others.length === 0 &&
  branch.type === undefined &&
  branch.keywords.size + branch.schemas.size === 0;

/** Whether a value is the keyword's default (JSON Schema, section 6). */
function isDefault(key: string, value: unknown): boolean {
  if (/^min(?:Length|Items|Properties)$/.test(key)) return value === 0;
  if (key === 'uniqueItems') return value === false;
  if (key === 'minContains') return value === 1;
  if (key === 'pattern') return value === '' || value === '.*';
  return key === 'required' && list(value).length === 0;
}
