/** Reads what schemas say, however it is spelled. */
import { childrenOf, declaredTypes, holdsSchemas } from '../contract/json-schema.ts';
import { at, pointerTo } from '../contract/pointer.ts';
import { isObject, type Located, Refused } from '../contract/resolve.ts';
import { canonical, list, type Node, set, unique, wordsOf } from './values.ts';

/** Alternatives that a value can fit; none if no value fits. Any value fits an empty one. */
export type Shape = Branch[];

/**
 * What an alternative says, by keyword; its `type` is one. Words are lists, as `x-word-title`. The schemas within are
 * lists of schemas, by path (`items`, `properties/a`). They are read later, since they may contain this one.
 */
export type Branch = Map<string, Entry>;

interface Entry {
  value: unknown;
  pointer: string;
}

/** The keywords that say something about values of one type only (JSON Schema, section 7.6.1). */
const about: Readonly<Record<string, ReadonlySet<string>>> = {
  string: set('maxLength minLength pattern format contentEncoding contentMediaType'),
  number: set('maximum minimum exclusiveMaximum exclusiveMinimum multipleOf format'),
  array: set(
    'maxItems minItems uniqueItems maxContains minContains items prefixItems contains unevaluatedItems',
  ),
  object: set(
    'maxProperties minProperties required properties patternProperties additionalProperties propertyNames unevaluatedProperties dependentSchemas',
  ),
};
const limits = new Set(Object.values(about).flatMap((keys) => [...keys]));

/** Whether a keyword, or the schema at a path, says something about values of a type. */
export function isAbout(path: string, type: unknown): boolean {
  const key = headOf(path);
  return type === undefined || !limits.has(key) || about[familyOf(type)]?.has(key) === true;
}

/** Whether a change within these allows more or less is not known, so they are compared as a whole. */
export const opaque = set('not if then else dependentSchemas');
/** So are these, as they are written. */
const raw = set('contentSchema dependentRequired dependencies');
/** The outermost of these counts, and they limit no values. */
const notes = set('default deprecated readOnly writeOnly x-discriminator x-whole-oneOf');

/** `properties/a` gives `properties`. */
export const headOf = (path: string): string => path.replace(/\/.*/s, '');

/** Whether a path of a branch leads to schemas within it. */
export const isWithin = (path: string): boolean => holdsSchemas(headOf(path));

/** Whether it limits no values. */
export const isNote = (key: string): boolean => key === '' || notes.has(key) || key.startsWith('x-word-');

/** The most alternatives that `allOf` may make of several `anyOf`. */
const mostBranches = 1000;

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
  read(schemas: readonly Located<unknown>[]): Shape {
    return this.#readOnce(schemas.map((located) => this.follow(located))) ?? [new Map()];
  }

  #readOnce(schemas: readonly Located<unknown>[]): Shape | undefined {
    const key = keyOf(schemas);
    if (this.#shapes.has(key)) return this.#shapes.get(key);
    this.#shapes.set(key, undefined);
    const parts = new Map<unknown, Located<unknown>>();
    for (const located of schemas) this.#collect(located, parts);
    const shape = [...parts.values()].map((part) => this.#own(part)).reduce(both);
    this.#shapes.set(key, shape);
    return shape;
  }

  /** The end of a chain of references that have no keywords beside them. */
  follow(located: Located<unknown>): Located<unknown> {
    const seen = new Set<unknown>();
    let end = located;
    while (isObject(end.node) && '$ref' in end.node && (this.#isOld || Object.keys(end.node).length === 1)) {
      const { $ref } = end.node;
      if (seen.has($ref)) throw refusal(located.pointer, `${$ref} refers to nothing but itself.`);
      seen.add($ref);
      end = targetOf(this.#document, $ref, end.pointer);
    }
    return end;
  }

  /** A schema, what it refers to and the parts of its `allOf`, each once. */
  #collect(located: Located<unknown>, found: Map<unknown, Located<unknown>>): void {
    const { node, pointer } = located;
    if (found.has(node)) return;
    found.set(node, located);
    if (!isObject(node)) return;
    if ('$ref' in node) this.#collect(targetOf(this.#document, node['$ref'], pointer), found);
    for (const part of childrenOf(node, pointer)) if (part.keyword === 'allOf') this.#collect(part, found);
  }

  /** What a schema says without its references and `allOf`. */
  #own({ node, pointer }: Located<unknown>): Shape {
    if (node === false) return [];
    if (node === true || node === undefined) return [new Map()];
    if (!isObject(node)) throw refusal(pointer, 'A schema is an object, true or false.');
    const own: Branch = new Map([['', { value: true, pointer }], ...wordsOf(node, pointer)]);
    for (const [key, value] of Object.entries(node)) {
      const entry = { value, pointer: pointerTo(pointer, key) };
      if (key === 'discriminator')
        own.set('x-discriminator', { ...entry, value: Object(value)['propertyName'] });
      else if (raw.has(key) && canonical(value) !== '{}')
        own.set(`x-whole-${key}`, { ...entry, value: canonical(value) });
      else if (key === 'default' || (notes.has(key) && value === true)) own.set(key, entry);
      else if (limits.has(key) && !holdsSchemas(key)) own.set(key, entry);
    }
    const children = childrenOf(node, pointer);
    for (const { keyword, name, ...located } of children) {
      const path = name === undefined ? keyword : `${keyword}/${name}`;
      if (!keyword.endsWith('Of') && keyword !== '$defs')
        own.set(path, { value: [located], pointer: located.pointer });
    }
    if (Number(node['maxItems']) <= list(node['prefixItems']).length) own.delete('items');
    if (this.#isOld) excludeBounds(own);
    const shape = typesOf(node, this.#isOld).map(({ type, listed }) => {
      const branch = new Map([...own].filter(([path]) => isAbout(path, type)));
      if (type) branch.set('type', { value: type, pointer });
      if (listed)
        branch.set('enum', { value: listed, pointer: `${pointer}/${'const' in node ? 'const' : 'enum'}` });
      return branch;
    });
    return ['anyOf', 'oneOf'].reduce((all, key) => {
      const parts = children.filter(({ keyword }) => keyword === key);
      const branches = parts.flatMap((part) => this.#readOnce([this.follow(part)]) ?? []);
      return parts.length > 0 ? both(all, either(branches, key === 'oneOf', pointer)) : all;
    }, shape);
  }
}

const refusal = (pointer: string, message: string) => new Refused([{ pointer, message }]);

/** What a reference leads to. */
export function targetOf(document: Node, $ref: unknown, pointer: string): Located<unknown> {
  if (!/^#(?:\/|$)/.test(String($ref))) {
    throw refusal(pointer, `"${$ref}" is no pointer into this document; bundle it first.`);
  }
  const node = at(String($ref), document);
  if (node === undefined) throw refusal(pointer, `Refers to ${$ref}, which is not there.`);
  return { node, pointer: String($ref) };
}

export const keyOf = (schemas: readonly Located<unknown>[]): string =>
  schemas.map(({ pointer }) => pointer).join(' ');

/** Integers and numbers are one family of values. */
export const familyOf = (type: unknown): string => (type === 'integer' ? 'number' : String(type ?? ''));

/** The types that a schema allows, each with the values that it lists of that type, as JSON. */
function typesOf(node: Node, isOld: boolean): { type?: string; listed?: unknown[] }[] {
  const named = declaredTypes(node)?.map(String);
  if (named && isOld && node['nullable'] === true) named.push('null');
  const values = 'const' in node ? [node['const']] : node['enum'];
  if (!Array.isArray(values)) return named ? normalTypes(named).map((type) => ({ type })) : [{}];
  const fitting = values.filter((value) => !named || named.some((type) => bothTypes(typeOf(value), type)));
  return normalTypes(fitting.map(typeOf)).map((type) => {
    const listed = unique(
      fitting.filter((value) => bothTypes(typeOf(value), type)).map((value) => canonical(value)),
    );
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
const bothTypes = (a: unknown, b: unknown) =>
  familyOf(a) !== familyOf(b) ? undefined : a === 'integer' ? a : b;

/** Rewrites OpenAPI 3.0's `minimum: 1, exclusiveMinimum: true`. */
function excludeBounds(branch: Branch): void {
  for (const bound of ['minimum', 'maximum']) {
    const exclusive = bound.replace('m', 'exclusiveM');
    const entry = branch.get(exclusive)?.value === true ? branch.get(bound) : undefined;
    branch.delete(exclusive);
    if (entry && branch.delete(bound)) branch.set(exclusive, entry);
  }
}

/** A value has to fit both. */
function both(a: Shape, b: Shape): Shape {
  if (a.length * b.length > mostBranches) {
    const pointer = b[0]?.get('')?.pointer ?? '#';
    throw refusal(pointer, 'Too many alternatives are combined with each other here.');
  }
  return a.flatMap((one) => b.flatMap((other) => bothBranches(one, other) ?? []));
}

function bothBranches(a: Branch, b: Branch): Branch | undefined {
  const branch: Branch = new Map(a);
  for (const [key, entry] of b) {
    const known = a.get(key);
    const value = known ? bothValues(key, known.value, entry.value) : entry.value;
    if (value === undefined || (key === 'enum' && list(value).length === 0)) return undefined;
    const isKnown = known && (isWithin(key) || canonical(value) !== canonical(entry.value));
    branch.set(key, { value, pointer: isKnown ? known.pointer : entry.pointer });
  }
  // It has the name of the one with more keywords.
  const name = a.size > b.size ? a.get('') : b.get('');
  if (name) branch.set('', name);
  const type = branch.get('type')?.value;
  for (const path of branch.keys()) if (!isAbout(path, type)) branch.delete(path);
  return branch;
}

/** The value of a keyword that means both; undefined if no value fits. */
function bothValues(key: string, a: unknown, b: unknown): unknown {
  if (isWithin(key)) return [...list(a), ...list(b)];
  if (key === 'type') return bothTypes(a, b);
  if (key === 'enum') return list(a).filter((value) => list(b).includes(value));
  if (key === 'required' || key.startsWith('x-word-')) return unique([...list(a), ...list(b)]);
  const areNumbers = typeof a === 'number' && typeof b === 'number';
  if (areNumbers && /^(?:min|exclusiveMin)/.test(key)) return Math.max(a, b);
  if (areNumbers && /^(?:max|exclusiveMax)/.test(key)) return Math.min(a, b);
  return isNote(key) || canonical(a) === canonical(b)
    ? a
    : unique([canonical(a), canonical(b)]).join(' and ');
}

/** A value has to fit one of them. */
function either(branches: Shape, isOneOf: boolean, pointer: string): Shape {
  const shape: Shape = [];
  for (const branch of branches) addBranch(shape, new Map(branch), isOneOf);
  for (const branch of shape) {
    if (isOneOf) branch.set('x-whole-oneOf', { value: true, pointer: `${pointer}/oneOf` });
    const type = branch.get('type');
    if (type) branch.set('type', { ...type, pointer });
  }
  return shape;
}

/** Adds a branch, unless one that is there can take its values in: FastAPI writes `int | float` as two. */
function addBranch(shape: Shape, branch: Branch, isOneOf: boolean): void {
  for (const [index, known] of shape.entries()) {
    const common = bothBranches(known, branch);
    const covers = (other: Branch) => !isOneOf && common && textOf(common) === textOf(other);
    const [listed, more] = [known.get('enum'), branch.get('enum')];
    if (covers(branch)) return;
    if (listed && more && textOf(known, 'enum') === textOf(branch, 'enum')) {
      const value = unique([...list(listed.value), ...list(more.value)]);
      shape[index] = new Map([...(common ?? known), ['enum', { ...listed, value }]]);
    } else if (covers(known)) shape[index] = branch;
    else continue;
    return;
  }
  shape.push(branch);
}

/** What a branch says, as a text. */
function textOf(branch: Branch, except?: string): string {
  const limits = [...branch].filter(([key]) => !isNote(key) && key !== except);
  const texts = limits.map(([key, { value }]) => [
    key,
    isWithin(key) ? unique(keyOf(value as Located<unknown>[]).split(' ')) : value,
  ]);
  return canonical(texts.sort());
}
