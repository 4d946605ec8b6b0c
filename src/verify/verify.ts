/** Runs the conformance checks against a server. */
import { version } from '../../generated/info.ts';
import { catalog, contractOperations, nameOf } from '../contract.ts';
import { isJson } from '../media-type.ts';
import type { Answer } from './answer.ts';
import { type Check, Failure, Skip } from './check.ts';
import { checksFor } from './checks/index.ts';
import { readRun, type VerifyOptions } from './options.ts';
import { type CheckResult, failsRun, leavesOpen, type Report } from './report.ts';
import { clean } from './shown.ts';
import { Subject } from './subject.ts';

/**
 * Checks that a server keeps the contract. It sends some 140 requests, GET and HEAD only, one after the other; more if
 * the contract has more operations. It waits where the server limits the rate: at most a minute at a time, five in all.
 *
 * @param url - The server: an absolute http or https URL; a path prefix is kept.
 * @returns What was found. A server that cannot be asked is a report too, with the outcome `could-not-run`. So is an
 *   invalid address, a key that no header can carry, and a key that would go over plain http to another machine.
 * @throws a `usage` error for an option that is unknown or of the wrong type, and the reason of `signal`
 * @example
 * const report = await verifyServer('http://127.0.0.1:8000');
 * if (report.outcome !== 'passed') throw new Error(toText(report));
 */
export async function verifyServer(url: string, options: VerifyOptions = {}): Promise<Report> {
  const { settings, address, reason, strict, ...run } = readRun(url, options);
  const about = { contract: version, strict };
  if (!settings) return { ...couldNotRun(reason), ...about, url: clean(address), calls: 0, notCalled: [] };

  const subject = new Subject({ ...run, settings });
  const server = {
    ...about,
    url: clean(settings.baseUrl),
    notCalled: contractOperations.filter((each) => !subject.operations.includes(each)).map(nameOf),
  };
  const obstacle = await findObstacle(subject, run.apiKey !== undefined);
  if (obstacle !== undefined) return { ...couldNotRun(obstacle), ...server, calls: subject.calls };

  const { requestChecks, answerChecks } = checksFor(subject);
  const requestResults = await runChecks(requestChecks, subject);
  const answerResults = await runChecks(answerChecks, subject);
  // Those of answers come first: if a body breaks its schema, many other checks cannot show anything.
  const checks = [...answerResults, ...requestResults];
  const { interruption, calls } = subject;
  return {
    ...server,
    outcome: outcomeOf(checks, strict, interruption !== undefined),
    ...(interruption && { reason: `The run was not finished: ${interruption}.` }),
    calls,
    checks,
  };
}

function outcomeOf(
  checks: readonly CheckResult[],
  strict: boolean,
  isInterrupted: boolean,
): Report['outcome'] {
  if (checks.some((result) => failsRun(result, strict))) return 'failed';
  if (isInterrupted) return 'could-not-run';
  return checks.some((result) => leavesOpen(result, strict)) ? 'inconclusive' : 'passed';
}

function couldNotRun(reason: string | undefined) {
  return { outcome: 'could-not-run', reason: clean(reason ?? '', 500), checks: [] } as const;
}

async function runChecks(checks: readonly Check[], subject: Subject): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  for (const check of checks) results.push(await runCheck(check, subject));
  return results;
}

async function runCheck(check: Check, subject: Subject): Promise<CheckResult> {
  const { id, title, advice = false } = check;
  const about = { id, title, advice };
  try {
    await check.run(subject);
    return { ...about, status: 'passed' };
  } catch (error) {
    if (error instanceof Skip) return { ...about, status: 'skipped', reason: clean(error.message) };
    if (!(error instanceof Failure)) throw error;
    const [expected, received] = [clean(error.expected), clean(error.received)];
    return { ...about, status: 'failed', request: error.request, expected, received };
  }
}

/** Why there is nothing to check at this address; undefined if there is. */
async function findObstacle(subject: Subject, hasKey: boolean): Promise<string | undefined> {
  let answer: Answer;
  try {
    answer = await subject.ask(catalog);
  } catch (error) {
    if (error instanceof Failure) return error.received;
    if (error instanceof Skip) return `The run was not started: ${error.message}.`;
    throw error;
  }
  const { status, location, json, contentType } = answer;
  const adviceOn = (status: number) => catalog.responses[status]?.advice ?? '';
  const address = subject.url + catalog.path;
  // A browser shows a redirect that it does not follow as status 0.
  if (status === 0 || (status >= 300 && status < 400)) {
    const target = location === null ? 'somewhere' : answer.quote(location);
    return `${address} redirects to ${target}: give the address of the server itself.`;
  }
  if (status === 401 || status === 403) {
    return hasKey
      ? `The server refuses the key (status ${status}): ${adviceOn(status)}`
      : `The server wants a key (status ${status}): ${adviceOn(401)}`;
  }
  if (status === 404) return `Nothing is served at ${address}: ${adviceOn(status)}`;
  if (status >= 500) return `The server fails even without parameters: ${answer.summary}`;
  if (json === undefined && !isJson(contentType)) {
    return `${address} is not this API: ${answer.summary}`;
  }
  return undefined;
}
