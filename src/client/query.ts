/** Checks a query against the contract before anything is sent, and writes it. */
import { queryTypes } from '../../generated/constants.ts';
import { type Report, validateQuery } from '../../generated/validators.ts';
import { describeViolation, formatPath } from '../violations.ts';
import { usage } from './errors.ts';
import type { CatalogQuery, ValidationErrorItem } from './types.ts';

/**
 * The query as it stands in a URL: `family=qwen&limit=5`. Null and undefined mean: not set.
 *
 * @throws a `usage` error with an item for each problem, as in the API's own 422
 */
export function writeQuery(query: CatalogQuery): string {
  const values = query as Record<string, string | number | null | undefined>;
  const errors: ValidationErrorItem[] = [];
  let message = '';
  const report: Report = (path, rule, expected) => {
    if (path && values[path.slice(1)] == null) return;
    const item = describeViolation(`/query${path}`, rule, expected);
    message += `${formatPath(path) || 'query'}: ${item.msg}. `;
    errors.push(item);
  };
  validateQuery(query, report);
  let text = '';
  for (const name of Object.keys(query)) {
    const value = values[name];
    // A lone surrogate has no UTF-8 form, so it can't be put into a URL.
    if (typeof value === 'string' && /\p{Surrogate}/u.test(value))
      report(`/${name}`, 'type', 'Unicode string');
    // The names are the contract's, plain words all of them.
    else if (value != null && !message) text += `&${name}=${encodeURIComponent(value)}`;
  }
  if (message) throw usage(`${message}The catalog takes ${Object.keys(queryTypes).join(', ')}.`, errors);
  return text.slice(1);
}
