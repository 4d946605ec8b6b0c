/** The shape that all suites of the bench share. */
import type { Row } from './measure.ts';
import type { Goal } from './verdict.ts';

/** How much to measure; more takes longer and spreads less. */
export interface Effort {
  /** Calls within a process, of each contestant. */
  calls: number;
  /** Processes of each contestant, where one takes a fraction of a second. */
  runs: number;
  /** Processes of each contestant, where one takes seconds. */
  longRuns: number;
}

export interface Result {
  /** What was promised. */
  goals: Goal[];
  /** What the promises rest on, under a title: times, or lines where they say it better. */
  details: Record<string, Row[] | string[]>;
}

export type Suite = (effort: Effort) => Promise<Result>;
