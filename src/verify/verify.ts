/** Runs the conformance checks against a server. */
import { version } from '../../generated/info.ts';
import { catalog, contractOperations, nameOf } from '../contract.ts';
import { isJson } from '../media-type.ts';
import type { Answer } from './answer.ts';
import { filterChecks } from './catalog/filters.ts';
import { equalRequests, findInconsistency, listChecks, modelsCheck } from './catalog/lists.ts';
import { baseline, difference, type Page } from './catalog/pages.ts';
import * as parameters from './catalog/parameters.ts';
import { searchChecks } from './catalog/search.ts';
import type { Check } from './check.ts';
import { accessChecks, answerChecks, parameterChecks } from './contract-checks.ts';
import { Failure, Skip } from './finding.ts';
import { readRun, type VerifyOptions } from './options.ts';
import { type CheckResult, type Code, failsRun, leavesOpen, type Report } from './report.ts';
import { clean } from './shown.ts';
import { Stopped, Subject } from './subject.ts';

/**
 * Checks that a server keeps the contract. It sends some 200 requests, GET only, one after the other; more if the
 * contract has more operations. It waits where the server limits the rate: at most a minute at a time, five in all.
 *
 * @param url - The server: an absolute http or https URL; a path prefix is kept.
 * @returns What was found. A server that cannot be asked is a report too, with the outcome `could-not-run`. So is an
 *   invalid address, a key that no header can carry, and a key that would go over plain http to another machine.
 * @throws a `usage` error for an option that is unknown or of the wrong type
 * @example
 * const report = await verifyServer('http://127.0.0.1:8000');
 * if (report.outcome !== 'passed') throw new Error(toText(report));
 */
export async function verifyServer(url: string, options: VerifyOptions = {}): Promise<Report> {
  const { start, address, strict, unsafe, apiKey, signal, waitMs, onProgress } = readRun(url, options);
  const operations = contractOperations.filter(
    ({ method }) => unsafe || method === 'get' || method === 'head',
  );
  const notCalled = contractOperations.filter((each) => !operations.includes(each)).map(nameOf);
  const about = { url: clean(address), contract: version, strict };
  if ('code' in start) {
    return {
      ...about,
      outcome: 'could-not-run',
      ...start,
      catalogChanged: false,
      calls: 0,
      notCalled: [],
      checks: [],
    };
  }

  const results: CheckResult[] = [];
  let all = 0;
  const subject = new Subject({
    settings: start.settings,
    apiKey,
    signal,
    waitMs,
    operations,
    tell(waiting) {
      const failed = results.filter((result) => failsRun(result, strict)).length;
      onProgress?.({ calls: subject.calls, made: results.length, all, failed, ...(waiting && { waiting }) });
    },
  });
  const ofAnswers = withDistinctIds(operations.flatMap(answerChecks));
  const reportOf = (
    checks: readonly CheckResult[],
    catalogChanged: boolean,
    obstacle?: Obstacle,
  ): Report => ({
    ...about,
    outcome: outcomeOf(checks, strict, obstacle !== undefined),
    ...obstacle,
    catalogChanged,
    calls: subject.calls,
    notCalled,
    checks,
  });

  const obstacle = await findObstacle(subject, address, apiKey !== undefined);
  if (obstacle) {
    // An answer that is no envelope breaks the contract, whatever it stands in the way of.
    const failed = isOwnFailure(obstacle.code) ? await runAll(ofAnswers, subject) : [];
    return reportOf(
      failed.filter(({ status }) => status === 'failed'),
      false,
      obstacle,
    );
  }

  // What is told most by comes first, should the run be stopped.
  const requestChecks = withDistinctIds(
    [
      ...operations.flatMap(accessChecks),
      ...[...listChecks, ...filterChecks, ...searchChecks],
      ...operations.flatMap(parameterChecks),
      ...[...parameters.parameterChecks, modelsCheck],
    ],
    ofAnswers,
  );
  all = requestChecks.length + ofAnswers.length;
  const fair = new FairRun(subject, results);
  await fair.run(requestChecks);
  // Of a body that breaks its schema, many other checks cannot show anything.
  const answerResults = await runAll(ofAnswers, subject);
  const { stopped } = subject;
  const end = stopped && {
    code: stopped.code,
    reason: `The run did not come to its end: ${stopped.message}.`,
  };
  return reportOf([...answerResults, ...results], fair.catalogChanged, end);
}

interface Obstacle {
  readonly code: Code;
  readonly reason: string;
}

/** Numbers an id that is taken: a parameter called `content` may have a check that another has, too. */
function withDistinctIds(checks: readonly Check[], others: readonly Check[] = []): Check[] {
  const taken = new Set(others.map(({ id }) => id));
  return checks.map((check) => {
    let { id } = check;
    for (let number = 2; taken.has(id); number += 1) id = `${check.id}-${number}`;
    taken.add(id);
    return { ...check, id };
  });
}

function outcomeOf(checks: readonly CheckResult[], strict: boolean, isStopped: boolean): Report['outcome'] {
  if (checks.some((result) => failsRun(result, strict))) return 'failed';
  if (isStopped) return 'could-not-run';
  return checks.some((result) => leavesOpen(result, strict)) ? 'inconclusive' : 'passed';
}

async function runAll(checks: readonly Check[], subject: Subject): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  for (const check of checks) results.push(await runCheck(check, subject));
  return results;
}

async function runCheck(check: Check, subject: Subject): Promise<CheckResult> {
  try {
    await check.run(subject);
    return { ...told(check), status: 'passed' };
  } catch (error) {
    if (error instanceof Skip) return skipped(check, error.message);
    if (error instanceof Failure) return failed(check, error);
    throw error;
  }
}

const told = ({ id, title, severity, source }: Check) => ({ id, title, severity, source });

function skipped(check: Check, reason: string): CheckResult {
  return { ...told(check), status: 'skipped', reason: clean(reason) };
}

function failed(check: Check, { request, expected, received }: Failure): CheckResult {
  return {
    ...told(check),
    status: 'failed',
    request,
    expected: clean(expected),
    received: clean(received, 500),
  };
}

/**
 * Runs checks so that a catalog that changes meanwhile is not taken for a broken server: where a check fails, or models
 * tell something else than before, the catalog is looked at again.
 */
class FairRun {
  catalogChanged = false;
  readonly #subject: Subject;
  readonly #results: CheckResult[];
  /** How equal requests differ, once that was seen. */
  #differs: Failure | undefined;
  /** Whether models differ from answer to answer while the catalog stays the same. */
  #isInconsistent = false;
  #looks = 0;

  constructor(subject: Subject, results: CheckResult[]) {
    this.#subject = subject;
    this.#results = results;
  }

  async run(checks: readonly Check[]): Promise<void> {
    // What came before it could not be compared with it.
    await this.#look(0);
    for (const check of checks) this.#results.push(await this.#runOne(check));
    const failure = this.#differs;
    if (!failure) return;
    // Comparing models shows nothing then.
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
      const isNew = !this.#isInconsistent && findInconsistency(this.#subject) !== undefined;
      if (isNew && !(await this.#hasChanged())) this.#isInconsistent = true;
      return first;
    }
    if (!(await this.#hasChanged())) return first;
    const second = await runCheck(check, this.#subject);
    if (second.status !== 'failed' || !(await this.#hasChanged())) return second;
    return skipped(check, 'the catalog changed again meanwhile');
  }

  /** Whether the catalog is another than the run knows, and stays so. If it is, all is asked anew from here on. */
  async #hasChanged(): Promise<boolean> {
    const before = await this.#look(0);
    const one = await this.#look();
    const other = await this.#look();
    if (!before || !one || !other) return false;
    const apart = difference(one, other);
    if (!apart && !difference(before, one)) return false;
    if (apart) {
      // It may have changed between the two, and then it stays so.
      const last = await this.#look();
      if (difference(before, one) || !last || difference(other, last)) {
        this.#differs = new Failure(other.answer, 'the same as before: equal requests differ', apart);
        return false;
      }
    }
    this.catalogChanged = true;
    this.#subject.forget();
    await this.#look(0);
    return true;
  }

  /** The catalog without a filter; undefined if it can't be read. */
  async #look(again = ++this.#looks): Promise<Page | undefined> {
    try {
      return (await baseline(this.#subject, again > 0 ? 1_000 + again : undefined)).page;
    } catch (error) {
      if (error instanceof Failure || error instanceof Skip) return undefined;
      throw error;
    }
  }
}

/** Whether what stands in the way may be the server's own breach of the contract. */
const isOwnFailure = (code: Code) => code === 'server-error' || code === 'rate-limited';

/** Why there is nothing to check at this address; undefined if there is. */
async function findObstacle(subject: Subject, url: string, hasKey: boolean): Promise<Obstacle | undefined> {
  let answer: Answer;
  try {
    answer = await subject.start(catalog);
  } catch (error) {
    if (error instanceof Stopped) return { code: error.code, reason: clean(error.message, 500) };
    throw error;
  }
  const { status, location, json, contentType, summary } = answer;
  const adviceOn = (status: number) => catalog.responses[status]?.advice ?? '';
  const address = clean(url) + catalog.path;
  // A browser shows a redirect that it does not follow as status 0.
  if (status === 0 || (status >= 300 && status < 400)) {
    const target = location === null ? 'somewhere' : answer.quote(location);
    return {
      code: 'redirect',
      reason: `${address} redirects to ${target}: give the address of the server itself.`,
    };
  }
  if (status === 401 || status === 403) {
    return hasKey
      ? { code: 'key-refused', reason: `The server refuses the key (status ${status}): ${adviceOn(status)}.` }
      : { code: 'key-wanted', reason: `The server wants a key (status ${status}): ${adviceOn(401)}.` };
  }
  if (status === 404)
    return { code: 'not-found', reason: `Nothing is served at ${address}: ${adviceOn(status)}.` };
  if (status >= 500)
    return { code: 'server-error', reason: `The server fails even without parameters: ${summary}` };
  if (json === undefined && !isJson(contentType)) {
    return { code: 'other-api', reason: `${address} is not this API: ${summary}` };
  }
  return undefined;
}
