/** Reads the query of a request as the contract types it. */
import { limitBounds, queryTypes } from '../../generated/constants.ts';
import type { components } from '../../generated/schema.ts';
import { validateQuery } from '../../generated/validators.ts';
import { describeViolation } from '../violations.ts';

/** A query that keeps the contract, with the default limit filled in. */
export interface CheckedQuery {
  query?: string;
  family?: string;
  algorithm?: string;
  min_size_b?: number;
  max_size_b?: number;
  limit: number;
}

/** A number as JSON spells it (RFC 8259 section 6), so no sign `+`, no hexadecimal, no `Infinity`. */
const jsonNumber = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

/** FastAPI's words for the rules that a query can break, where they differ from JSON Schema's. */
const fastApiTypes: Record<string, string> = { minimum: 'greater_than_equal', maximum: 'less_than_equal' };

/** In a query everything is text, so what is not a number could not be parsed as one. */
function describe(path: string, rule: string, expected?: string | number | boolean) {
  const item = describeViolation(`/query${path}`, rule, expected);
  const type = queryTypes[path.slice(1) as keyof typeof queryTypes];
  if (rule !== 'type' || type === 'string') return { ...item, type: fastApiTypes[rule] ?? rule };
  const [short, name] = type === 'integer' ? ['int', 'an integer'] : ['float', 'a number'];
  return {
    ...item,
    msg: `Input should be a valid ${type}, unable to parse string as ${name}`,
    type: `${short}_parsing`,
  };
}

/**
 * Of a repeated parameter the last one counts, and one that the contract does not know is ignored.
 *
 * @returns The query, or one item for each parameter that breaks the contract.
 */
export function readQuery(
  params: URLSearchParams,
): { query: CheckedQuery } | { errors: components['schemas']['ValidationErrorItem'][] } {
  const query: Record<string, string | number> = { limit: limitBounds.default };
  for (const [name, type] of Object.entries(queryTypes)) {
    const text = params.getAll(name).at(-1);
    if (text !== undefined) query[name] = type !== 'string' && jsonNumber.test(text) ? Number(text) : text;
  }
  // A value can break two rules at once (a limit of 100.5); the later one, the bound, says more.
  const errors = new Map<string, components['schemas']['ValidationErrorItem']>();
  validateQuery(query, (path, rule, expected) => {
    errors.set(path, describe(path, rule, expected));
  });
  return errors.size > 0 ? { errors: [...errors.values()] } : { query: query as unknown as CheckedQuery };
}
