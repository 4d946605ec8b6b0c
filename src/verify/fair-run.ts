/** Runs checks so that a catalog that changes meanwhile is not taken for a broken server. */

import { catalog } from '../contract.ts';
import { equalRequests } from './catalog/lists.ts';
import { askLongest, difference, findContradiction, type Page } from './catalog/pages.ts';
import { Failure, Skip } from './finding.ts';
import type { CheckResult } from './report.ts';
import { clean } from './shown.ts';
import type { Check, Subject } from './subject.ts';

export async function runCheck(check: Check, subject: Subject): Promise<CheckResult> {
  try {
    await check.run(subject);
    return { ...claimOf(check), status: 'passed' };
  } catch (error) {
    if (error instanceof Skip) return skipped(check, error.message);
    if (error instanceof Failure) return failed(check, error);
    throw error;
  }
}

const claimOf = ({ id, title, severity, source }: Check) => ({ id, title, severity, source });

function skipped(check: Check, reason: string): CheckResult {
  return { ...claimOf(check), status: 'skipped', reason: clean(reason) };
}

function failed(check: Check, { request, expected, received }: Failure): CheckResult {
  const words = { expected: clean(expected), received: clean(received, 500) };
  return { ...claimOf(check), status: 'failed', request, ...words };
}

/**
 * Where a check fails, or models tell something else than before, the catalog is asked twice more. Where both answers
 * are alike and differ from the first, it has changed, and the check is made once more. Where they are not alike, the
 * server is at fault.
 */
export class FairRun {
  catalogChanged = false;
  readonly #subject: Subject;
  readonly #results: CheckResult[];
  /** How equal requests differ, once that was seen. */
  #differs: Failure | undefined;
  /** Whether pages contradict each other while the catalog stays the same. */
  #contradicts = false;
  /** What models told until now, and in how many answers. */
  #seen = new Map<string, string>();
  #read = 0;
  #looks = 1_000;

  constructor(subject: Subject, results: CheckResult[]) {
    this.#subject = subject;
    this.#results = results;
  }

  async run(checks: readonly Check[]): Promise<void> {
    // What came before it could not be compared with it.
    await this.#look();
    for (const check of checks) this.#results.push(await this.#runOne(check));
    const failure = this.#differs;
    if (!failure) return;
    for (const [index, check] of checks.entries()) {
      if (check.id === equalRequests) this.#results[index] = failed(check, failure);
      else if (check.comparesModels && this.#results[index]?.status === 'failed') {
        this.#results[index] = skipped(check, `equal requests differ; see ${equalRequests}`);
      }
    }
  }

  async #runOne(check: Check): Promise<CheckResult> {
    const first = await runCheck(check, this.#subject);
    if (this.#differs) return first;
    if (!check.comparesModels || first.status !== 'failed') {
      const known = await this.#look();
      const answers = this.#subject.currentAnswersTo(catalog);
      const contradiction = known && findContradiction(answers.slice(this.#read), known, this.#seen);
      this.#read = answers.length;
      // The server may always do so, and two more calls for each check would show nothing new.
      if (contradiction && !this.#contradicts) this.#contradicts = !(await this.#hasChanged());
      return first;
    }
    if (!(await this.#hasChanged())) return first;
    const second = await runCheck(check, this.#subject);
    if (second.status !== 'failed' || !(await this.#hasChanged())) return second;
    return skipped(check, 'the catalog changed again meanwhile');
  }

  /** Whether the catalog is another than the run knows, and stays so. If it is, all is asked anew from here on. */
  async #hasChanged(): Promise<boolean> {
    const before = await this.#look();
    const one = await this.#look(++this.#looks);
    const other = await this.#look(++this.#looks);
    if (!before || !one || !other) return false;
    const apart = difference(one, other);
    if (!apart && !difference(before, one)) return false;
    if (apart) {
      // It may have changed between the two, and then it stays so.
      const last = await this.#look(++this.#looks);
      if (difference(before, one) || !last || difference(other, last)) {
        this.#differs = new Failure(other.answer, 'the same as before: equal requests differ', apart);
        return false;
      }
    }
    this.catalogChanged = true;
    this.#subject.forget();
    this.#seen = new Map();
    this.#read = 0;
    await this.#look();
    return true;
  }

  /** The catalog without a filter; undefined if it can't be read. */
  async #look(again?: number): Promise<Page | undefined> {
    try {
      return await askLongest(this.#subject, {}, again);
    } catch (error) {
      if (error instanceof Failure || error instanceof Skip) return undefined;
      throw error;
    }
  }
}
