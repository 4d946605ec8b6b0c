/** Puts what a validator found into words: those of FastAPI, which the hosted API uses. */
import type { Violation } from '../generated/types.ts';

/** A step from a body to one of its parts: the name of a property, or an index. */
export type Step = string | number;

/** One problem, in the form that the API reports it in `errors`. */
export interface Problem {
  /** Where it is, such as `['query', 'limit']`. */
  readonly loc: Step[];
  /** What is wrong, in words for people. */
  readonly msg: string;
  /** The rule that is broken, as a word for programs. */
  readonly type: string;
}

type Params = Violation['params'];

/** In these places every value arrives as text, which the server parses. */
const textPlaces: readonly unknown[] = ['query', 'path', 'header', 'cookie'];

/** FastAPI's `type` for each JSON Schema type, and its sentence for a value of another type. */
const types: Record<string, [type: string, msg: string]> = {
  array: ['list_type', 'Input should be a valid list'],
  boolean: ['bool_type', 'Input should be a valid boolean'],
  integer: ['int_type', 'Input should be a valid integer'],
  null: ['none_required', 'Input should be None'],
  number: ['float_type', 'Input should be a valid number'],
  object: ['dict_type', 'Input should be a valid dictionary'],
  string: ['string_type', 'Input should be a valid string'],
};

/** The same for text that can't be read as the type. */
const parsing: Record<string, [type: string, msg: string]> = {
  boolean: ['bool_parsing', 'Input should be a valid boolean, unable to interpret input'],
  integer: ['int_parsing', 'Input should be a valid integer, unable to parse string as an integer'],
  number: ['float_parsing', 'Input should be a valid number, unable to parse string as a number'],
};

/** By JSON Schema keyword: FastAPI's `type`, and its sentence (pydantic's "Validation Errors"). */
const keywords: Record<string, [type: string, msg: (params: Params, value: unknown) => string]> = {
  additionalProperties: ['extra_forbidden', () => 'Extra inputs are not permitted'],
  const: ['literal_error', ({ allowedValue }) => `Input should be ${choice([allowedValue])}`],
  enum: ['enum', ({ allowedValues }) => `Input should be ${choice(allowedValues as unknown[])}`],
  exclusiveMaximum: ['less_than', ({ limit }) => `Input should be less than ${limit}`],
  exclusiveMinimum: ['greater_than', ({ limit }) => `Input should be greater than ${limit}`],
  maxItems: ['too_long', ({ limit }, value) => sized('List', 'at most', limit, value)],
  maxLength: ['string_too_long', ({ limit }) => `String should have at most ${count(limit, 'character')}`],
  maxProperties: ['too_long', ({ limit }, value) => sized('Dictionary', 'at most', limit, value)],
  maximum: ['less_than_equal', ({ limit }) => `Input should be less than or equal to ${limit}`],
  minItems: ['too_short', ({ limit }, value) => sized('List', 'at least', limit, value)],
  minLength: ['string_too_short', ({ limit }) => `String should have at least ${count(limit, 'character')}`],
  minProperties: ['too_short', ({ limit }, value) => sized('Dictionary', 'at least', limit, value)],
  minimum: ['greater_than_equal', ({ limit }) => `Input should be greater than or equal to ${limit}`],
  multipleOf: ['multiple_of', ({ multipleOf }) => `Input should be a multiple of ${multipleOf}`],
  pattern: ['string_pattern_mismatch', ({ pattern }) => `String should match pattern '${pattern}'`],
  required: ['missing', () => 'Field required'],
  unevaluatedProperties: ['extra_forbidden', () => 'Extra inputs are not permitted'],
};

/** Keywords whose violation only repeats that of a rule inside them, which is told. */
const echoes: readonly string[] = ['if', 'propertyNames'];

/**
 * The problems of a value that a validator has refused.
 *
 * @param errors - What the validator left in its `errors`.
 * @param data - What it was given.
 * @param base - Put before each `loc`: where `data` itself stands.
 * @example
 * validators.request({ query: { limit: 101 }, path: {}, header: {}, cookie: {} });
 * problemsOf(validators.request.errors, data);
 * // [{ loc: ['query', 'limit'], type: 'less_than_equal', msg: 'Input should be less than or equal to 100' }]
 */
export function problemsOf(
  errors: readonly Violation[] | null | undefined,
  data: unknown,
  base: readonly Step[] = [],
): Problem[] {
  return chooseBranches(errors ?? []).map((violation) => describe(violation, data, base));
}

/** `['models', 3, 'size_b']` as people write it: `models[3].size_b`. */
export function formatLoc(loc: readonly Step[]): string {
  return loc
    .map((step, index) => (typeof step === 'number' ? `[${step}]` : index > 0 ? `.${step}` : step))
    .join('');
}

function describe(violation: Violation, data: unknown, base: readonly Step[]): Problem {
  const { keyword, params, propertyName } = violation;
  const child = params['missingProperty'] ?? params['additionalProperty'] ?? params['unevaluatedProperty'];
  const { loc, value } = find(data, violation.instancePath, child ?? propertyName);
  const place = [...base, ...loc];
  if (keyword === 'type') {
    const expected = [params['type']].flat() as string[];
    const isText = typeof value === 'string' && textPlaces.includes(place[0]);
    return { loc: place, ...expectType(expected, isText) };
  }
  if (keyword === 'discriminator') return { loc: place, ...expectTag(params) };
  const [type, msg] = keywords[keyword] ?? [
    'value_error',
    () => `Value error, the rule ${keyword} is broken`,
  ];
  return { loc: place, msg: msg(params, value), type };
}

/** The path to a part of the data, and its value. Only the data can tell an index from a name that is a number. */
function find(data: unknown, pointer: string, child: unknown): { loc: Step[]; value: unknown } {
  const names = pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  if (child !== undefined) names.push(String(child));
  let value = data;
  const loc = names.map((name): Step => {
    const step = Array.isArray(value) ? Number(name) : name;
    value = Object(value)[step];
    return step;
  });
  return { loc, value };
}

/** A pointer into the data, such as `/models/3/size_b`, as steps. */
export function locOf(pointer: string, data: unknown): Step[] {
  return find(data, pointer, undefined).loc;
}

/** Of several types the first gives the code, and all but null are named, as FastAPI does for `Optional`. */
function expectType(expected: readonly string[], isText: boolean): { type: string; msg: string } {
  const named = expected.filter((type) => type !== 'null');
  const [first = 'null', ...others] = named;
  const [type, msg] = (isText && others.length === 0 && parsing[first]) ||
    types[first] || ['value_error', ''];
  return { type, msg: [msg, ...new Set(others)].join(' or ') };
}

function expectTag({ error, tag, tagValue }: Params): { type: string; msg: string } {
  return error === 'mapping'
    ? {
        type: 'union_tag_invalid',
        msg: `Input tag '${tagValue}' found using '${tag}' is none of the expected tags`,
      }
    : { type: 'union_tag_not_found', msg: `Unable to extract tag using discriminator '${tag}'` };
}

/**
 * For each `anyOf` or `oneOf` that failed, Ajv lists the violations of all branches, then that none fits. Only those
 * of the branches that were most likely meant are kept.
 */
function chooseBranches(errors: readonly Violation[]): Violation[] {
  const chosen: Violation[] = [];
  for (const error of errors) {
    if (error.keyword === 'anyOf' || error.keyword === 'oneOf') {
      let first = chosen.length;
      while (first > 0 && isWithin(chosen[first - 1] as Violation, error)) first -= 1;
      chosen.push(...likeliest(chosen.splice(first), error));
    } else if (!echoes.includes(error.keyword)) chosen.push(error);
  }
  return chosen;
}

function isWithin({ instancePath }: Violation, { instancePath: place }: Violation): boolean {
  return instancePath === place || instancePath.startsWith(`${place}/`);
}

/** Leaves out branches for other types and for other tags, unless none would be left. */
function likeliest(faults: readonly Violation[], alternatives: Violation): Violation[] {
  const place = alternatives.instancePath;
  const types = faults.filter(({ keyword, instancePath }) => keyword === 'type' && instancePath === place);
  const inside = faults.filter((fault) => !types.includes(fault));
  const untagged = inside.filter(({ keyword }) => keyword !== 'const');
  if (inside.length > 0) return untagged.length > 0 ? untagged : inside;
  const [first] = types;
  if (!first) return [alternatives];
  return [{ ...first, params: { type: types.flatMap(({ params }) => params['type']) } }];
}

/** `'a', 'b' or 'c'`. */
function choice(values: readonly unknown[]): string {
  const shown = values.map((value) => (typeof value === 'string' ? `'${value}'` : JSON.stringify(value)));
  const last = shown.pop() ?? '';
  return shown.length > 0 ? `${shown.join(', ')} or ${last}` : last;
}

function count(amount: unknown, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? '' : 's'}`;
}

function sized(what: string, bound: string, limit: unknown, value: unknown): string {
  const size = Array.isArray(value) ? value.length : Object.keys(Object(value)).length;
  return `${what} should have ${bound} ${count(limit, 'item')} after validation, not ${size}`;
}
