/** Asks the server under test: one request at a time, none twice, within a budget of calls and time. */
import { list_training_catalog_endpoint as operation } from '../../generated/operations.ts';
import { readerOf } from '../transport/body.ts';
import type { Fetch, FetchResponse, Signal } from '../transport/fetch.ts';
import { parseRetryAfter } from '../transport/retry-after.ts';
import { Failure, Skip } from './verdict.ts';

/** A request, as far as it differs from a plain GET of the catalog with the key. */
export interface Ask {
  /** What follows the question mark, already encoded. */
  readonly search?: string;
  /** @default the path of the catalog */
  readonly path?: string;
  /** @default 'GET' */
  readonly method?: string;
  /** The whole `authorization` header instead of the key; null for none. */
  readonly authorization?: string | null;
  /** How to spell the scheme before the key. @default 'Bearer' */
  readonly scheme?: string;
}

/** An answer, read to its end. */
export interface Answer {
  /** The request as a command to paste. */
  readonly curl: string;
  readonly status: number;
  /** The `content-type` as it came. */
  readonly contentType: string;
  /** The body as JSON; undefined if it is not JSON. */
  readonly json: unknown;
  /** Status and the start of the body. */
  readonly summary: string;
  /** Where a redirect points to. */
  readonly location: string | null;
}

/** Settings of {@link Subject}. */
export interface SubjectOptions {
  readonly apiKey: string | undefined;
  readonly fetch: Fetch | undefined;
  readonly timeoutMs: number;
  readonly signal: Signal | undefined;
}

/** What a run may cost at most. */
const budget = {
  calls: 59,
  waitMs: 120_000,
  longestWaitMs: 30_000,
  silences: 3,
  bytes: 16 * 1024 * 1024,
};

/** Stands in for a key where none is given: mocks and servers in development take any. */
const standInKey = 'training-catalog-verify';

export class Subject {
  readonly url: string;
  calls = 0;
  /** Why the run could not go on, once that is so. */
  interruption: string | undefined;
  readonly #options: SubjectOptions;
  readonly #answers = new Map<string, Promise<Answer>>();
  #waitedMs = 0;
  #silences = 0;

  /** @param url - absolute, without a slash at the end */
  constructor(url: string, options: SubjectOptions) {
    this.url = url;
    this.#options = options;
  }

  /**
   * Gets the answer to a request, from memory if it was asked before.
   *
   * @throws Failure if no answer comes
   * @throws Skip if the run can't go on
   * @throws the reason of the caller's signal
   */
  ask(request: Ask = {}): Promise<Answer> {
    const name = JSON.stringify({ search: '', ...request });
    const known = this.#answers.get(name);
    if (known) return known;
    const answer = this.#ask(request);
    this.#answers.set(name, answer);
    return answer;
  }

  /** Takes out the key, and what could steer a terminal; cuts long text short. */
  clean(text: string, length = 200): string {
    const { apiKey } = this.#options;
    const safe = (apiKey ? text.replaceAll(apiKey, '$DREADNODE_API_KEY') : text)
      .replace(/[\s\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
      .replace(/[\p{Cf}\p{Cs}]/gu, '\ufffd');
    return safe.length > length ? `${safe.slice(0, length)}…` : safe;
  }

  async #ask(request: Ask): Promise<Answer> {
    const { search, path = operation.path, method = 'GET', scheme = 'Bearer', authorization } = request;
    const { apiKey } = this.#options;
    const url = `${this.url}${path}${search ? `?${search}` : ''}`;
    const header = authorization === undefined ? `${scheme} ${apiKey ?? standInKey}` : authorization;
    const headers: Record<string, string> = { accept: 'application/json' };
    const curl = ['curl -gi'];
    if (method !== 'GET') curl.push('-X', method);
    if (header !== null) {
      headers['authorization'] = header;
      const secret = authorization === undefined && apiKey !== undefined;
      // Double quotes, so that the shell puts the key in.
      curl.push(
        '-H',
        secret ? `"Authorization: ${scheme} $DREADNODE_API_KEY"` : quote(`Authorization: ${header}`),
      );
    }
    curl.push(quote(url));

    for (let attempt = 0; ; attempt++) {
      const { answer, retryAfterMs } = await this.#send(url, { method, headers }, curl.join(' '));
      if (answer.status !== 429) return answer;
      await this.#backOff(retryAfterMs ?? 1000 * 2 ** attempt);
    }
  }

  async #send(url: string, init: { method: string; headers: Record<string, string> }, curl: string) {
    if (this.interruption) throw new Skip(this.interruption);
    if (this.calls >= budget.calls) throw this.#interrupt(`the budget of ${budget.calls} calls is used up`);
    this.calls += 1;
    try {
      return await this.#within(async (signal) => {
        const fetch = this.#options.fetch ?? globalThis.fetch;
        const response = await fetch(url, { ...init, redirect: 'manual', signal });
        const text = await readText(response);
        const status = response.status;
        const answer: Answer = {
          curl,
          status,
          contentType: response.headers.get('content-type') ?? '',
          json: parseJson(text),
          summary: this.clean(
            text ? `status ${status} with ${text}` : `status ${status} without a body`,
            120,
          ),
          location: response.headers.get('location'),
        };
        return { answer, retryAfterMs: parseRetryAfter(response.headers.get('retry-after')) };
      });
    } catch (error) {
      this.#options.signal?.throwIfAborted();
      this.#silences += 1;
      if (this.#silences >= budget.silences) this.#interrupt('the server stopped answering');
      throw new Failure({ curl, summary: `no answer: ${explain(error)}` }, 'an answer');
    }
  }

  /** Runs one exchange with a time limit, which holds even where the fetch does not heed its signal. */
  async #within<T>(work: (signal: Signal) => Promise<T>): Promise<T> {
    const { signal, timeoutMs } = this.#options;
    signal?.throwIfAborted();
    const controller = new AbortController();
    const cancel = () => controller.abort(signal?.reason);
    const timer = setTimeout(() => controller.abort(new Error(`nothing within ${timeoutMs} ms`)), timeoutMs);
    signal?.addEventListener('abort', cancel);
    try {
      const aborted = new Promise<never>((_, reject) => {
        controller.signal.addEventListener('abort', () => reject(controller.signal.reason));
      });
      return await Promise.race([work(controller.signal), aborted]);
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', cancel);
    }
  }

  async #backOff(ms: number): Promise<void> {
    this.#waitedMs += ms;
    if (ms > budget.longestWaitMs || this.#waitedMs > budget.waitMs) {
      throw this.#interrupt(`the server limits the rate (429) and asks to wait ${Math.ceil(ms / 1000)} s`);
    }
    const { signal } = this.#options;
    await new Promise<void>((resolve) => {
      const end = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', end);
        resolve();
      };
      const timer = setTimeout(end, ms);
      signal?.addEventListener('abort', end);
    });
  }

  #interrupt(reason: string): Skip {
    this.interruption = reason;
    return new Skip(reason);
  }
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

async function readText(response: FetchResponse): Promise<string> {
  const reader = readerOf(response);
  if (!reader) return response.text();
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done || !value) return text + decoder.decode();
    bytes += value.length;
    if (bytes > budget.bytes) {
      await reader.cancel();
      throw new Error(`a body of more than ${budget.bytes} bytes`);
    }
    text += decoder.decode(value, { stream: true });
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The deepest cause says most: `fetch failed` is what the platform wraps `connect ECONNREFUSED` in. */
function explain(error: unknown): string {
  let deepest = error;
  while (deepest instanceof Error && deepest.cause) deepest = deepest.cause;
  const { message, code } = deepest as { message?: string; code?: string };
  return message || code || String(deepest);
}
