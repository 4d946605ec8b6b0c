/** What a conformance run found, as plain data. */

interface Checked {
  /** The check's name: short, stable, in kebab case. */
  readonly id: string;
  /** What the check holds the server to, as a sentence. */
  readonly title: string;
  /** Whether the contract is silent here: then a failure counts only in a strict run. */
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

/** Nothing could be shown, one way or the other. */
export interface Skipped extends Checked {
  readonly status: 'skipped';
  /** Why not. */
  readonly reason: string;
}

/** The outcome of one check. */
export type CheckResult = Passed | Failed | Skipped;

/** The outcome of a run. It is plain data, so `JSON.stringify(report)` is its machine-readable form. */
export interface Report {
  /** The server that was asked; empty for an address that can't be one, as it is not repeated. */
  readonly url: string;
  /** The version of the contract that it was held to. */
  readonly contract: string;
  /** Whether failed advice counts. */
  readonly strict: boolean;
  /**
   * `passed`: every check that counts was passed. `failed`: at least one was not. `inconclusive`: none failed, and
   * some could not show anything, as with an empty catalog. `could-not-run`: there was no such API to ask, or it
   * stopped answering before the end; `reason` says which.
   */
  readonly outcome: 'passed' | 'failed' | 'inconclusive' | 'could-not-run';
  /** Why the run could not be made, or not be finished. */
  readonly reason?: string;
  /** How many requests were sent. */
  readonly calls: number;
  /** Operations that were left alone because they may change something, such as `POST /jobs`. */
  readonly notCalled: readonly string[];
  /** One entry for each check: first those of all answers, then the others in the order in which they ran. */
  readonly checks: readonly CheckResult[];
}

/** Whether this result makes the run fail. */
export function counts(result: CheckResult, strict: boolean): result is Failed {
  return result.status === 'failed' && (strict || !result.advice);
}

/** Whether this result leaves open what counts. */
export function isOpen(result: CheckResult, strict: boolean): result is Skipped {
  return result.status === 'skipped' && (strict || !result.advice);
}
