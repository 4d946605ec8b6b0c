/** One attempt: a request and the whole of its answer, within one time limit and one size limit. */
import { type Content, cancel, drain, readBytes, readerOf } from './body.ts';
import {
  clip,
  failure,
  isFailure,
  type NetworkError,
  type TimeoutError,
  type UsageError,
  usage,
} from './errors.ts';
import type { BodyReader, Fetch, FetchResponse, InitOptions, ResponseHeaders, Signal } from './fetch.ts';
import { type PlainHeaders, withoutNulls } from './headers.ts';
import { checkKey } from './key.ts';
import { isMistake, networkAdvice, reasonOf } from './network.ts';
import type { Settings } from './options.ts';
import type { Secrets } from './secrets.ts';
import { plainError } from './thrown.ts';
import { aborted, within } from './within.ts';

/** A request as its caller wants it. */
export interface Outgoing {
  readonly url: string;
  readonly method: string;
  /** By lower-case name. They replace the client's headers of the same name. */
  readonly headers: PlainHeaders;
  readonly body?: ArrayBuffer | undefined;
  /** Whether it may be sent again after this status, as its contract says. */
  isRetried(status: number): boolean;
  /** Is given each answer that is followed by another attempt, read to its end. Without it their bodies are let go. */
  onFollowed?: ((answer: Head & { content: Content | undefined }) => void) | undefined;
}

/** What is known of an answer before its body. */
export interface Head {
  /** The HTTP status; 0 for a redirect that a browser hides. */
  readonly status: number;
  /** The reason phrase; empty over HTTP/2, which has none. */
  readonly statusText: string;
  /** Where the answer came from, as the platform says; else where the request went. */
  readonly url: string;
  readonly headers: ResponseHeaders;
}

/** What an attempt needs to know. */
export interface Attempt {
  readonly settings: Settings;
  readonly request: Outgoing;
  /** All headers but the key. */
  readonly headers: PlainHeaders;
  /** Whether the client's key may go to this address. */
  readonly atHome: boolean;
  /** 1 for the first. */
  readonly number: number;
  readonly timeoutMs: number;
  readonly signal: Signal | undefined;
  /** The call's `init`, which replaces what the client's has under the same name. */
  readonly init: InitOptions;
  /** Gets every header that is sent. */
  readonly secrets: Secrets;
  /** Called as soon as the headers are there. True means that another attempt follows, so the body is not read. */
  isFollowed(head: Head): boolean;
}

/**
 * Sends a request and reads its answer. The content is undefined if it is larger than allowed, or was not read.
 *
 * @throws `network`, `timeout` and `aborted` errors; `usage` for a key that can't be sent or a `fetch` that
 *   is at fault
 */
export function attempt(it: Attempt): Promise<Head & { content: Content | undefined }> {
  const { request, timeoutMs, signal, number: attempts } = it;
  const controller = new AbortController();
  let reader: BodyReader | undefined;

  const send = async () => {
    const headers = await headersOf(it);
    // Getting the key may have taken all the time there was.
    controller.signal.throwIfAborted();
    const response = await callFetch(it, {
      ...it.settings.init,
      ...it.init,
      method: request.method,
      headers,
      ...(request.body && { body: request.body }),
      redirect: 'manual',
      signal: controller.signal,
    });
    reader = readerOf(response);
    // A custom fetch that ignores its signal may answer after the attempt has ended.
    if (controller.signal.aborted) cancel(reader);
    controller.signal.throwIfAborted();
    const head = headOf(response, request);
    if (it.isFollowed(head) && !request.onFollowed) {
      if (reader) drain(reader);
      else controller.abort();
      return { ...head, content: undefined };
    }
    const content = await readBody(it, response, reader);
    if (content === undefined) cancel(reader);
    return { ...head, content };
  };

  return within(send, {
    ms: timeoutMs,
    signal,
    timeoutError: () =>
      failure<TimeoutError>(`No complete answer within ${timeoutMs} ms.`, {
        kind: 'timeout',
        timeoutMs,
        attempts,
      }),
    abortError: () => aborted(signal as Signal, attempts),
  }).catch((thrown) => {
    // What is not our error comes from a custom fetch: its body is in use, or a getter throws.
    const error = isFailure(thrown) ? thrown : unreadable(plainError(thrown, it.secrets.hide));
    controller.abort(error);
    cancel(reader);
    throw error;
  });
}

/** The headers to send: with the key, unless the caller has set `authorization`. */
async function headersOf({ settings, headers, atHome, secrets }: Attempt): Promise<Record<string, string>> {
  const sent = withoutNulls(headers);
  secrets.addHeaders(sent);
  const { apiKey } = settings;
  if (!atHome || apiKey == null || headers['authorization'] !== undefined) return sent;
  const key = typeof apiKey === 'function' ? await getKey(apiKey, secrets) : apiKey;
  if (key == null) return sent;
  const authorization = `Bearer ${checkKey(key, 'Option apiKey')}`;
  secrets.addHeaders({ authorization });
  return { ...sent, authorization };
}

async function getKey(apiKey: () => unknown, secrets: Secrets): Promise<unknown> {
  try {
    return await apiKey();
  } catch (thrown) {
    throw usage('Option apiKey threw an error.', [], { cause: plainError(thrown, secrets.hide) });
  }
}

/** @throws a `usage` error for a `fetch` that is at fault, a `network` error for anything else that it throws */
async function callFetch(it: Attempt, init: Parameters<Fetch>[1]): Promise<FetchResponse> {
  const { settings, request, secrets } = it;
  const { fetch = globalThis.fetch as unknown as Fetch | undefined } = settings;
  if (!fetch) throw usage('There is no fetch on this platform: give one as option fetch.');
  let response: FetchResponse;
  try {
    response = await fetch(request.url, init);
  } catch (thrown) {
    const error = plainError(thrown, secrets.hide);
    // The platform's fetch throws a TypeError for every failure of the network, and for an `init` that it refuses.
    const hasInit = Object.keys({ ...settings.init, ...it.init }).length > 0;
    if (!(settings.fetch || hasInit) || !isMistake(error)) throw networkError(it, error);
    throw usage(
      `Option ${settings.fetch ? 'fetch' : 'init: fetch'} threw a ${error.name}: ${clip(error.message, 200)}`,
      [],
      { cause: error },
    );
  }
  const { status, headers } = (response ?? {}) as Partial<FetchResponse>;
  const isResponse =
    typeof status === 'number' && typeof headers?.get === 'function' && Symbol.iterator in headers;
  if (!isResponse) throw usage('Option fetch gave no Response.');
  return response;
}

/** A custom fetch may give a text or anything else. */
function headOf({ status, statusText, url, headers }: FetchResponse, request: Outgoing): Head {
  return {
    status,
    statusText: typeof statusText === 'string' ? statusText : '',
    url: (typeof url === 'string' && url) || request.url,
    headers,
  };
}

async function readBody(
  { settings, ...it }: Attempt,
  response: FetchResponse,
  reader: BodyReader | undefined,
): Promise<Content | undefined> {
  try {
    if (reader) return await readBytes(reader, settings.maxResponseBytes);
    const text: unknown = await response.text();
    // A byte may be less than a character, but not more.
    if (typeof text === 'string') return text.length > settings.maxResponseBytes ? undefined : text;
  } catch (thrown) {
    const error = plainError(thrown, it.secrets.hide);
    throw settings.fetch && isMistake(error) ? unreadable(error) : networkError(it, error);
  }
  throw unreadable(new TypeError('text() gave no text'));
}

function unreadable(cause: Error): UsageError {
  return usage(`Option fetch gave a Response that can't be read: ${clip(cause.message, 200)}`, [], { cause });
}

function networkError(
  { request, number: attempts }: Pick<Attempt, 'request' | 'number'>,
  cause: Error,
): NetworkError {
  const message = `No complete answer from ${new URL(request.url).origin}: ${clip(reasonOf(cause), 200)}.`;
  const advice = networkAdvice(cause);
  return failure<NetworkError>(`${message} ${advice}`.trim(), { kind: 'network', attempts }, { cause });
}
