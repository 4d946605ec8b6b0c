/** Reads what schemas say, however it is spelled. */
import { at, escapeKey } from '../contract/pointer.ts';
import { isObject, type Place, Refused } from '../contract/resolve.ts';
import { canonical, joinWords, list, type Node, set, unique, type Words, wordsOf } from './values.ts';

/** What a schema says at its own level, with its references, `allOf`, `anyOf` and `oneOf`: a value fits a branch. */
export interface Shape {
  pointer: string;
  /** None if no value fits. */
  branches: Branch[];
  /** Whether a value has to fit exactly one, as `oneOf` says. */
  exactlyOne: boolean;
  /** What limits no values: `default`, `readOnly`. */
  notes: Map<string, Keyword>;
  words: Words;
}

/** Values of one type, or of any. */
export interface Branch {
  type: string | undefined;
  pointer: string;
  keywords: Map<string, Keyword>;
  /** By path: `properties/a`, `items`. They are read later, since they may contain this one. */
  schemas: Map<string, Place<unknown>[]>;
  words: Words;
}

interface Keyword {
  value: unknown;
  pointer: string;
}

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
const limits = new Set(Object.values(about).flatMap((keys) => [...keys]));

/** Whether a keyword says something about values of a type. */
export const isAbout = (key: string, type: string | undefined): boolean =>
  type === undefined || !limits.has(key) || about[familyOf(type)]?.has(key) === true;

/** Whether a change within these allows more or less can't be told, so they are compared as a whole. */
export const opaque = set('not if then else contentSchema dependentSchemas');
const single = set(
  'items contains unevaluatedItems additionalProperties propertyNames unevaluatedProperties not if then else contentSchema',
);
const maps = set('properties patternProperties dependentSchemas dependentRequired dependencies');
const flags = set('deprecated readOnly writeOnly');

/** The most branches that `allOf` may make of several `anyOf`. */
const mostBranches = 500;

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
    const ends = places.map((place) => this.follow(place));
    return this.#readOnce(ends) ?? anything(ends[0]?.pointer ?? '#');
  }

  #readOnce(places: readonly Place<unknown>[]): Shape | undefined {
    const key = keyOf(places);
    if (this.#shapes.has(key)) return this.#shapes.get(key);
    this.#shapes.set(key, undefined);
    const parts = new Map<unknown, Place<unknown>>();
    for (const place of places) this.#collect(place, parts);
    const shapes = [...parts.values()].map((part) => this.#own(part));
    const shape = shapes.reduce(both);
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
    const shape = anything(pointer);
    if (node === true || node === undefined) return shape;
    if (node === false) return { ...shape, branches: [] };
    if (!isObject(node)) throw refusal(pointer, 'A schema is an object, true or false.');
    const { keywords, schemas } = shape.branches[0] as Branch;
    shape.words = wordsOf(node, pointer);
    for (const [key, value] of Object.entries(node)) {
      const here = `${pointer}/${key}`;
      if (key === 'default' || (flags.has(key) && value === true))
        shape.notes.set(key, { value, pointer: here });
      else if (key === 'discriminator') {
        shape.notes.set('x-discriminator', { value: String(Object(value)['propertyName']), pointer: here });
      } else if (single.has(key)) schemas.set(key, [{ node: value, pointer: here }]);
      else if (maps.has(key)) {
        for (const [name, part] of Object.entries(Object(value))) {
          // `dependentRequired: { a: [b] }` is `dependentSchemas: { a: { required: [b] } }`.
          const path = `${key.startsWith('depend') ? 'dependentSchemas' : key}/${name}`;
          const schema = Array.isArray(part) ? { required: part } : part;
          schemas.set(path, [{ node: schema, pointer: `${here}/${escapeKey(name)}` }]);
        }
      } else if (limits.has(key) && key !== 'prefixItems') keywords.set(key, { value, pointer: here });
    }
    addPositions(node, pointer, schemas);
    if (this.#isOld) excludeBounds(keywords);
    shape.branches = typesOf(node, this.#isOld).map(({ type, listed }): Branch => {
      const own = new Map([...keywords].filter(([key]) => isAbout(key, type)));
      if (listed)
        own.set('enum', { value: listed, pointer: `${pointer}/${'const' in node ? 'const' : 'enum'}` });
      const within = [...schemas].filter(([path]) => isAbout(path.replace(/\/.*/s, ''), type));
      return { type, pointer, keywords: own, schemas: new Map(within), words: new Map() };
    });
    return ['anyOf', 'oneOf'].reduce((all, key) => {
      const parts = placesIn(node, pointer, key).flatMap((part) => this.#readOnce([this.follow(part)]) ?? []);
      return parts.length > 0 ? both(all, either(parts, key === 'oneOf', pointer)) : all;
    }, shape);
  }
}

const refusal = (pointer: string, message: string) => new Refused([{ pointer, message }]);

/** What a reference leads to. */
export function targetOf(document: Node, $ref: unknown, pointer: string): Place<unknown> {
  if (!/^#(?:\/|$)/.test(String($ref))) {
    throw refusal(pointer, `"${$ref}" is no place in this document; bundle it first.`);
  }
  const node = at(String($ref), document);
  if (node === undefined) throw refusal(pointer, `Refers to ${$ref}, which is not there.`);
  return { node, pointer: String($ref) };
}

const placesIn = (node: Node, pointer: string, key: string): Place<unknown>[] =>
  list(node[key]).map((part, index) => ({ node: part, pointer: `${pointer}/${key}/${index}` }));

function anything(pointer: string): Shape {
  const branch = { type: undefined, pointer, keywords: new Map(), schemas: new Map(), words: new Map() };
  return { pointer, branches: [branch], exactlyOne: false, notes: new Map(), words: new Map() };
}

export const keyOf = (places: readonly Place<unknown>[]): string =>
  places.map(({ pointer }) => pointer).join(' ');

/** Integers and numbers are one family of values. */
export const familyOf = (type = ''): string => (type === 'integer' ? 'number' : type);

/** The types that a schema allows, each with the values that it lists of that type, as JSON. */
function typesOf(node: Node, isOld: boolean): { type?: string; listed?: unknown[] }[] {
  const named = node['type'] === undefined ? undefined : [node['type']].flat().map(String);
  if (named && isOld && node['nullable'] === true) named.push('null');
  const values = 'const' in node ? [node['const']] : node['enum'];
  if (!Array.isArray(values)) return named ? normalTypes(named).map((type) => ({ type })) : [{}];
  const types = normalTypes(values.map(typeOf)).filter(
    (type) => !named || named.some((other) => bothTypes(type, other)),
  );
  return types.map((type) => {
    const fitting = values.filter(
      (value) =>
        bothTypes(typeOf(value), type) !== undefined &&
        (!named || named.some((other) => bothTypes(typeOf(value), other))),
    );
    const listed = unique(...fitting.map(canonical));
    // A list of all values of a type says no more than the type.
    return type === 'null' || listed.join() === 'false,true' ? { type } : { type, listed };
  });
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return Number.isInteger(value) ? 'integer' : typeof value;
}

const normalTypes = (types: readonly string[]) =>
  [...new Set(types)].filter((type) => type !== 'integer' || !types.includes('number')).sort();

/** The type of the values that have both types; undefined if there are none. */
const bothTypes = (a: string, b: string) =>
  familyOf(a) !== familyOf(b) ? undefined : a === 'integer' ? a : b;

/** The places in a list. Where they are all alike, they are the rule for all items. */
function addPositions(node: Node, pointer: string, schemas: Branch['schemas']): void {
  const positions = placesIn(node, pointer, 'prefixItems');
  const [first] = positions;
  if (!first) return;
  const isWholeList = Number(node['maxItems']) <= positions.length;
  const areAlike = positions.every((other) => canonical(other.node) === canonical(first.node));
  if (isWholeList) schemas.delete('items');
  if (isWholeList && areAlike) schemas.set('items', [first]);
  else for (const [index, position] of positions.entries()) schemas.set(`prefixItems/${index}`, [position]);
}

/** Rewrites OpenAPI 3.0's `minimum: 1, exclusiveMinimum: true`. */
function excludeBounds(keywords: Branch['keywords']): void {
  for (const bound of ['minimum', 'maximum']) {
    const exclusive = bound.replace('m', 'exclusiveM');
    const keyword = keywords.get(exclusive)?.value === true ? keywords.get(bound) : undefined;
    keywords.delete(exclusive);
    if (keyword && keywords.delete(bound)) keywords.set(exclusive, keyword);
  }
}

/** A value has to fit both. */
function both(a: Shape, b: Shape): Shape {
  if (a.branches.length * b.branches.length > mostBranches) {
    throw refusal(b.pointer, 'Too many alternatives are combined with each other here.');
  }
  const branches = a.branches.flatMap((one) => b.branches.flatMap((other) => bothBranches(one, other) ?? []));
  const notes = new Map([...b.notes, ...a.notes]);
  const exactlyOne = a.exactlyOne || b.exactlyOne;
  return { pointer: a.pointer, branches, exactlyOne, notes, words: joinWords(a.words, b.words) };
}

const joinLists = (a: Keyword, b: Keyword): Keyword => ({
  ...a,
  value: unique(...list(a.value), ...list(b.value)),
});

function bothBranches(a: Branch, b: Branch): Branch | undefined {
  const type = a.type && b.type ? bothTypes(a.type, b.type) : (a.type ?? b.type);
  if (a.type && b.type && !type) return undefined;
  const keywords = new Map(a.keywords);
  for (const [key, keyword] of b.keywords) {
    const known = keywords.get(key);
    const value = known ? bothValues(key, known.value, keyword.value) : keyword.value;
    if (key === 'enum' && list(value).length === 0) return undefined;
    keywords.set(
      key,
      known && canonical(value) !== canonical(keyword.value) ? { ...known, value } : { ...keyword, value },
    );
  }
  const schemas = new Map(a.schemas);
  for (const [path, places] of b.schemas) schemas.set(path, [...(schemas.get(path) ?? []), ...places]);
  const words = joinWords(a.words, b.words);
  const isMore = b.keywords.size + b.schemas.size > a.keywords.size + a.schemas.size;
  for (const own of [keywords, schemas])
    for (const key of own.keys()) if (!isAbout(key.replace(/\/.*/s, ''), type)) own.delete(key);
  return { type, pointer: isMore ? b.pointer : a.pointer, keywords, schemas, words };
}

/** The value of a keyword that means both. */
function bothValues(key: string, a: unknown, b: unknown): unknown {
  if (key === 'enum') return list(a).filter((value) => list(b).includes(value));
  if (key === 'required') return unique(...list(a), ...list(b));
  const areNumbers = typeof a === 'number' && typeof b === 'number';
  if (areNumbers && /^(?:min|exclusiveMin)/.test(key)) return Math.max(a, b);
  if (areNumbers && /^(?:max|exclusiveMax)/.test(key)) return Math.min(a, b);
  return canonical(a) === canonical(b) ? a : unique(canonical(a), canonical(b)).join(' and ');
}

/** A value has to fit one of them. */
function either(parts: readonly Shape[], isOneOf: boolean, pointer: string): Shape {
  const branches: Branch[] = [];
  for (const part of parts) {
    for (const branch of part.branches) {
      addBranch(branches, { ...branch, words: joinWords(part.words, branch.words) }, isOneOf);
    }
  }
  // Of "this or null", the notes are those of "this".
  const values = parts.filter((part) => part.branches.some(({ type }) => type !== 'null'));
  const notes = new Map(values.length === 1 ? values[0]?.notes : []);
  const exactlyOne = isOneOf || parts.some((part) => part.exactlyOne);
  return { pointer, branches, exactlyOne, notes, words: new Map() };
}

/** Adds a branch, unless one that is there can take its values in: FastAPI writes `int | float` as two. */
function addBranch(branches: Branch[], branch: Branch, isOneOf: boolean): void {
  for (const [index, known] of branches.entries()) {
    const common = bothBranches(known, branch);
    const covers = (other: Branch) => !isOneOf && common && said(common) === said(other);
    const [listed, more] = [known.keywords.get('enum'), branch.keywords.get('enum')];
    if (covers(branch)) return;
    if (listed && more && said(known, 'enum') === said(branch, 'enum')) {
      branches[index] = { ...known, keywords: new Map(known.keywords).set('enum', joinLists(listed, more)) };
    } else if (covers(known)) branches[index] = branch;
    else continue;
    return;
  }
  branches.push(branch);
}

/** What a branch says, as a text. */
function said({ type, keywords, schemas }: Branch, except?: string): string {
  const values = [...keywords].filter(([key]) => key !== except).map(([key, { value }]) => [key, value]);
  const within = [...schemas].map(([path, places]) => [
    path,
    ...unique(...places.map(({ pointer }) => pointer)),
  ]);
  return canonical([type, values.sort(), within.sort()]);
}
