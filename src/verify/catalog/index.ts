/** The checks of what the catalog means, which no contract can say in a form for programs. */
import type { Check } from '../check.ts';
import type { Subject } from '../subject.ts';
import { adviceChecks } from './advice.ts';
import { filterChecks } from './filters.ts';
import { limitChecks } from './limits.ts';
import { modelChecks } from './models.ts';
import { searchChecks } from './search.ts';

export function catalogChecks(subject: Pick<Subject, 'unsafe'>): Check[] {
  return [...limitChecks, ...filterChecks, ...searchChecks, ...adviceChecks(subject), ...modelChecks];
}
