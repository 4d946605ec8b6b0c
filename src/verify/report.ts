/** What a conformance run found, as plain data. */
import type { Check } from './check.ts';

interface Checked extends Pick<Check, 'id' | 'title' | 'severity' | 'source'> {}

/** The server did what the check asks. */
export interface Passed extends Checked {
  readonly status: 'passed';
}

/** The server did something else. */
export interface Failed extends Checked {
  readonly status: 'failed';
  /** The request as a `curl` command to paste, with `$DREADNODE_API_KEY` for the key. */
  readonly request: string;
  /** What was to come. */
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

/**
 * Why a run could not start or end.
 *
 * What was given: `address` (no usable URL), `key` (no header can carry it), `insecure-http` (the key would go over
 * plain http to another machine), `fetch` (the option is at fault). No answer: `refused`, `reset`, `unreachable`, `dns`,
 * `certificate`, `tls`, `timeout`, `other`. The first answer: `redirect`, `key-wanted`, `key-refused`, `not-found`,
 * `other-api`, `server-error`. In the middle: `rate-limited`, `silent` (the server stopped answering), `budget` (too many
 * calls or bytes), `stopped` (by the caller's signal).
 */
export type Code =
  | 'address'
  | 'key'
  | 'insecure-http'
  | 'fetch'
  | 'refused'
  | 'reset'
  | 'unreachable'
  | 'dns'
  | 'certificate'
  | 'tls'
  | 'timeout'
  | 'other'
  | 'redirect'
  | 'key-wanted'
  | 'key-refused'
  | 'not-found'
  | 'other-api'
  | 'server-error'
  | 'rate-limited'
  | 'silent'
  | 'budget'
  | 'stopped';

/** The outcome of a run, as plain data: `JSON.stringify(report)` is its form for programs. */
export interface Report {
  /** The server under test; empty for an invalid address, as it may hold a password. */
  readonly url: string;
  /** The version of the contract. */
  readonly contract: string;
  /** Whether notes fail the run. */
  readonly strict: boolean;
  /**
   * `passed`: every check that counts was passed. `failed`: at least one was not. `inconclusive`: none failed, but
   * some could not show anything, as with an empty catalog. `could-not-run`: the run could not start or end, and what
   * it saw until then did not fail; `code` and `reason` say why.
   */
  readonly outcome: 'passed' | 'failed' | 'inconclusive' | 'could-not-run';
  /** Why the run could not start or end. */
  readonly code?: Code;
  /** The same in words. */
  readonly reason?: string;
  /** Whether the catalog was seen to change. Checks that failed for it were made once more. */
  readonly catalogChanged: boolean;
  /** How many requests were sent. */
  readonly calls: number;
  /** Operations that were not called, as they may change something: `POST /jobs`. */
  readonly notCalled: readonly string[];
  /** One entry for each check. */
  readonly checks: readonly CheckResult[];
}

/** Whether this result makes the run fail. */
export function failsRun({ status, severity }: CheckResult, strict: boolean): boolean {
  return status === 'failed' && (strict || severity === 'must');
}

/** Whether this result makes the run inconclusive. */
export function leavesOpen({ status, severity }: CheckResult, strict: boolean): boolean {
  return status === 'skipped' && (strict || severity === 'must');
}

/** The checks by what they mean for the outcome. */
export function sortChecks({ checks, strict }: Report) {
  const broken = checks.filter((result): result is Failed => result.status === 'failed');
  return {
    failed: broken.filter((result) => failsRun(result, strict)),
    notes: broken.filter((result) => !failsRun(result, strict)),
    skipped: checks.filter((result): result is Skipped => result.status === 'skipped'),
    passed: checks.filter((result): result is Passed => result.status === 'passed'),
  };
}
