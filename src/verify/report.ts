/** What a conformance run found, as plain data. */
import type { NetworkReason } from '../transport/errors.ts';

/** What a check asks of a server. */
export interface Claim {
  /** Short, stable, in kebab case. For operations other than the catalog, it follows the operation's id and a slash. */
  readonly id: string;
  /** What the server does if it passes, as a sentence. */
  readonly title: string;
  /** `must` where the contract or the API reference says so; `should` where only this package does: a note. */
  readonly severity: 'must' | 'should';
  /** Where it says so. */
  readonly source: string;
}

/** The server did what the check asks. */
export interface Passed extends Claim {
  readonly status: 'passed';
}

/** The server did something else. */
export interface Failed extends Claim {
  readonly status: 'failed';
  /** The request as a `curl` command to paste, with `$DREADNODE_API_KEY` for the key. */
  readonly request: string;
  readonly expected: string;
  readonly received: string;
}

/** The check could not show anything. */
export interface Skipped extends Claim {
  readonly status: 'skipped';
  readonly reason: string;
}

/** The outcome of one check. */
export type CheckResult = Passed | Failed | Skipped;

/** Why a run could not start or end. */
export type Code =
  /** What was given: no usable address, no usable key, a key over plain http, or an option `fetch` that is at fault. */
  | ('address' | 'key' | 'insecure-http' | 'fetch')
  /** No answer. */
  | (NetworkReason | 'timeout')
  /** The first answer. */
  | ('redirect' | 'key-wanted' | 'key-refused' | 'not-found' | 'other-api' | 'server-error' | 'unavailable')
  /** Later: the server stopped answering, the run took too many calls or bytes, or the caller's signal stopped it. */
  | ('rate-limited' | 'silent' | 'budget' | 'stopped');

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
   * some could not show anything, as with an empty catalog. `could-not-run`: the run could not start or end, and nothing
   * that it saw until then failed.
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
  readonly checks: readonly CheckResult[];
}

/** The checks by what they mean for the outcome. */
export function sortChecks({ checks, strict }: Pick<Report, 'checks' | 'strict'>) {
  const broken = checks.filter((result): result is Failed => result.status === 'failed');
  const skipped = checks.filter((result): result is Skipped => result.status === 'skipped');
  const counts = ({ severity }: Claim) => strict || severity === 'must';
  return {
    failed: broken.filter(counts),
    notes: broken.filter((result) => !counts(result)),
    skipped,
    /** Those that leave the outcome open. */
    open: skipped.filter(counts),
    passed: checks.filter((result): result is Passed => result.status === 'passed'),
  };
}
