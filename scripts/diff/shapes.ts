/** Reads what schemas say, however it is spelled. */
import { at, escapeKey } from '../contract/pointer.ts';
import { isObject, type Place, Refused } from '../contract/resolve.ts';
import { canonical, list, type Node, set, unique, wordsOf } from './values.ts';

/** What a schema says at its own level: references and `allOf` are merged, and so are alternatives of one type each. */
export interface Shape {
  pointer: string;
  /** Its words are among them, as lists: `x-word-title`. */
  keywords: Map<string, Keyword>;
  /** By path: `properties/a`, `items`. They are read later, since they may contain this one. */
  schemas: Map<string, Place<unknown>[]>;
  /** Alternatives that could not be merged. */
  unions: { branches: Shape[]; exactlyOne: boolean }[];
}

interface Keyword {
  value: unknown;
  pointer: string;
}

/** The type of what no value fits. */
export const nothing = 'nothing';

/** The keywords that say something about values of one type only (JSON Schema, section 7.6.1). */
const about: Readonly<Record<string, ReadonlySet<string>>> = {
  string: set('maxLength minLength pattern format contentEncoding contentMediaType contentSchema'),
  number: set('maximum minimum exclusiveMaximum exclusiveMinimum multipleOf format'),
  array: set(
    'maxItems minItems uniqueItems maxContains minContains items prefixItems contains unevaluatedItems',
  ),
  object: set(
    'maxProperties minProperties required properties patternProperties additionalProperties propertyNames unevaluatedProperties dependentSchemas',
  ),
};

/** Whether a keyword says something about values of these types. */
export const isAbout = (key: string, types: readonly string[] | undefined): boolean =>
  !types ||
  types.some((type) => about[familyOf(type)]?.has(key)) ||
  !Object.values(about).some((keys) => keys.has(key));

/** Whether a change within these allows more or less can't be told, so they are compared as a whole. */
export const opaque = set('not if then else contentSchema dependentSchemas');
const single = set(
  'items contains unevaluatedItems additionalProperties propertyNames unevaluatedProperties not if then else contentSchema',
);
const maps = set('properties patternProperties dependentSchemas dependentRequired dependencies');

/** The outermost of them counts, and they limit no values. */
const notes = set('default deprecated readOnly writeOnly x-discriminator');
const isNote = (key: string) => notes.has(key) || key.startsWith('x-word-');

export class ShapeReader {
  readonly #document: Node;
  /** OpenAPI 3.0: `nullable` counts, exclusive bounds are flags, and keywords beside a reference don't count. */
  readonly #isOld: boolean;
  /** Undefined while it is being read: what a schema says of itself is nothing new. */
  readonly #shapes = new Map<string, Shape | undefined>();

  constructor(document: Node) {
    this.#document = document;
    this.#isOld = String(document['openapi']).startsWith('3.0');
  }

  /** What a schema says, or several that a value has to fit at once. */
  read(places: readonly Place<unknown>[]): Shape {
    return this.#readOnce(places) ?? shapeAt(places[0]?.pointer ?? '#');
  }

  #readOnce(places: readonly Place<unknown>[]): Shape | undefined {
    const key = keyOf(places);
    if (this.#shapes.has(key)) return this.#shapes.get(key);
    this.#shapes.set(key, undefined);
    const parts = new Map<unknown, Place<unknown>>();
    for (const place of places) this.#collect(place, parts);
    const shape = shapeAt(places[0]?.pointer ?? '#');
    for (const part of parts.values()) narrow(shape, this.#own(part));
    this.#shapes.set(key, shape);
    return shape;
  }

  /** The end of a chain of references that have no keywords beside them. */
  follow(place: Place<unknown>): Place<unknown> {
    const seen = new Set<unknown>();
    let end = place;
    while (isObject(end.node) && '$ref' in end.node && (this.#isOld || Object.keys(end.node).length === 1)) {
      const { $ref } = end.node;
      if (seen.has($ref)) throw refusal(place.pointer, `${$ref} refers to nothing but itself.`);
      seen.add($ref);
      end = targetOf(this.#document, $ref, end.pointer);
    }
    return end;
  }

  /** A schema, what it refers to and the parts of its `allOf`, each once. */
  #collect(place: Place<unknown>, found: Map<unknown, Place<unknown>>): void {
    const { node, pointer } = place;
    if (found.has(node)) return;
    found.set(node, place);
    if (!isObject(node)) return;
    if ('$ref' in node) this.#collect(targetOf(this.#document, node['$ref'], pointer), found);
    for (const part of placesIn(node, pointer, 'allOf')) this.#collect(part, found);
  }

  /** What a schema says without its references and `allOf`. */
  #own({ node, pointer }: Place<unknown>): Shape {
    const shape = shapeAt(pointer);
    const { keywords, schemas } = shape;
    if (node === false) keywords.set('type', { value: [nothing], pointer });
    if (typeof node === 'boolean' || node === undefined) return shape;
    if (!isObject(node)) throw refusal(pointer, 'A schema is an object, true or false.');
    for (const [key, words] of wordsOf(node))
      keywords.set(key, { value: words, pointer: `${pointer}/${key.slice('x-word-'.length)}` });
    for (const [key, value] of Object.entries(node)) {
      const here = `${pointer}/${escapeKey(key)}`;
      if (key === 'discriminator')
        keywords.set('x-discriminator', { value: String(Object(value)['propertyName']), pointer: here });
      else if (single.has(key)) schemas.set(key, [{ node: value, pointer: here }]);
      else if (maps.has(key)) {
        for (const [name, part] of Object.entries(Object(value))) {
          // `dependentRequired: { a: [b] }` is `dependentSchemas: { a: { required: [b] } }`.
          const path = `${key.startsWith('depend') ? 'dependentSchemas' : key}/${name}`;
          schemas.set(path, [
            { node: Array.isArray(part) ? { required: part } : part, pointer: `${here}/${escapeKey(name)}` },
          ]);
        }
      } else if (
        key === 'default' ||
        (notes.has(key) && value === true) ||
        Object.values(about).some((keys) => keys.has(key))
      ) {
        keywords.set(key, { value, pointer: here });
      }
    }
    keywords.delete('prefixItems');
    addPositions(node, shape);
    addTypes(node, shape, this.#isOld);
    for (const flag of this.#isOld ? ['exclusiveMinimum', 'exclusiveMaximum'] : []) {
      const bound = keywords.get(flag.replace('exclusiveM', 'm'));
      keywords.delete(flag);
      if (node[flag] === true && bound && keywords.delete(flag.replace('exclusiveM', 'm')))
        keywords.set(flag, bound);
    }
    for (const key of ['anyOf', 'oneOf']) {
      const branches = placesIn(node, pointer, key).flatMap(
        (part) => this.#readOnce([this.follow(part)]) ?? [],
      );
      if (branches.length > 0) narrow(shape, either(branches, key === 'oneOf', pointer));
    }
    return shape;
  }
}

const refusal = (pointer: string, message: string) => new Refused([{ pointer, message }]);

/** What a reference leads to. */
export function targetOf(document: Node, $ref: unknown, pointer: string): Place<unknown> {
  if (!/^#(?:\/|$)/.test(String($ref)))
    throw refusal(pointer, `"${$ref}" is no place in this document; bundle it first.`);
  const node = at(String($ref), document);
  if (node === undefined) throw refusal(pointer, `Refers to ${$ref}, which is not there.`);
  return { node, pointer: String($ref) };
}

const placesIn = (node: Node, pointer: string, key: string): Place<unknown>[] =>
  list(node[key]).map((part, index) => ({ node: part, pointer: `${pointer}/${key}/${index}` }));

const shapeAt = (pointer: string): Shape => ({
  pointer,
  keywords: new Map(),
  schemas: new Map(),
  unions: [],
});

export const keyOf = (places: readonly Place<unknown>[]): string =>
  places.map(({ pointer }) => pointer).join(' ');

export const typesOf = ({ keywords }: Shape): string[] | undefined =>
  keywords.get('type')?.value as string[] | undefined;

/** Integers and numbers are one family of values. */
export const familyOf = (type: string): string => (type === 'integer' ? 'number' : type);

/** Whether any value fits. */
export const isAnything = ({ keywords, schemas, unions }: Shape): boolean =>
  schemas.size + unions.length === 0 && [...keywords.keys()].every(isNote);

/** Its types, and the values that it lists, without null, which is among the types. */
function addTypes(node: Node, { keywords, pointer }: Shape, isOld: boolean): void {
  const named = node['type'] === undefined ? undefined : [node['type']].flat().map(String);
  if (named && isOld && node['nullable'] === true) named.push('null');
  const key = 'const' in node ? 'const' : 'enum';
  const values = key === 'const' ? [node[key]] : node[key];
  const fitting = list(values).filter((value) => !named || bothTypes([typeOf(value)], named).length > 0);
  const types = Array.isArray(values) ? normalTypes(fitting.map(typeOf)) : named && normalTypes(named);
  if (types) keywords.set('type', { value: types.length > 0 ? types : [nothing], pointer });
  const listed = unique(...fitting.filter((value) => value !== null).map(canonical));
  // A list of both truth values says no more than the type.
  if (listed.length > 0 && listed.join() !== 'false,true')
    keywords.set('enum', { value: listed, pointer: `${pointer}/${key}` });
}

/** The places in a list. Where they are all alike, they are the rule for all items. */
function addPositions(node: Node, { schemas, pointer }: Shape): void {
  const positions = placesIn(node, pointer, 'prefixItems');
  const isWholeList = positions.length > 0 && Number(node['maxItems']) <= positions.length;
  if (isWholeList) schemas.delete('items');
  const [first, ...others] = positions;
  if (first && isWholeList && others.every((other) => canonical(other.node) === canonical(first.node)))
    schemas.set('items', [first]);
  else for (const [index, position] of positions.entries()) schemas.set(`prefixItems/${index}`, [position]);
}

/** Has a shape say what the other one says, too. */
function narrow(shape: Shape, other: Shape): void {
  for (const [key, keyword] of other.keywords)
    shape.keywords.set(key, bothKeywords(key, shape.keywords.get(key), keyword));
  for (const [path, places] of other.schemas)
    shape.schemas.set(path, [...(shape.schemas.get(path) ?? []), ...places]);
  shape.unions.push(...other.unions);
}

function bothKeywords(key: string, one: Keyword | undefined, other: Keyword): Keyword {
  if (!one) return { ...other };
  const value = bothValues(key, one.value, other.value);
  const isOther = canonical(value) !== canonical(one.value) && canonical(value) === canonical(other.value);
  return { value, pointer: (isOther ? other : one).pointer };
}

/** The value of a keyword that means both. */
function bothValues(key: string, a: unknown, b: unknown): unknown {
  if (notes.has(key)) return a;
  if (key === 'type') {
    const types = bothTypes(list(a).map(String), list(b).map(String));
    return types.length > 0 ? types : [nothing];
  }
  if (key === 'enum') return list(a).filter((value) => list(b).includes(value));
  if (key === 'required' || key.startsWith('x-word-')) return unique(...list(a), ...list(b));
  if (typeof a === 'number' && typeof b === 'number' && /^(?:min|exclusiveMin)/.test(key))
    return Math.max(a, b);
  if (typeof a === 'number' && typeof b === 'number' && /^(?:max|exclusiveMax)/.test(key))
    return Math.min(a, b);
  return canonical(a) === canonical(b) ? a : unique(canonical(a), canonical(b)).join(' and ');
}

/** One shape for alternatives. Where they are of different types, it says of each type what its alternative says. */
function either(parts: readonly Shape[], isOneOf: boolean, pointer: string): Shape {
  const shape = shapeAt(pointer);
  const branches: Shape[] = [];
  let exactlyOne = isOneOf;
  for (const part of parts) {
    const [union] = part.unions;
    const isUnion = part.unions.length === 1 && isAnything({ ...part, unions: [] });
    if (union && isUnion) exactlyOne ||= union.exactlyOne;
    for (const branch of union && isUnion ? union.branches : byType(part))
      addBranch(branches, branch, isOneOf);
  }
  const families = branches.map((branch) => familyOf(typesOf(branch)?.[0] ?? ''));
  const values = branches.filter((_, index) => families[index] !== 'null');
  const listed = values.filter(({ keywords }) => keywords.has('enum')).length;
  const areOfOneTypeEach = new Set(families).size === branches.length && !families.includes('');
  const canBeMerged =
    areOfOneTypeEach &&
    values.every(({ unions }) => unions.length === 0) &&
    (listed === 0 || listed === values.length);
  if (branches.length > 1 && !canBeMerged) return { ...shape, unions: [{ branches, exactlyOne }] };
  for (const branch of branches) {
    for (const [key, keyword] of branch.keywords) {
      const known = shape.keywords.get(key);
      if (known && (key === 'type' || key === 'enum'))
        known.value = unique(...list(known.value), ...list(keyword.value));
      // Of "this or null", the notes are those of "this".
      else if (!notes.has(key) || (values.length === 1 && branch === values[0]))
        shape.keywords.set(key, bothKeywords(key, known, keyword));
    }
    for (const [path, places] of branch.schemas) shape.schemas.set(path, places);
    shape.unions.push(...branch.unions);
  }
  const type = shape.keywords.get('type');
  if (type) type.pointer = pointer;
  return shape;
}

/** A shape for each of its types, none for what no value fits. */
function byType(shape: Shape): Shape[] {
  const types = typesOf(shape);
  if (!types || types.length === 1 || shape.unions.length > 0) return types?.[0] === nothing ? [] : [shape];
  return types.map((type) => {
    const own = shapeAt(shape.pointer);
    for (const [key, keyword] of shape.keywords) if (isAbout(key, [type])) own.keywords.set(key, keyword);
    own.keywords.set('type', { value: [type], pointer: shape.pointer });
    const listed = own.keywords.get('enum');
    const fitting = list(listed?.value).filter(
      (value) => bothTypes([typeOf(JSON.parse(String(value)))], [type]).length > 0,
    );
    if (listed && fitting.length > 0) own.keywords.set('enum', { ...listed, value: fitting });
    else own.keywords.delete('enum');
    for (const [path, places] of shape.schemas)
      if (isAbout(path.split('/', 1)[0] ?? '', [type])) own.schemas.set(path, places);
    return own;
  });
}

/** Adds an alternative, unless one that is there can take its values in: FastAPI writes `int | float` as two. */
function addBranch(branches: Shape[], branch: Shape, isOneOf: boolean): void {
  for (const [index, known] of branches.entries()) {
    const both = shapeAt(known.pointer);
    narrow(both, known);
    narrow(both, branch);
    if (!isOneOf && said(both) === said(branch)) return;
    const [listed, more] = [known.keywords.get('enum'), branch.keywords.get('enum')];
    const areLists = listed && more && said(known, 'enum') === said(branch, 'enum');
    if (areLists)
      both.keywords.set('enum', { ...listed, value: unique(...list(listed.value), ...list(more.value)) });
    else if (isOneOf || said(both) !== said(known)) continue;
    branches[index] = areLists ? both : branch;
    return;
  }
  branches.push(branch);
}

/** What a shape says, as a text. */
function said({ keywords, schemas, unions }: Shape, except?: string): string {
  const limits = [...keywords]
    .filter(([key]) => !isNote(key) && key !== except)
    .map(([key, { value }]) => [key, value]);
  return canonical([
    limits.sort(),
    [...schemas].map(([path, places]) => [path, ...unique(...places.map(({ pointer }) => pointer))]).sort(),
    unions.length,
  ]);
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
    types.includes(type) || types.includes(familyOf(type));
  return normalTypes([...a.filter((type) => has(b, type)), ...b.filter((type) => has(a, type))]);
}
