/** The types that all suites share. */
import type { Row } from './measure.ts';
import type { Goal } from './verdict.ts';

/** How much is measured. More takes longer and has less spread. */
export interface Effort {
  /** Calls within a process, of each contestant. */
  calls: number;
  /** Processes of each contestant, where one takes a fraction of a second. */
  runs: number;
  /** Processes of each contestant, where one takes seconds. */
  longRuns: number;
}

export interface Result {
  goals: Goal[];
  /** The measurements behind the goals, by title: times or lines of text. */
  details: Record<string, Row[] | string[]>;
}

export type Suite = (effort: Effort) => Promise<Result>;
