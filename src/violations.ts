/** Puts a broken rule into words: those of FastAPI, which the hosted API uses. */
import type { components } from '../generated/schema.ts';

type ValidationErrorItem = components['schemas']['ValidationErrorItem'];

/** By rule: FastAPI's sentence, up to the value that the rule sets. */
const sentences: Record<string, string> = {
  required: 'Field required',
  additionalProperties: 'Extra inputs are not permitted',
  minimum: 'Input should be greater than or equal to ',
  maximum: 'Input should be less than or equal to ',
  type: 'Input should be a valid ',
};

/**
 * Describes a violation as one of the envelope's `errors`. Its `type` is the rule.
 *
 * @param path - Where, as a JSON pointer from the whole request or answer: `/query/limit`.
 * @param rule - The JSON Schema keyword that is broken.
 * @param expected - The value of that rule, such as the bound or the type.
 * @example
 * describeViolation('/query/limit', 'maximum', 100)
 * // { loc: ['query', 'limit'], type: 'maximum', msg: 'Input should be less than or equal to 100' }
 */
export function describeViolation(
  path: string,
  rule: string,
  expected: string | number | boolean = '',
): ValidationErrorItem {
  const [, ...steps] = path.split('/').map((step) => (/^\d+$/.test(step) ? Number(step) : step));
  const sentence = sentences[rule] ?? `Input breaks the rule ${rule} `;
  return { loc: steps, msg: sentence + expected, type: rule };
}

/** `/models/3/size_b` as people write it: `models[3].size_b`. */
export function formatPath(path: string): string {
  return path
    .replace(/\/(\d+)/g, '[$1]')
    .replaceAll('/', '.')
    .slice(1);
}
