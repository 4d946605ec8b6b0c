/** Puts a broken rule into words: those of FastAPI, which the hosted API uses. */
import type { components } from '../generated/schema.ts';

type ValidationErrorItem = components['schemas']['ValidationErrorItem'];

const wording: Record<string, [type: string, msg: string]> = {
  required: ['missing', 'Field required'],
  enum: ['enum', 'Input should be a value that the contract lists'],
  minimum: ['greater_than_equal', 'Input should be greater than or equal to '],
  maximum: ['less_than_equal', 'Input should be less than or equal to '],
  additionalProperties: ['extra_forbidden', 'Extra inputs are not permitted'],
};

/**
 * Describes a violation as one of the envelope's `errors`. In a query everything is text, so there a
 * number is said to be unparsable.
 *
 * @param path - Where, as a JSON pointer from the whole request: `/query/limit`.
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
  const loc = path
    .split('/')
    .slice(1)
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
  if (rule === 'type') {
    const name = String(expected).split(' ')[0] as string; // 'number or null' becomes 'number'
    const short = name === 'integer' ? 'int' : name === 'number' ? 'float' : name;
    const [kind, why] =
      loc[0] === 'query' && short !== name
        ? ['parsing', `, unable to parse string as ${name === 'integer' ? 'an' : 'a'} ${name}`]
        : ['type', ''];
    return { loc, msg: `Input should be a valid ${name}${why}`, type: `${short}_${kind}` };
  }
  const [type, msg] = wording[rule] ?? [rule, `Input breaks the rule ${rule} `];
  return { loc, msg: msg.endsWith(' ') ? msg + expected : msg, type };
}
