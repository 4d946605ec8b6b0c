/** Writes the schemas of a document in one form: what means the same is written the same. */
import { at, escapeKey } from '../contract/pointer.ts';
import { isObject, type Place, Refused } from '../contract/resolve.ts';
import { canonical, hash, isWord, list, type Node } from './values.ts';

/** Whether callers send a value or receive it. */
export type Direction = 'request' | 'response';

/** Where a node of the form came from. */
export interface Source {
  /** In the document. */
  pointer: string;
  /** The places of fields that are not simply below it. */
  fields?: Record<string, string>;
  /** What it is in a sentence: "property `family`", or "items of", which what is around it completes. */
  subject?: string;
}
export type Sources = WeakMap<object, Source>;

interface Keyword {
  value: unknown;
  pointer: string;
}

/** What a schema says at its own level, with its references, `allOf` and simple alternatives merged. */
interface Shape {
  pointer: string;
  /** Its words are among them, as `x-word-title`. */
  keywords: Map<string, Keyword>;
  /** The schemas within, by path: `properties/a`, `items`. They are read later, since they may contain this one. */
  schemas: Map<string, Place<unknown>[]>;
  unions: { branches: Shape[]; exactlyOne: boolean }[];
  /** Whether it is made of what a reference leads to. */
  shared: boolean;
}

const strings = [
  'maxLength',
  'minLength',
  'pattern',
  'format',
  'contentEncoding',
  'contentMediaType',
  'contentSchema',
];
const numbers = ['maximum', 'minimum', 'exclusiveMaximum', 'exclusiveMinimum', 'multipleOf', 'format'];
const arrays = [
  'maxItems',
  'minItems',
  'uniqueItems',
  'maxContains',
  'minContains',
  'items',
  'prefixItems',
  'contains',
  'unevaluatedItems',
];
const objects = [
  'maxProperties',
  'minProperties',
  'required',
  'properties',
  'patternProperties',
  'additionalProperties',
  'propertyNames',
  'unevaluatedProperties',
  'dependentRequired',
  'dependentSchemas',
  'dependencies',
];

/** The keywords that say something about values of one type only (JSON Schema, section 7.6.1). */
const about: Readonly<Record<string, readonly string[]>> = {
  string: strings,
  number: numbers,
  integer: numbers,
  array: arrays,
  object: objects,
};
const aboutOneType = new Set(Object.values(about).flat());

export const isAbout = (key: string, types: readonly string[] | undefined) =>
  !types || !aboutOneType.has(key) || types.some((type) => about[type]?.includes(key));

const single = new Set([
  'items',
  'contains',
  'unevaluatedItems',
  'additionalProperties',
  'propertyNames',
  'unevaluatedProperties',
]);
const maps = new Set(['properties', 'patternProperties']);
/** Whether a change within these allows more or less can't be told, so each is compared as a whole. */
const opaque = new Set([
  'not',
  'if',
  'then',
  'else',
  'contentSchema',
  'dependentRequired',
  'dependentSchemas',
  'dependencies',
]);
/** The outermost one counts. */
const notes = new Set(['default', 'deprecated', 'readOnly', 'writeOnly', 'x-discriminator']);
const isNote = (key: string) => notes.has(key) || key.startsWith('x-word-');

/**
 * Where the branches of `anyOf` and `oneOf` stand in the form, each under its tag or type: `redocly diff` pairs the
 * members of a map by their names, but those of a list by likeness.
 */
export const alternatives = 'dependentSchemas';

/** The type of a schema that no value fits. */
export const nothing = 'nothing';

const subjects: Readonly<Record<string, string>> = {
  items: 'items of',
  additionalProperties: 'further properties of',
  contains: '`contains` of',
  propertyNames: '`propertyNames` of',
};

export class Schemas {
  /** What the `$ref`s of the form lead to, by the last key of their pointer. */
  readonly shared: Record<string, Node> = {};
  readonly #document: Node;
  readonly #sources: Sources;
  /** OpenAPI 3.0: `nullable` counts, exclusive bounds are flags, and keywords beside a reference don't count. */
  readonly #old: boolean;
  readonly #shapes = new Map<string, Shape | undefined>();
  readonly #ids = new Map<string, string>();
  readonly #prints = new Map<string, string>();
  /** Not recursion, since references may be nested deeper than the stack. */
  readonly #open: (() => void)[] = [];
  readonly #unions: { holder: Node; branches: Node[]; exactlyOne: boolean }[] = [];
  readonly #opaque: { holder: Node; key: string; parts: [string, unknown][] }[] = [];

  constructor(document: Node, sources: Sources) {
    this.#document = document;
    this.#sources = sources;
    this.#old = String(document['openapi']).startsWith('3.0');
  }

  /** Writes a schema, or several that a value has to fit at once. */
  write(places: readonly Place<unknown>[], direction: Direction, subject: string): Node {
    const ends = places.map((place) => this.#follow(place));
    const shape = this.#read(ends);
    const pointer = places[0]?.pointer ?? '#';
    if (ends.length === 1 && ends[0] === places[0] && !shape.shared) {
      const node = this.#node(shape, direction);
      this.#sources.set(node, { ...this.#sources.get(node), pointer, subject });
      return node;
    }
    const key = `${direction} ${keyOf(ends)}`;
    let id = this.#ids.get(key);
    if (id === undefined) {
      id = `n${this.#ids.size}`;
      this.#ids.set(key, id);
      const known = id;
      this.shared[known] = {};
      this.#open.push(() => {
        this.shared[known] = this.#node(shape, direction);
      });
    }
    const use = { $ref: `#/x-shared/all/${id}` };
    this.#sources.set(use, { pointer, subject });
    return use;
  }

  /** The keywords and words of a schema itself. */
  keywords(place: Place<unknown>): ReadonlyMap<string, Keyword> {
    return this.#read([this.#follow(place)]).keywords;
  }

  /** To be called once all is written. */
  finish(): void {
    for (let next = this.#open.pop(); next; next = this.#open.pop()) next();
    for (const { holder, branches } of this.#unions) holder[alternatives] = branches;
    for (const { holder, key, parts } of this.#opaque) {
      holder[`x-whole-${key}`] = hash(canonical(parts.map(([name, part]) => [name, this.print(part)])));
    }
    for (const { holder, branches, exactlyOne } of this.#unions) {
      const families = branches.map(familyOf);
      const tags = branches.map((branch) => this.#tagsOf(branch));
      const excludeEachOther = branches.every((_, one) =>
        branches.slice(0, one).every((_, other) => {
          const areOfTwoTypes = families[one] && families[other] && families[one] !== families[other];
          return (
            areOfTwoTypes ||
            [...(tags[one] ?? [])].some(([name, tag]) => (tags[other]?.get(name) ?? tag) !== tag)
          );
        }),
      );
      if (exactlyOne && !excludeEachOther) holder['x-whole-oneOf'] = true;
      const named = branches.map((branch, index): [string, Node] => {
        const [tag] = tags[index] ?? [];
        const isOnlyOne = families.filter((family) => family === families[index]).length === 1;
        return [
          tag?.join('=') ?? (isOnlyOne && families[index] ? families[index] : this.print(branch)),
          branch,
        ];
      });
      holder[alternatives] = Object.fromEntries(
        named.map(([name, branch], index) => [
          named.findIndex(([other]) => other === name) === index ? name : `${name} ${index}`,
          branch,
        ]),
      );
    }
  }

  /** The end of a chain of references that have no keywords beside them. */
  #follow(place: Place<unknown>): Place<unknown> {
    const seen = new Set<unknown>();
    let found = place;
    while (
      isObject(found.node) &&
      '$ref' in found.node &&
      (this.#old || Object.keys(found.node).length === 1)
    ) {
      if (seen.has(found.node))
        throw new Refused([
          { pointer: place.pointer, message: `${found.node['$ref']} refers to nothing but itself.` },
        ]);
      seen.add(found.node);
      found = this.#target(found.node['$ref'], found.pointer);
    }
    return found;
  }

  #target($ref: unknown, pointer: string): Place<unknown> {
    const node = at(String($ref), this.#document);
    if (node !== undefined && String($ref).startsWith('#')) return { node, pointer: String($ref) };
    throw new Refused([
      {
        pointer,
        message: String($ref).startsWith('#')
          ? `Refers to ${$ref}, which is not there.`
          : `"${$ref}" is no place in this document; bundle it first.`,
      },
    ]);
  }

  #read(places: readonly Place<unknown>[]): Shape {
    return this.#readOnce(places) ?? shapeAt(places[0]?.pointer ?? '#');
  }

  /** Undefined while it is being read: what a schema says of itself is nothing new. */
  #readOnce(places: readonly Place<unknown>[]): Shape | undefined {
    const key = keyOf(places);
    if (this.#shapes.has(key)) return this.#shapes.get(key);
    this.#shapes.set(key, undefined);
    const parts = new Map<unknown, Place<unknown>>();
    for (const place of places) this.#collect(place, parts);
    const shape = shapeAt(places[0]?.pointer ?? '#');
    for (const part of parts.values()) addTo(shape, this.#own(part));
    shape.shared ||= [...parts.values()].some(({ node }) => isObject(node) && '$ref' in node);
    this.#shapes.set(key, shape);
    return shape;
  }

  /** A schema, what it refers to and the parts of its `allOf`, each once. */
  #collect(place: Place<unknown>, found: Map<unknown, Place<unknown>>): void {
    const { node, pointer } = place;
    if (found.has(node)) return;
    found.set(node, place);
    if (!isObject(node)) return;
    if ('$ref' in node) this.#collect(this.#target(node['$ref'], pointer), found);
    for (const [index, part] of list(node['allOf']).entries()) {
      this.#collect({ node: part, pointer: `${pointer}/allOf/${index}` }, found);
    }
  }

  /** What a schema says without its references and `allOf`. */
  #own({ node, pointer }: Place<unknown>): Shape {
    const shape = shapeAt(pointer);
    const { keywords, schemas } = shape;
    if (node === true || node === undefined) return shape;
    if (node === false) keywords.set('type', { value: [nothing], pointer });
    else if (!isObject(node))
      throw new Refused([{ pointer, message: 'A schema is an object, true or false.' }]);
    else {
      for (const [key, value] of Object.entries(node)) {
        const here = `${pointer}/${escapeKey(key)}`;
        if (isWord(key))
          keywords.set(`x-word-${key}`, {
            value: [typeof value === 'string' ? value : canonical(value)],
            pointer: here,
          });
        else if (single.has(key)) schemas.set(key, [{ node: value, pointer: here }]);
        else if (opaque.has(key)) {
          keywords.set(key, { value, pointer: here });
        } else if (maps.has(key)) {
          for (const [name, part] of Object.entries(Object(value)))
            schemas.set(`${key}/${name}`, [{ node: part, pointer: `${here}/${escapeKey(name)}` }]);
        } else if (aboutOneType.has(key) && key !== 'prefixItems')
          keywords.set(key, { value, pointer: here });
        else if (notes.has(key) && (key === 'default' || value === true))
          keywords.set(key, { value, pointer: here });
      }
      this.#addTypes(node, shape);
      addPositions(node, shape);
      if (this.#old) excludeBounds(keywords);
      const { discriminator } = node;
      if (isObject(discriminator))
        keywords.set('x-discriminator', {
          value: String(discriminator['propertyName']),
          pointer: `${pointer}/discriminator`,
        });
      for (const key of ['anyOf', 'oneOf']) {
        const branches = list(node[key]).flatMap(
          (part, index) =>
            this.#readOnce([this.#follow({ node: part, pointer: `${pointer}/${key}/${index}` })]) ?? [],
        );
        const shared = list(node[key]).some((part) => isObject(part) && '$ref' in part);
        if (branches.length > 0) addTo(shape, { ...either(branches, key === 'oneOf', pointer), shared });
      }
    }
    return shape;
  }

  /** Its types, and the values that it lists, without null, which is among the types. */
  #addTypes(node: Node, { keywords, pointer }: Shape): void {
    const named = node['type'] === undefined ? undefined : [node['type']].flat().map(String);
    if (named && this.#old && node['nullable'] === true) named.push('null');
    const key = 'const' in node ? 'const' : 'enum';
    const values = key === 'const' ? [node['const']] : node['enum'];
    if (!Array.isArray(values)) {
      if (named) keywords.set('type', { value: normalTypes(named), pointer });
      return;
    }
    const fitting = values.filter((value) => !named || bothTypes([typeOf(value)], named).length > 0);
    const types = normalTypes(fitting.map(typeOf));
    keywords.set('type', { value: types.length > 0 ? types : [nothing], pointer });
    const listed = [...new Set(fitting.filter((value) => value !== null).map(canonical))].sort();
    // A list of both truth values says no more than the type.
    const says =
      listed.filter((value) => value !== 'true' && value !== 'false').length > 0 || listed.length === 1;
    if (says) keywords.set('enum', { value: listed, pointer: `${pointer}/${key}` });
  }

  #node(shape: Shape, direction: Direction): Node {
    const types = typesOf(shape);
    const node: Node = {};
    const fields: Record<string, string> = {};
    this.#sources.set(node, { pointer: shape.pointer, fields });
    const put = (key: string, value: unknown, pointer: string) => {
      node[key] = value;
      fields[key] = pointer;
    };
    const hidden = new Set<string>();
    const children = new Map<string, [string, unknown][]>([
      ['properties', []],
      ['patternProperties', []],
    ]);
    for (const [path, places] of shape.schemas) {
      const key = path.split('/', 1)[0] ?? '';
      const name = path.slice(key.length + 1);
      if (!isAbout(key, types)) continue;
      const child = this.#read(places.map((place) => this.#follow(place)));
      if (single.has(key)) {
        if (isAnything(child) && key !== 'contains') continue;
        if (typesOf(child)?.includes(nothing))
          put(
            key,
            key === 'contains' || key === 'propertyNames' ? { type: [nothing] } : false,
            places[0]?.pointer ?? '',
          );
        else node[key] = this.write(places, direction, subjects[key] ?? `\`${key}\` of`);
      } else if (key === 'properties') {
        if (child.keywords.has(direction === 'request' ? 'readOnly' : 'writeOnly')) hidden.add(name);
        else children.get(key)?.push([name, this.write(places, direction, `property \`${name}\``)]);
      } else {
        const subject = key === 'prefixItems' ? `item ${name} of` : `properties like \`${name}\` of`;
        children.get('patternProperties')?.push([`${key} ${name}`, this.write(places, direction, subject)]);
      }
    }
    if (node['contains'] && shape.keywords.has('maxContains'))
      this.#opaque.push({ holder: node, key: 'contains', parts: [['', node['contains']]] });
    for (const [key, parts] of children) if (parts.length > 0) node[key] = Object.fromEntries(parts);
    for (const [key, { value, pointer }] of shape.keywords) {
      if (!isAbout(key, types) || isDefault(key, value) || key === 'readOnly' || key === 'writeOnly')
        continue;
      if (opaque.has(key)) this.#addOpaque(node, key, value, pointer, direction);
      else if (key === 'x-discriminator' && shape.unions.length === 0) continue;
      else if (key === 'default') {
        // In a request the default null says no more than that nothing is sent.
        if (value !== null || direction === 'response') put(key, canonical(value), pointer);
      } else if (key === 'required') {
        const names = list(value)
          .map(String)
          .filter((name) => !hidden.has(name));
        if (names.length > 0) put(key, [...new Set(names)].sort(), pointer);
      } else put(key, key.startsWith('x-word-') ? canonical(value) : value, pointer);
    }
    const holders = shape.unions.map(({ branches, exactlyOne }) => {
      const holder: Node = shape.unions.length === 1 ? node : {};
      const nodes = branches.map((branch) => {
        const alternative = this.#node(branch, direction);
        const name =
          /^#\/components\/schemas\/([^/]+)$/.exec(branch.pointer)?.[1] ?? (familyOf(alternative) || 'any');
        this.#sources.set(alternative, {
          ...this.#sources.get(alternative),
          pointer: branch.pointer,
          subject: `alternative \`${name}\` of`,
        });
        return alternative;
      });
      this.#unions.push({ holder, branches: nodes, exactlyOne });
      return holder;
    });
    if (holders.length > 1) node['allOf'] = holders;
    return node;
  }

  #addOpaque(holder: Node, key: string, value: unknown, pointer: string, direction: Direction): void {
    const parts = key.startsWith('depend')
      ? Object.entries(Object(value))
      : [['', value] as [string, unknown]];
    const written = parts.map(([name, part]): [string, unknown] => [
      name,
      Array.isArray(part)
        ? part
        : this.write(
            [{ node: part, pointer: name ? `${pointer}/${escapeKey(name)}` : pointer }],
            direction,
            `\`${key}\` of`,
          ),
    ]);
    const source = this.#sources.get(holder);
    if (source?.fields) source.fields[`x-whole-${key}`] = pointer;
    this.#opaque.push({ holder, key, parts: written });
  }

  /** A text that is equal for equal schemas, words aside. Recursive ones may, rarely, differ. */
  print(value: unknown, depth = 0): string {
    if (Array.isArray(value))
      return `[${value
        .map((part) => this.print(part, depth + 1))
        .sort()
        .join()}]`;
    if (!isObject(value)) return JSON.stringify(value) ?? '';
    if (depth > 100) return '…';
    if (typeof value['$ref'] !== 'string') {
      const parts = Object.entries(value).filter(([key]) => !key.startsWith('x-word-'));
      return hash(
        parts
          .map(([key, part]) => `${key}:${this.print(part, depth + 1)}`)
          .sort()
          .join(),
      );
    }
    const { $ref } = value;
    const known = this.#prints.get($ref);
    if (known) return known;
    this.#prints.set($ref, 'itself');
    const print = this.print(at($ref, { 'x-shared': { all: this.shared } }), depth + 1);
    this.#prints.set($ref, print);
    return print;
  }

  /** Required properties that have one possible value, and that value. */
  #tagsOf(branch: Node): Map<string, string> {
    const tags = new Map<string, string>();
    for (const name of list(branch['required'])) {
      const property = at(`#/properties/${escapeKey(String(name))}`, branch);
      const { $ref } = Object(property);
      const values = list(Object($ref ? at($ref, { 'x-shared': { all: this.shared } }) : property)['enum']);
      if (values.length === 1) tags.set(String(name), String(values[0]));
    }
    return tags;
  }
}

const keyOf = (places: readonly Place<unknown>[]) => places.map(({ pointer }) => pointer).join(' ');

const shapeAt = (pointer: string): Shape => ({
  pointer,
  keywords: new Map(),
  schemas: new Map(),
  unions: [],
  shared: false,
});

const typesOf = ({ keywords }: Shape) => keywords.get('type')?.value as string[] | undefined;

const isAnything = ({ keywords, schemas, unions }: Shape) =>
  schemas.size + unions.length === 0 && [...keywords.keys()].every(isNote);

/** A value has to fit the other one as well. */
function addTo(shape: Shape, other: Shape): void {
  for (const [key, keyword] of other.keywords) {
    const known = shape.keywords.get(key);
    shape.keywords.set(key, known ? bothKeywords(key, known, keyword) : keyword);
  }
  for (const [path, places] of other.schemas)
    shape.schemas.set(path, [...(shape.schemas.get(path) ?? []), ...places]);
  shape.unions.push(...other.unions);
  shape.shared ||= other.shared;
}

function bothKeywords(key: string, a: Keyword, b: Keyword): Keyword {
  const [one, other] = [a.value, b.value];
  const pick = (value: unknown) =>
    canonical(value) === canonical(one)
      ? a
      : canonical(value) === canonical(other)
        ? b
        : { value, pointer: a.pointer };
  if (key === 'type') {
    const types = bothTypes(list(one).map(String), list(other).map(String));
    return pick(types.length > 0 ? types : [nothing]);
  }
  if (key === 'enum') return pick(list(one).filter((value) => list(other).includes(value)));
  if (key === 'required' || key.startsWith('x-word-'))
    return pick([...new Set([...list(one), ...list(other)])].sort());
  if (notes.has(key)) return a;
  if (typeof one === 'number' && typeof other === 'number') {
    if (/^(?:min|exclusiveMin)/.test(key)) return pick(Math.max(one, other));
    if (/^(?:max|exclusiveMax)/.test(key)) return pick(Math.min(one, other));
  }
  return canonical(one) === canonical(other) ? a : pick([one, other].map(canonical).sort().join(' and '));
}

/** One shape for alternatives: a single one if their types tell them apart. */
function either(parts: readonly Shape[], isOneOf: boolean, pointer: string): Shape {
  let exactlyOne = isOneOf;
  let branches = parts.flatMap((part) => {
    const [union] = part.unions;
    const isUnion = part.unions.length === 1 && isAnything({ ...part, unions: [] });
    if (union && isUnion) exactlyOne ||= union.exactlyOne;
    return union && isUnion ? union.branches : byType(part);
  });
  branches = joinLists(branches.filter((branch) => !typesOf(branch)?.includes(nothing)));
  if (!exactlyOne) branches = withoutCovered(branches);
  const shape = shapeAt(pointer);
  const types = branches.map((branch) => typesOf(branch)?.[0]);
  const families = new Set(types.map((type) => (type === 'integer' ? 'number' : type)));
  const values = branches.filter((branch) => !typesOf(branch)?.includes('null'));
  const listed = values.filter(({ keywords }) => keywords.has('enum'));
  const areTold = families.size === branches.length && (branches.length === 1 || !families.has(undefined));
  if (
    !areTold ||
    (listed.length > 0 && listed.length < values.length) ||
    branches.some(({ unions }) => unions.length > 0 && branches.length > 1)
  ) {
    shape.unions.push({ branches, exactlyOne });
    return shape;
  }
  for (const branch of branches) {
    const isValue = values.length === 1 && branch === values[0];
    for (const [key, keyword] of branch.keywords) {
      const known = shape.keywords.get(key);
      if (known && (key === 'type' || key === 'enum'))
        shape.keywords.set(key, { ...known, value: [...list(known.value), ...list(keyword.value)].sort() });
      else if (known) shape.keywords.set(key, bothKeywords(key, known, keyword));
      else if (isValue || !notes.has(key)) shape.keywords.set(key, keyword);
    }
    for (const [path, places] of branch.schemas) shape.schemas.set(path, places);
    shape.unions.push(...branch.unions);
    shape.shared ||= branch.shared;
  }
  const type = shape.keywords.get('type');
  if (type) shape.keywords.set('type', { ...type, pointer });
  return shape;
}

/** A shape for each of its types. */
function byType(shape: Shape): Shape[] {
  const types = typesOf(shape) ?? [];
  if (types.length < 2 || shape.unions.length > 0) return [shape];
  return types.map((type) => {
    const keywords = new Map([...shape.keywords].filter(([key]) => isAbout(key, [type])));
    keywords.set('type', { value: [type], pointer: shape.pointer });
    const listed = keywords.get('enum');
    if (listed) {
      const fitting = list(listed.value).filter(
        (value) => bothTypes([typeOf(JSON.parse(String(value)))], [type]).length > 0,
      );
      if (fitting.length > 0) keywords.set('enum', { ...listed, value: fitting });
      else keywords.delete('enum');
    }
    const schemas = new Map(
      [...shape.schemas].filter(([path]) => isAbout(path.split('/', 1)[0] ?? '', [type])),
    );
    return { ...shape, keywords, schemas };
  });
}

/** Alternatives that differ in their list of values alone are one. */
function joinLists(branches: readonly Shape[]): Shape[] {
  const found = new Map<string, Shape>();
  for (const branch of branches) {
    const listed = branch.keywords.get('enum');
    const rest = [...branch.keywords]
      .filter(([key]) => key !== 'enum' && !isNote(key))
      .map(([key, { value }]) => [key, value]);
    const key =
      listed && branch.schemas.size + branch.unions.length === 0
        ? canonical(rest.sort())
        : String(found.size);
    const known = found.get(key);
    if (!known) found.set(key, { ...branch, keywords: new Map(branch.keywords) });
    else
      for (const [name, keyword] of branch.keywords) {
        const before = known.keywords.get(name);
        if (before && (name === 'enum' || name.startsWith('x-word-')))
          known.keywords.set(name, {
            ...before,
            value: [...new Set([...list(before.value), ...list(keyword.value)])].sort(),
          });
      }
  }
  return [...found.values()];
}

/** Leaves out alternatives all of whose values fit another one. FastAPI writes `int | float` as two. */
function withoutCovered(branches: readonly Shape[]): Shape[] {
  const says = ({ keywords, schemas, unions }: Shape) =>
    canonical([
      [...keywords]
        .filter(([key]) => !isNote(key))
        .map(([key, { value }]) => [key, value])
        .sort(),
      [...schemas].map(([path, places]) => [path, [...new Set(places.map(({ pointer }) => pointer))]]).sort(),
      unions.length,
    ]);
  const kept = new Set(branches);
  for (const branch of branches) {
    const covered = [...kept].some((other) => {
      if (other === branch || other.unions.length > 0) return false;
      const both = shapeAt('');
      addTo(both, branch);
      addTo(both, other);
      return says(both) === says(branch);
    });
    if (covered) kept.delete(branch);
  }
  return [...kept];
}

/** Places for the items of a list. Where they are all alike, they are the rule for all items. */
function addPositions(node: Node, { schemas, pointer }: Shape): void {
  const positions = list(node['prefixItems']);
  if (positions.length === 0) return;
  const isWholeList = Number(node['maxItems']) <= positions.length;
  if (isWholeList) schemas.delete('items');
  const alike = isWholeList && new Set(positions.map(canonical)).size === 1;
  for (const [index, part] of (alike ? positions.slice(0, 1) : positions).entries()) {
    schemas.set(alike ? 'items' : `prefixItems/${index}`, [
      { node: part, pointer: `${pointer}/prefixItems/${index}` },
    ]);
  }
}

/** Rewrites OpenAPI 3.0's `minimum: 1, exclusiveMinimum: true`. */
function excludeBounds(keywords: Map<string, Keyword>): void {
  for (const [exclusive, inclusive] of [
    ['exclusiveMinimum', 'minimum'],
    ['exclusiveMaximum', 'maximum'],
  ] as const) {
    const flag = keywords.get(exclusive);
    const bound = keywords.get(inclusive);
    if (typeof flag?.value !== 'boolean') continue;
    keywords.delete(exclusive);
    if (!flag.value || !bound) continue;
    keywords.delete(inclusive);
    keywords.set(exclusive, bound);
  }
}

/** Whether a value is the keyword's default (JSON Schema, section 6). */
function isDefault(key: string, value: unknown): boolean {
  if (/^min(?:Length|Items|Properties)$/.test(key)) return value === 0;
  if (key === 'uniqueItems') return value === false;
  if (key === 'minContains') return value === 1;
  return key === 'pattern' && (value === '' || value === '.*');
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return Number.isInteger(value) ? 'integer' : typeof value;
}

const normalTypes = (types: readonly string[]) =>
  [...new Set(types)].filter((type) => type !== 'integer' || !types.includes('number')).sort();

/** The types of the values that have a type of each list. */
function bothTypes(a: readonly string[], b: readonly string[]): string[] {
  const has = (types: readonly string[], type: string) =>
    types.includes(type) || (type === 'integer' && types.includes('number'));
  return normalTypes([...a.filter((type) => has(b, type)), ...b.filter((type) => has(a, type))]);
}

/** Integers and numbers are one family; empty for any type. */
const familyOf = ({ type }: Node): string =>
  list(type)
    .map((name) => (name === 'integer' ? 'number' : name))
    .join();
