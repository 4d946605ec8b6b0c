/** Checks a query against the contract before anything is sent. */
import { list_training_catalog_endpoint as operation } from '../../generated/operations.ts';
import { usage } from '../transport/errors.ts';
import { readObject } from '../transport/read-object.ts';
import { formatLoc, type Problem, problemsOf } from '../violations.ts';
import type { CatalogQuery, WireQuery } from './types.ts';

const names = Object.keys(operation.parameters.query);
const validate = operation.validators.request;

/**
 * What is set of a query.
 *
 * @throws a `usage` error with an item for each problem, as in the API's own 422
 */
export function checkQuery(query: CatalogQuery | null | undefined): WireQuery {
  const read = readObject(query ?? {}, names, 'the query as an object, such as { limit: 5 }');
  // Without a prototype `__proto__` is a name like any other.
  const set: Record<string, unknown> = Object.create(null);
  for (const [name, value] of Object.entries(read)) if (value !== null) set[name] = value;
  const data = { query: set, path: {}, header: {}, cookie: {} };
  const problems = validate(data) ? [] : problemsOf(validate.errors, data);
  problems.push(
    ...Object.entries(set)
      .filter(([, value]) => isIllFormed(value))
      .map(([name]) => notUnicode(name)),
  );
  if (problems.length === 0) return set;
  const words = problems.map(({ loc, msg }) => `${formatLoc(loc.slice(1))}: ${msg}. `).join('');
  throw usage(`${words}The catalog takes ${names.join(', ')}.`, problems);
}

/** Whether it is a text with half of a surrogate pair, which no URL can hold as it has no UTF-8 form. */
function isIllFormed(value: unknown): boolean {
  return typeof value === 'string' && /\p{Surrogate}/u.test(value);
}

function notUnicode(name: string): Problem {
  return {
    loc: ['query', name],
    msg: 'Input should be a valid string, unable to parse raw data as a unicode string',
    type: 'string_unicode',
  };
}
