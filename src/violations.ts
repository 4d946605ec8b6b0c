/** Puts a broken rule into words: those of FastAPI, which the hosted API uses. */
import type { components } from '../generated/schema.ts';

type ValidationErrorItem = components['schemas']['ValidationErrorItem'];

/** By rule: FastAPI's word for it, and its sentence up to the value that the rule sets. */
const wording: Record<string, readonly [type: string, msg: string]> = {
  required: ['missing', 'Field required'],
  additionalProperties: ['extra_forbidden', 'Extra inputs are not permitted'],
  minimum: ['greater_than_equal', 'Input should be greater than or equal to '],
  maximum: ['less_than_equal', 'Input should be less than or equal to '],
  type: ['type_error', 'Input should be a valid '],
};

/**
 * Describes a violation as one of the envelope's `errors`.
 *
 * @param path - Where, as a JSON pointer from the whole request or answer: `/query/limit`.
 * @param rule - The JSON Schema keyword that is broken.
 * @param expected - The value of that rule, such as the bound or the type.
 * @example
 * describeViolation('/query/limit', 'maximum', 100)
 * // { loc: ['query', 'limit'], type: 'less_than_equal', msg: 'Input should be less than or equal to 100' }
 */
export function describeViolation(
  path: string,
  rule: string,
  expected: string | number | boolean = '',
): ValidationErrorItem {
  const [, ...steps] = path.split('/').map((step) => (/^\d+$/.test(step) ? Number(step) : step));
  const [type, msg] = wording[rule] ?? [rule, `Input breaks the rule ${rule}`];
  return { loc: steps, msg: msg + expected, type };
}

/** `/models/3/size_b` as people write it: `models[3].size_b`. */
export function formatPath(path: string): string {
  return path
    .replace(/\/(\d+)/g, '[$1]')
    .replaceAll('/', '.')
    .slice(1);
}
