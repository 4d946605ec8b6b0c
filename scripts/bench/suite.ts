/** What all suites share. */
import type { Row } from './measure.ts';
import type { Goal } from './verdict.ts';

/** Calls of each contestant within a process. */
export const calls = 3000;

/** Processes of each contestant, where one takes a fraction of a second. */
export const runs = 25;

/** Processes of each contestant, where one takes seconds. */
export const longRuns = 7;

export interface Result {
  goals: Goal[];
  /** The measurements behind the goals, by title: times or lines of text. */
  details: Record<string, Row[] | string[]>;
}

export type Suite = () => Promise<Result>;
