/** All checks, in the order in which they run. */
import type { Check } from '../check.ts';
import { accessChecks } from './access.ts';
import { adviceChecks } from './advice.ts';
import { answerChecks } from './answers.ts';
import { filterChecks } from './filters.ts';
import { limitChecks } from './limits.ts';
import { searchChecks } from './search.ts';

export const checks: readonly Check[] = [
  ...accessChecks,
  ...answerChecks,
  ...limitChecks,
  ...filterChecks,
  ...searchChecks,
  ...adviceChecks,
];
