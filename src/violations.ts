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

/** In these locations every value arrives as text, which the server parses. */
const textLocations: readonly unknown[] = ['query', 'path', 'header', 'cookie'];

/**
 * FastAPI's `type` and sentence (pydantic's "Validation Errors") for each JSON Schema keyword, with Ajv's parameters in
 * braces. Of some keywords there are several: `type:integer`, and `text:integer` for text that can't be read as one.
 */
const sentences: Readonly<Record<string, readonly [type: string, sentence: string]>> = {
  additionalProperties: ['extra_forbidden', 'Extra inputs are not permitted'],
  const: ['literal_error', 'Input should be {allowedValue}'],
  'discriminator:mapping': [
    'union_tag_invalid',
    "Input tag {tagValue} found using '{tag}' is none of the expected tags",
  ],
  'discriminator:tag': ['union_tag_not_found', "Unable to extract tag using discriminator '{tag}'"],
  enum: ['enum', 'Input should be {allowedValues}'],
  exclusiveMaximum: ['less_than', 'Input should be less than {limit}'],
  exclusiveMinimum: ['greater_than', 'Input should be greater than {limit}'],
  maxItems: ['too_long', 'List should have at most {limit} item{s} after validation, not {size}'],
  maxLength: ['string_too_long', 'String should have at most {limit} character{s}'],
  maxProperties: ['too_long', 'Dictionary should have at most {limit} item{s} after validation, not {size}'],
  maximum: ['less_than_equal', 'Input should be less than or equal to {limit}'],
  minItems: ['too_short', 'List should have at least {limit} item{s} after validation, not {size}'],
  minLength: ['string_too_short', 'String should have at least {limit} character{s}'],
  minProperties: [
    'too_short',
    'Dictionary should have at least {limit} item{s} after validation, not {size}',
  ],
  minimum: ['greater_than_equal', 'Input should be greater than or equal to {limit}'],
  multipleOf: ['multiple_of', 'Input should be a multiple of {multipleOf}'],
  pattern: ['string_pattern_mismatch', "String should match pattern '{pattern}'"],
  required: ['missing', 'Field required'],
  'text:boolean': ['bool_parsing', 'Input should be a valid boolean, unable to interpret input'],
  'text:integer': ['int_parsing', 'Input should be a valid integer, unable to parse string as an integer'],
  'text:number': ['float_parsing', 'Input should be a valid number, unable to parse string as a number'],
  'type:array': ['list_type', 'Input should be a valid list'],
  'type:boolean': ['bool_type', 'Input should be a valid boolean'],
  'type:integer': ['int_type', 'Input should be a valid integer'],
  'type:null': ['none_required', 'Input should be None'],
  'type:number': ['float_type', 'Input should be a valid number'],
  'type:object': ['dict_type', 'Input should be a valid dictionary'],
  'type:string': ['string_type', 'Input should be a valid string'],
  unevaluatedProperties: ['extra_forbidden', 'Extra inputs are not permitted'],
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
  const { loc: inData, value } = find(data, violation.instancePath, child ?? propertyName);
  const loc = [...base, ...inData];
  if (keyword === 'type') return { loc, ...expectType(params['type'], loc, value) };
  const key = keyword === 'discriminator' ? `discriminator:${params['error']}` : keyword;
  const [type, sentence] = wordsOf(key);
  const size = Array.isArray(value) ? value.length : Object.keys(Object(value)).length;
  const filling: Record<string, unknown> = { ...params, size, s: params['limit'] === 1 ? '' : 's' };
  return { loc, msg: sentence.replace(/\{(\w+)\}/g, (_, name) => write(name, filling[name])), type };
}

/** A rule without words is named. */
function wordsOf(rule: string): readonly [type: string, sentence: string] {
  return sentences[rule] ?? ['value_error', `Value error, the rule ${rule} is broken`];
}

/** A parameter in a sentence. Values of the body's own are quoted: `'a', 'b' or 1`. */
function write(name: string, parameter: unknown): string {
  if (!/Value/.test(name)) return String(parameter);
  const shown = [parameter]
    .flat()
    .map((value) => (typeof value === 'string' ? `'${value}'` : JSON.stringify(value)));
  const last = shown.pop();
  return shown.length > 0 ? `${shown.join(', ')} or ${last}` : `${last}`;
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
function expectType(expected: unknown, loc: readonly Step[], value: unknown): Omit<Problem, 'loc'> {
  const named = [...new Set([expected].flat())].filter((type) => type !== 'null');
  const [first = 'null', ...others] = named;
  const isText = typeof value === 'string' && textLocations.includes(loc[0]) && others.length === 0;
  const [type, sentence] = (isText && sentences[`text:${first}`]) || wordsOf(`type:${first}`);
  return { msg: [sentence, ...others].join(' or '), type };
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

function isWithin({ instancePath }: Violation, { instancePath: outer }: Violation): boolean {
  return instancePath === outer || instancePath.startsWith(`${outer}/`);
}

/** Leaves out branches for other types and for other tags, unless none would be left. */
function likeliest(faults: readonly Violation[], alternatives: Violation): Violation[] {
  const path = alternatives.instancePath;
  const types = faults.filter(({ keyword, instancePath }) => keyword === 'type' && instancePath === path);
  const inside = faults.filter((fault) => !types.includes(fault));
  const untagged = inside.filter(({ keyword }) => keyword !== 'const');
  if (inside.length > 0) return untagged.length > 0 ? untagged : inside;
  const [first] = types;
  if (!first) return [alternatives];
  return [{ ...first, params: { type: types.flatMap(({ params }) => params['type']) } }];
}
