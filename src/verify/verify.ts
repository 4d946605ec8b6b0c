/** Checks that a server keeps the contract. */
import { version } from '../../generated/info.ts';
import { catalog, contractOperations, nameOf } from '../contract.ts';
import { isJson } from '../media-type.ts';
import type { Answer } from './answer.ts';
import { filterChecks } from './catalog/filters.ts';
import { firstChecks, lastChecks } from './catalog/lists.ts';
import { choiceChecks } from './catalog/parameters.ts';
import { searchChecks } from './catalog/search.ts';
import { accessChecks, answerChecks, parameterChecks } from './contract-checks.ts';
import { FairRun, runCheck } from './fair-run.ts';
import { readRun, type VerifyOptions } from './options.ts';
import { type CheckResult, type Code, type Report, sortChecks } from './report.ts';
import { clean } from './shown.ts';
import { Stopped, Subject } from './subject.ts';

/** How often a run tells at least how far it is, in milliseconds. */
const tellEveryMs = 900;

/**
 * Checks that a server keeps the contract. It sends some 200 requests, GET only, one after the other; more if the
 * contract has more operations. It waits where the server limits the rate: at most a minute at a time, five in all.
 *
 * @param url - The server: an absolute http or https URL; a path prefix is kept.
 * @returns What was found. A server that cannot be asked is a report too, with the outcome `could-not-run`. So is an
 *   invalid address, a key that no header can carry, and a key that would go over plain http to another machine.
 * @throws a `usage` error for any other option that is unknown or invalid
 * @example
 * const report = await verifyServer('http://127.0.0.1:8000');
 * if (report.outcome !== 'passed') throw new Error(toText(report));
 */
export async function verifyServer(url: string, options: VerifyOptions = {}): Promise<Report> {
  const { run, ...made } = readRun(url, options);
  const { strict = false, unsafe = false, waitMs = 30_000, apiKey, signal, onProgress } = run;
  const operations = contractOperations.filter(
    ({ method }) => unsafe || method === 'get' || method === 'head',
  );
  const notCalled = contractOperations.filter((each) => !operations.includes(each)).map(nameOf);
  const report = { contract: version, strict, catalogChanged: false, calls: 0, notCalled, checks: [] };
  if ('code' in made) {
    // An invalid address may hold a password.
    return { ...report, url: made.code === 'address' ? '' : clean(url), outcome: 'could-not-run', ...made };
  }

  const { settings } = made;
  const results: CheckResult[] = [];
  let all = 0;
  let waiting: string | undefined;
  const tell = () => {
    const failed = sortChecks({ checks: results, strict }).failed.length;
    onProgress?.({ calls: subject.calls, made: results.length, all, failed, ...(waiting && { waiting }) });
  };
  const subject = new Subject({
    ...{ settings, signal, waitMs, operations },
    apiKey: apiKey ?? undefined,
    tell(why) {
      waiting = why;
      tell();
    },
  });
  const timer = setInterval(() => {
    if (all === 0) waiting ??= `There is no answer yet. It may take up to ${Math.ceil(waitMs / 1_000)} s.`;
    tell();
  }, tellEveryMs);
  try {
    const ofAnswers = operations.flatMap(answerChecks);
    const obstacle = await findObstacle(subject, settings.baseUrl, apiKey != null);
    if (obstacle) {
      // An answer that is no envelope breaks the contract, whatever it stands in the way of.
      const isOwn = obstacle.code === 'server-error' || obstacle.code === 'rate-limited';
      for (const check of isOwn ? ofAnswers : []) results.push(await runCheck(check, subject));
      const checks = results.filter(({ status }) => status === 'failed');
      return conclude({ ...report, url: clean(settings.baseUrl), calls: subject.calls, checks, ...obstacle });
    }

    // What tells most comes first, should the run be stopped.
    const checks = [
      ...[...firstChecks, ...filterChecks, ...searchChecks],
      ...[...operations.flatMap(accessChecks), ...operations.flatMap(parameterChecks)],
      ...[...choiceChecks, ...lastChecks],
    ];
    all = checks.length + ofAnswers.length;
    const fair = new FairRun(subject, results);
    await fair.run(checks);
    for (const check of ofAnswers) results.push(await runCheck(check, subject));
    const { calls, stopped } = subject;
    return conclude({
      ...report,
      ...{ url: clean(settings.baseUrl), catalogChanged: fair.catalogChanged, calls, checks: results },
      ...(stopped && { code: stopped.code, reason: `Not all could be checked: ${stopped.message}.` }),
    });
  } finally {
    clearInterval(timer);
  }
}

function conclude(report: Omit<Report, 'outcome'>): Report {
  const { failed, open } = sortChecks(report);
  if (failed.length > 0) return { ...report, outcome: 'failed' };
  if (report.code) return { ...report, outcome: 'could-not-run' };
  return { ...report, outcome: open.length > 0 ? 'inconclusive' : 'passed' };
}

/** Why there is nothing to check at this address; undefined if there is. */
async function findObstacle(
  subject: Subject,
  url: string,
  hasKey: boolean,
): Promise<{ code: Code; reason: string } | undefined> {
  let answer: Answer;
  try {
    answer = await subject.start(catalog);
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
    const reason = error.message.replace(/^[a-z]/, (letter) => letter.toUpperCase()).replace(/\.?$/, '.');
    return { code: error.code, reason: clean(reason, 500) };
  }
  const { status, location, json, contentType, summary, isEarly } = answer;
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
  if (status >= 500) {
    return {
      code: isEarly ? 'unavailable' : 'server-error',
      reason: `The server fails even without parameters: ${summary}`,
    };
  }
  if (json === undefined && !isJson(contentType)) {
    return { code: 'other-api', reason: `${address} is not this API: ${summary}` };
  }
  return undefined;
}
