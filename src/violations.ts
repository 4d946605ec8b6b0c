/** Puts what a validator found into words: those of FastAPI, which the hosted API uses. */
import { sentences } from '../generated/sentences.ts';
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

/** Words for the rules that the contract has. */
const words: Readonly<Record<string, readonly [type: string, sentence: string] | undefined>> = sentences;

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
  return chooseBranches(errors ?? []).map((violation) => toProblem(violation, data, base));
}

/** `['models', 3, 'size_b']` as people write it: `models[3].size_b`. */
export function formatLoc(loc: readonly Step[]): string {
  return loc
    .map((step, index) => (typeof step === 'number' ? `[${step}]` : index > 0 ? `.${step}` : step))
    .join('');
}

/** `models[3].size_b: Input should be a valid number`, without where the whole stands: `body`, `query`. */
export function describeProblem({ loc: [part, ...loc], msg }: Problem): string {
  return `${formatLoc(loc) || part}: ${msg}`;
}

function toProblem(violation: Violation, data: unknown, base: readonly Step[]): Problem {
  const { keyword, params, propertyName } = violation;
  const child = params['missingProperty'] ?? params['additionalProperty'] ?? params['unevaluatedProperty'];
  const { loc: inData, value } = find(data, violation.instancePath, child ?? propertyName);
  const loc = [...base, ...inData];
  if (keyword === 'type') return { loc, ...expectType(params['type']) };
  const key = keyword === 'discriminator' ? `discriminator:${params['error']}` : keyword;
  const [type, sentence] = wordsOf(key);
  const size = Array.isArray(value) ? value.length : Object.keys(Object(value)).length;
  const filling: Record<string, unknown> = { ...params, size, s: params['limit'] === 1 ? '' : 's' };
  return { loc, msg: sentence.replace(/\{(\w+)\}/g, (_, name) => write(name, filling[name])), type };
}

/** A rule without words is named. */
function wordsOf(rule: string): readonly [type: string, sentence: string] {
  return words[rule] ?? ['value_error', `Value error, the rule ${rule} is broken`];
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
function expectType(expected: unknown): Omit<Problem, 'loc'> {
  const named = [...new Set([expected].flat())].filter((type) => type !== 'null');
  const [first = 'null', ...others] = named;
  const [type, sentence] = wordsOf(`type:${first}`);
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
