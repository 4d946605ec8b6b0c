/** The checks of what the catalog means. A contract says that in words only, so they cannot be derived from it. */
import type { Check } from '../check.ts';
import { adviceChecks } from './advice.ts';
import { filterChecks } from './filters.ts';
import { limitChecks } from './limits.ts';
import { modelChecks } from './models.ts';
import { searchChecks } from './search.ts';

export function catalogChecks(unsafe: boolean): Check[] {
  return [...limitChecks, ...filterChecks, ...searchChecks, ...adviceChecks(unsafe), ...modelChecks];
}
