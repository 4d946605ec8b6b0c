/** One exchange: the attempts that one call of the caller may take, and the waits between them. */
import { Attempt, notify } from './attempt-event.ts';
import { type Body, readBody } from './body.ts';
import {
  type AbortedError,
  clip,
  failure,
  isFailure,
  type NetworkError,
  type TimeoutError,
  type TransportError,
  type UsageError,
  usage,
} from './errors.ts';
import type { Fetch, FetchInit, FetchResponse, InitOptions, ResponseHeaders, Signal } from './fetch.ts';
import { Limit, wait } from './limit.ts';
import { explain, isMistake } from './network.ts';
import { type ApiKey, checkKey, type Settings } from './options.ts';
import { delayAfterAnswer, delayAfterError, parseRetryAfter } from './retry.ts';
import { Secrets } from './secrets.ts';

/** A request as its caller wants it. */
export interface Outgoing {
  readonly url: string;
  /** Upper case. */
  readonly method: string;
  /** By lower-case name; all but the key. */
  readonly headers: Readonly<Record<string, string>>;
  /** What `fetch` takes as a body, if it can be sent again. */
  readonly body?: unknown;
  /** Whether the key is to be added. */
  readonly authorize: boolean;
  /** Whether it may be sent again after this status, as its contract says. */
  isRetryable(status: number): boolean;
}

/** The options of a call that an exchange needs. */
interface Call {
  readonly signal?: Signal | undefined;
  readonly timeoutMs?: number | undefined;
  /** Replaces what the settings' `init` has under the same name. */
  readonly init?: InitOptions | undefined;
}

/** The last answer of an exchange. */
export interface Reply {
  /** The HTTP status; 0 for a redirect that a browser hides. */
  readonly status: number;
  /** The reason phrase; empty over HTTP/2, which has none. */
  readonly statusText: string;
  /** Where the answer came from, as the platform says; else where the request went. */
  readonly url: string;
  readonly headers: ResponseHeaders;
  /** Undefined if it is larger than allowed. */
  readonly body: Body | undefined;
  /** How many attempts there were. */
  readonly attempts: number;
  /** What `Retry-After` asked for, in milliseconds. */
  readonly retryAfterMs: number | undefined;
  /** What has to be redacted wherever a part of the answer is shown. */
  readonly secrets: Secrets;
}

/**
 * Sends a request, again where that may help, and gives the last answer, whatever its status.
 *
 * @throws the last attempt's error if it had no answer; `aborted` for the caller's signal; `usage` for a key that can't
 *   be sent or a `fetch` that is at fault
 */
export async function exchange(settings: Settings, request: Outgoing, call: Call): Promise<Reply> {
  const { signal, timeoutMs = settings.timeoutMs, init } = call;
  const apiKey = request.authorize ? settings.apiKey : undefined;
  const secrets = new Secrets(settings.secretHeaders);
  secrets.add(request.headers);
  const deadline = performance.now() + settings.totalTimeoutMs;
  const aboutOf = (attempts: number): About => ({ url: secrets.redact(request.url), attempts });

  for (let attempt = 1; ; attempt += 1) {
    if (signal?.aborted) throw abortedError(signal, request, aboutOf(attempt - 1));
    const start = performance.now();
    // At least 1 ms: a timer can fire late, after the deadline.
    const limitMs = Math.min(timeoutMs, Math.max(1, Math.ceil(deadline - start)));
    const limit = new Limit(limitMs, signal);
    let response: FetchResponse | undefined;
    let reply: Reply | undefined;
    let error: TransportError | undefined;
    let retryAfterMs: number | undefined;
    let delayMs: number | undefined;
    try {
      const key = typeof apiKey === 'function' ? await limit.cover(askForKey(apiKey, secrets)) : apiKey;
      const authorization = keyHeader(key);
      if (authorization) secrets.add(authorization);
      const headers = { ...request.headers, ...authorization };
      response = responseOf(await limit.cover(send(settings, request, headers, init, limit.signal)));
      const { status, statusText = '', url } = response;
      retryAfterMs = status >= 300 ? parseRetryAfter(response.headers) : undefined;
      delayMs = inTime(delayAfterAnswer(settings.retry, request, attempt, status, retryAfterMs), deadline);
      if (delayMs === undefined) {
        const body = await limit.cover(readBody(response, settings.maxResponseBytes));
        reply = {
          status,
          statusText,
          url: url || request.url,
          headers: response.headers,
          body,
          attempts: attempt,
          retryAfterMs,
          secrets,
        };
      }
    } catch (thrown) {
      const about = aboutOf(attempt);
      if (signal?.aborted) error = abortedError(signal, request, about);
      else if (limit.signal.aborted) error = timeoutError(limitMs, request, about);
      else error = thrownError(thrown, settings, { ...settings.init, ...init }, request, about, secrets);
      // A server that has said when to come back is not asked before.
      if (retryAfterMs === undefined)
        delayMs = inTime(delayAfterError(settings.retry, request, attempt, error), deadline);
    }
    limit.end();
    // Failed, too large, or followed by another attempt: its connection is freed.
    if (reply?.body === undefined) limit.abort();
    const result = error ?? response;
    if (result && settings.onAttempt) {
      notify(settings.onAttempt, new Attempt(attempt, start, delayMs, request.url, result, secrets));
    }
    if (reply) return reply;
    if (delayMs === undefined) throw error;
    await wait(delayMs, signal);
  }
}

/** The wait, if it leaves a millisecond for another attempt: timers may end that much early. */
function inTime(delayMs: number | undefined, deadline: number): number | undefined {
  return delayMs !== undefined && performance.now() + delayMs + 1 < deadline ? delayMs : undefined;
}

/** Asks for a key, which may be another for each attempt. */
async function askForKey(apiKey: () => ApiKey | Promise<ApiKey>, secrets: Secrets): Promise<ApiKey> {
  try {
    return await apiKey();
  } catch (thrown) {
    throw usage('apiKey', 'Option apiKey threw an error.', [], secrets.redactError(thrown));
  }
}

/** @throws a `usage` error for a key that no header can carry */
function keyHeader(key: ApiKey): { authorization: string } | undefined {
  return key == null ? undefined : { authorization: `Bearer ${checkKey(key, 'Option apiKey')}` };
}

/** Calls the platform's `fetch` or the caller's. */
function send(
  settings: Settings,
  { url, method, body }: Outgoing,
  headers: Record<string, string>,
  init: InitOptions | undefined,
  signal: FetchInit['signal'],
): Promise<FetchResponse> {
  const fetch: Fetch | undefined = settings.fetch ?? globalThis.fetch;
  if (!fetch) throw usage('fetch', 'There is no fetch on this platform: give one as option fetch.');
  const own: FetchInit = { method, headers, body, redirect: 'manual', signal };
  return fetch(url, { ...settings.init, ...init, ...own });
}

/** What a `fetch` of the caller's gave, if it is a Response. */
function responseOf(given: FetchResponse): FetchResponse {
  if (typeof given?.status !== 'number' || typeof given.headers?.get !== 'function') {
    throw usage('fetch', 'Option fetch gave no Response.');
  }
  return given;
}

/** What every error tells of its request. */
interface About {
  readonly url: string;
  readonly attempts: number;
}

/** `https://app.example after 3 attempts` */
function describe(request: Outgoing, { attempts }: About): string {
  return `${new URL(request.url).origin}${attempts > 1 ? ` after ${attempts} attempts` : ''}`;
}

function abortedError({ reason: cause }: Signal, request: Outgoing, about: About): AbortedError {
  const message = `The call to ${describe(request, about)} was aborted by its signal.`;
  return failure(message, { kind: 'aborted', ...about }, { cause });
}

function timeoutError(timeoutMs: number, request: Outgoing, about: About): TimeoutError {
  const which = about.attempts > 1 ? 'the last' : 'it';
  const message = `No complete answer from ${describe(request, about)}: ${which} took more than ${timeoutMs} ms.`;
  return failure(message, { kind: 'timeout', timeoutMs, ...about });
}

/** Turns whatever an attempt threw into one of our errors. */
function thrownError(
  thrown: unknown,
  settings: Settings,
  init: object,
  request: Outgoing,
  about: About,
  secrets: Secrets,
): NetworkError | UsageError {
  if (isUsageError(thrown)) return Object.assign(thrown, about);
  const cause = secrets.redactError(thrown);
  // The platform's fetch throws a TypeError for every failure of the network, and for an `init` that it refuses.
  const option = settings.fetch ? 'fetch' : Object.keys(init).length > 0 ? 'init' : undefined;
  const { status } = Object(Object(thrown).response);
  let mistake: string | undefined;
  if (option === 'fetch' && typeof status === 'number') {
    mistake = `an error for status ${status}: it has to give each answer as a Response (ky does with throwHttpErrors: false).`;
  } else if (isMistake(cause)) mistake = `a ${cause.name}: ${clip(cause.message, 200)}`;
  if (option && mistake) {
    const name = option === 'init' ? 'init: fetch' : option;
    return Object.assign(usage(option, `Option ${name} threw ${mistake}`, [], cause), about);
  }
  const { reason, words } = explain(cause, request.url);
  return failure(
    `No complete answer from ${describe(request, about)}: ${clip(words, 300)}`,
    { kind: 'network', reason, ...about },
    { cause },
  );
}

function isUsageError(thrown: unknown): thrown is UsageError {
  return isFailure(thrown) && thrown.kind === 'usage';
}
