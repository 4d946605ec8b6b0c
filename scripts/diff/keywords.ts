/** Knows the keywords of schemas: the types they apply to, their defaults, and how two values combine. */
import { canonical } from './canonical.ts';

export type TypeName = 'array' | 'boolean' | 'integer' | 'null' | 'number' | 'object' | 'string';

export interface Keyword {
  value: unknown;
  pointer: string;
}

const strings: readonly TypeName[] = ['string'];
const numbers: readonly TypeName[] = ['number', 'integer'];
const arrays: readonly TypeName[] = ['array'];
const objects: readonly TypeName[] = ['object'];

/** The types that each keyword applies to; it accepts values of other types (JSON Schema, section 7.6.1). */
export const concerns = new Map<string, readonly TypeName[]>([
  ['maxLength', strings],
  ['minLength', strings],
  ['pattern', strings],
  ['contentEncoding', strings],
  ['contentMediaType', strings],
  ['format', [...strings, ...numbers]],
  ['maximum', numbers],
  ['minimum', numbers],
  ['exclusiveMaximum', numbers],
  ['exclusiveMinimum', numbers],
  ['multipleOf', numbers],
  ['maxItems', arrays],
  ['minItems', arrays],
  ['uniqueItems', arrays],
  ['maxContains', arrays],
  ['minContains', arrays],
  ['maxProperties', objects],
  ['minProperties', objects],
  ['required', objects],
]);

/** Keywords that hold one schema. */
export const single = new Map<string, readonly TypeName[]>([
  ['items', arrays],
  ['unevaluatedItems', arrays],
  ['contains', arrays],
  ['additionalProperties', objects],
  ['unevaluatedProperties', objects],
  ['propertyNames', objects],
]);

/** Keywords that hold several. */
export const several = new Map<string, readonly TypeName[]>([
  ['prefixItems', arrays],
  ['patternProperties', objects],
]);

/** Keywords that are compared as a whole. Whether a change of them allows more or less can't be told. */
export const opaque: ReadonlySet<string> = new Set([
  'not',
  'if',
  'then',
  'else',
  'dependentRequired',
  'dependentSchemas',
  'dependencies',
]);

/** Whether a value is the keyword's default (JSON Schema, section 6). */
export function isDefault(key: string, value: unknown): boolean {
  if (/^min(?:Length|Items|Properties)$/.test(key)) return value === 0;
  if (key === 'uniqueItems') return value === false;
  if (key === 'required') return Array.isArray(value) && value.length === 0;
  return key === 'pattern' && value === '';
}

/** Whether a keyword, or the child at a path such as `prefixItems/0`, applies to values of a type. */
export function isAbout(type: TypeName | undefined, path: string): boolean {
  const [key = ''] = path.split('/');
  const types = concerns.get(key) ?? single.get(key) ?? several.get(key);
  return !type || !types || types.includes(type);
}

/** The type of the values that have both types. */
export function bothTypes(a: TypeName | undefined, b: TypeName | undefined): TypeName | undefined | 'never' {
  if (a === b || !b) return a;
  if (!a) return b;
  return [a, b].sort().join() === 'integer,number' ? 'integer' : 'never';
}

/** The value of a keyword that means both values at once. */
export function bothValues(key: string, a: unknown, b: unknown): unknown {
  if (canonical(a) === canonical(b)) return a;
  if (typeof a === 'number' && typeof b === 'number') {
    if (/^(?:min|exclusiveMin)/.test(key)) return Math.max(a, b);
    if (/^(?:max|exclusiveMax)/.test(key)) return Math.min(a, b);
  }
  if (key === 'enum') return list(a).filter((value) => list(b).includes(value));
  if (key === 'required') return [...new Set([...list(a), ...list(b)])].sort();
  return [a, b]
    .map((value) => canonical(value))
    .sort()
    .join(' and ');
}

/** Rewrites OpenAPI 3.0's `minimum: 1, exclusiveMinimum: true`. */
export function makeBoundsExclusive(keywords: Map<string, Keyword>): void {
  for (const [exclusive, inclusive] of [
    ['exclusiveMinimum', 'minimum'],
    ['exclusiveMaximum', 'maximum'],
  ] as const) {
    const flag = keywords.get(exclusive);
    if (typeof flag?.value !== 'boolean') continue;
    const bound = keywords.get(inclusive);
    keywords.delete(exclusive);
    if (!flag.value || !bound) continue;
    keywords.delete(inclusive);
    keywords.set(exclusive, { ...flag, ...bound });
  }
}

/** Rewrites bounds of integers as whole inclusive ones: `exclusiveMinimum: 0` and `minimum: 0.5` are `minimum: 1`. */
export function roundBounds(keywords: ReadonlyMap<string, Keyword>): Map<string, Keyword> {
  const rounded = new Map(keywords);
  const round = (key: string, exclusiveKey: string, bound: (value: number, exclusive: boolean) => number) => {
    const found = [key, exclusiveKey].flatMap((name) => {
      const keyword = keywords.get(name);
      if (typeof keyword?.value !== 'number') return [];
      return [{ ...keyword, value: bound(keyword.value, name === exclusiveKey) }];
    });
    const [one, other] = found;
    if (!one) return;
    rounded.delete(exclusiveKey);
    rounded.set(key, other && bothValues(key, one.value, other.value) === other.value ? other : one);
  };
  round('minimum', 'exclusiveMinimum', (value, above) => (above ? Math.floor(value) + 1 : Math.ceil(value)));
  round('maximum', 'exclusiveMaximum', (value, below) => (below ? Math.ceil(value) - 1 : Math.floor(value)));
  return rounded;
}

/** Whether each of these values, as JSON, fulfils a keyword. */
export function holdsForAll(key: string, bound: unknown, values: readonly string[]): boolean {
  return values.every((value) => holds(key, bound, JSON.parse(value)));
}

/** Also false where it is not known. */
function holds(key: string, bound: unknown, value: unknown): boolean {
  if (typeof value === 'number' && typeof bound === 'number') {
    if (key === 'minimum') return value >= bound;
    if (key === 'maximum') return value <= bound;
    if (key === 'exclusiveMinimum') return value > bound;
    if (key === 'exclusiveMaximum') return value < bound;
    return key === 'multipleOf' && Number.isInteger(value / bound);
  }
  if (typeof value !== 'string') return false;
  // JSON Schema counts code points.
  if (key === 'minLength') return [...value].length >= Number(bound);
  if (key === 'maxLength') return [...value].length <= Number(bound);
  try {
    return key === 'pattern' && new RegExp(String(bound), 'u').test(value);
  } catch {
    return false;
  }
}

export function typeOf(value: unknown): TypeName {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value as TypeName;
}

export const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

export function valuesOf(keywords: ReadonlyMap<string, Keyword>): [string, unknown][] {
  return [...keywords].map(([key, { value }]): [string, unknown] => [key, value]).sort();
}
