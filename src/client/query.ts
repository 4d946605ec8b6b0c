/** Checks a query against the contract before anything is sent. */
import { queryTypes } from '../../generated/constants.ts';
import { type Report, validateQuery } from '../../generated/validators.ts';
import { describeViolation, formatPath } from '../violations.ts';
import { usage } from './errors.ts';
import type { CatalogQuery, ValidationErrorItem } from './types.ts';

/** A query without its nulls: what the wire carries. */
export type WireQuery = { [Name in keyof CatalogQuery]?: NonNullable<CatalogQuery[Name]> };

/**
 * The query with null and undefined left out.
 *
 * @throws a `usage` error with an item for each problem, as in the API's own 422
 */
export function checkQuery(query: CatalogQuery): WireQuery {
  if (typeof query !== 'object') throw usage('The query must be an object.');
  // Entries, so that a name such as `__proto__` is one like all others, and refused.
  const entries = Object.entries(query).filter(([, value]) => value != null);
  const wire = Object.fromEntries(entries);
  const errors: ValidationErrorItem[] = [];
  let message = '';
  const report: Report = (path, rule, expected) => {
    const item = describeViolation(`/query${path}`, rule, expected);
    message += `${formatPath(path)}: ${item.msg}. `;
    errors.push(item);
  };
  // A lone surrogate has no UTF-8 form, so it can't be put into a URL.
  for (const [name, value] of entries)
    if (typeof value === 'string' && /\p{Surrogate}/u.test(value))
      report(`/${name}`, 'type', 'Unicode string');
  validateQuery(wire, report);
  if (message) throw usage(`${message}The catalog takes ${Object.keys(queryTypes).join(', ')}.`, errors);
  return wire;
}
