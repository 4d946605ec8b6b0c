/** What a conformance run found, as plain data. */

interface Checked {
  /** The check's name: short, stable, in kebab case. */
  readonly id: string;
  /** What the server should do, as a sentence. */
  readonly title: string;
  /** Whether the contract is silent here. A failure then counts in a strict run only. */
  readonly advice: boolean;
}

/** The server did what the check asks. */
export interface Passed extends Checked {
  readonly status: 'passed';
}

/** The server did something else. */
export interface Failed extends Checked {
  readonly status: 'failed';
  /** The request as a `curl` command to paste, with `$DREADNODE_API_KEY` for the key. */
  readonly request: string;
  /** What the contract asks for. */
  readonly expected: string;
  /** What came. */
  readonly received: string;
}

/** The check could not show anything. */
export interface Skipped extends Checked {
  readonly status: 'skipped';
  /** Why not. */
  readonly reason: string;
}

/** The outcome of one check. */
export type CheckResult = Passed | Failed | Skipped;

/** The outcome of a run, as plain data: `JSON.stringify(report)` is its form for programs. */
export interface Report {
  /** The server under test; empty for an invalid address, as it may hold a password. */
  readonly url: string;
  /** The version of the contract. */
  readonly contract: string;
  /** Whether failed advice counts. */
  readonly strict: boolean;
  /**
   * `passed`: every check that counts was passed. `failed`: at least one was not. `inconclusive`: none failed, but
   * some could not show anything, as with an empty catalog. `could-not-run`: there is no such API at this address, or
   * it stopped answering; `reason` says which.
   */
  readonly outcome: 'passed' | 'failed' | 'inconclusive' | 'could-not-run';
  /** Why the run could not be started or finished. */
  readonly reason?: string;
  /** How many requests were sent. */
  readonly calls: number;
  /** Operations that were not called, as they may change something: `POST /jobs`. */
  readonly notCalled: readonly string[];
  /** One entry for each check: those of all answers first, then the others in the order in which they ran. */
  readonly checks: readonly CheckResult[];
}

/** Whether this result makes the run fail. */
export function failsRun(result: CheckResult, strict: boolean): result is Failed {
  return result.status === 'failed' && (strict || !result.advice);
}

/** Whether this result makes the run inconclusive. */
export function leavesOpen(result: CheckResult, strict: boolean): result is Skipped {
  return result.status === 'skipped' && (strict || !result.advice);
}
