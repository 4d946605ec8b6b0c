/** Runs the conformance checks against a server. */
import { version } from '../../generated/info.ts';
import { list_training_catalog_endpoint as operation } from '../../generated/operations.ts';
import type { Fetch, Signal } from '../transport/fetch.ts';
import type { Check } from './check.ts';
import { checks } from './checks/index.ts';
import { type CheckResult, counts, type Report } from './report.ts';
import { type Answer, Subject } from './subject.ts';
import { Failure, Skip } from './verdict.ts';

/** Options of {@link verifyServer}. */
export interface VerifyOptions {
  /**
   * The API key. It goes to the given origin only, and no report shows it.
   * @default none: a stand-in is sent, which mocks and servers in development take
   */
  apiKey?: string | undefined;
  /**
   * What to send requests with; called with a string URL and a plain init.
   * @default globalThis.fetch
   * @example (url, init) => handler(new Request(url, init))
   */
  fetch?: Fetch | undefined;
  /**
   * Whether the run also fails on advice: the checks of what the contract leaves open.
   * @default false
   */
  strict?: boolean | undefined;
  /** Ends the run; the promise then rejects with the signal's reason. */
  signal?: Signal | undefined;
  /**
   * The time for one request, body included, in milliseconds.
   * @default 10000
   */
  timeoutMs?: number | undefined;
}

/**
 * Checks that a server keeps the contract. It only reads, sends fewer than 60 requests one after the
 * other, and waits where the server limits the rate (at most 30 seconds at a time, two minutes in all).
 *
 * @param url - The server: an absolute http or https URL; a path prefix is kept.
 * @returns What was found. A server that can't be asked is a report too, with the outcome `could-not-run`.
 * @throws only the reason of `signal`
 * @example
 * const report = await verifyServer('http://127.0.0.1:8000');
 * if (report.outcome !== 'passed') throw new Error(toText(report));
 */
export async function verifyServer(url: string, options: VerifyOptions = {}): Promise<Report> {
  const { apiKey, fetch, strict = false, signal, timeoutMs = 10_000 } = options;
  const base = parseUrl(url);
  const subject = new Subject(base ?? url, { apiKey, fetch, signal, timeoutMs });
  const about = { url: subject.clean(subject.url), contract: version, strict };
  const results: CheckResult[] = [];

  const reason = !base
    ? 'The address must be an absolute http or https URL without user name, query or fragment.'
    : apiKey !== undefined && !/^[!-~]+$/.test(apiKey)
      ? 'The key must consist of visible ASCII characters, without spaces or line ends.'
      : await findObstacle(subject, apiKey !== undefined);
  if (reason) {
    return {
      ...about,
      outcome: 'could-not-run',
      reason: subject.clean(reason, 500),
      calls: subject.calls,
      checks: results,
    };
  }

  for (const check of checks) results.push(await judge(check, subject));
  const failed = results.some((result) => counts(result, strict));
  const { interruption, calls } = subject;
  return {
    ...about,
    outcome: failed ? 'failed' : interruption ? 'could-not-run' : 'passed',
    ...(interruption && { reason: `The run was not finished: ${interruption}.` }),
    calls,
    checks: results,
  };
}

async function judge({ id, title, advice = false, run }: Check, subject: Subject): Promise<CheckResult> {
  const about = { id, title, advice };
  try {
    await run(subject);
    return { ...about, status: 'passed' };
  } catch (error) {
    if (error instanceof Skip) return { ...about, status: 'skipped', reason: subject.clean(error.message) };
    if (!(error instanceof Failure)) throw error;
    const [expected, received] = [subject.clean(error.expected), subject.clean(error.received)];
    return { ...about, status: 'failed', request: error.request, expected, received };
  }
}

/** Why there is nothing to check at this address; undefined if there is. */
async function findObstacle(subject: Subject, hasKey: boolean): Promise<string | undefined> {
  let answer: Answer;
  try {
    answer = await subject.ask();
  } catch (error) {
    if (error instanceof Failure) return `The server at ${subject.url} gave ${error.received}.`;
    if (error instanceof Skip) return `The run was not started: ${error.message}.`;
    throw error;
  }
  const { status, location, json, contentType } = answer;
  const { responses } = operation;
  const address = subject.url + operation.path;
  // A browser shows a redirect that it does not follow as status 0.
  if (status === 0 || (status >= 300 && status < 400)) {
    return `${address} redirects to ${location ?? 'somewhere'}: give the address of the server itself.`;
  }
  if (status === 401 || status === 403) {
    return hasKey
      ? `The server refuses the key (status ${status}): ${responses[status].advice}`
      : `The server wants a key (status ${status}): ${responses[401].advice}`;
  }
  if (status === 404) return `Nothing is served at ${address}: ${responses[status].advice}`;
  if (status >= 500) return `The server fails even without parameters: ${answer.summary}`;
  if (json === undefined && !/json/i.test(contentType)) {
    return `${address} is not this API: ${answer.summary}`;
  }
  return undefined;
}

function parseUrl(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password || /[?#]/.test(text)) {
    return undefined;
  }
  return url.origin + url.pathname.replace(/\/+$/, '');
}
