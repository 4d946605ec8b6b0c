/** What `onAttempt` is told of one attempt. */
import type { TransportError } from './errors.ts';
import type { FetchResponse } from './fetch.ts';
import type { Secrets } from './secrets.ts';

/** One attempt that has ended. Address and headers are read when somebody asks: for every call they would be costly. */
export class Attempt {
  /** 1 for the first. */
  readonly attempt: number;
  /**
   * From the start of the request in milliseconds: to the end of the body, or to the headers of an answer
   * that is followed by another attempt.
   */
  readonly durationMs: number;
  /** The HTTP status, unless the attempt failed. */
  declare readonly status?: number;
  /** The kind of failure, if it failed. */
  declare readonly failure?: TransportError['kind'];
  /** The wait before the next attempt in milliseconds; absent if this was the last. */
  declare readonly delayMs?: number;
  readonly #url: string;
  readonly #result: FetchResponse | TransportError;
  readonly #secrets: Secrets;

  constructor(
    attempt: number,
    start: number,
    delayMs: number | undefined,
    url: string,
    result: FetchResponse | TransportError,
    secrets: Secrets,
  ) {
    this.attempt = attempt;
    this.durationMs = performance.now() - start;
    if ('kind' in result) this.failure = result.kind;
    else this.status = result.status;
    if (delayMs !== undefined) this.delayMs = delayMs;
    this.#url = url;
    this.#result = result;
    this.#secrets = secrets;
  }

  /** Where the request went, with its query. */
  get url(): string {
    return this.#secrets.redact(this.#url);
  }

  /** The answer's headers by lower-case name, `set-cookie` left out; empty where none came. */
  get headers(): Readonly<Record<string, string>> {
    return 'kind' in this.#result ? {} : this.#secrets.redactHeaders(this.#result.headers);
  }
}

/** What `onAttempt` is told: the public part, so that in a test any object with these fields is one. */
export interface AttemptEvent extends Pick<Attempt, keyof Attempt> {}

/** Calls back, so that nothing that happens in the callback changes the call. Never throws or rejects. */
export function notify<Event>(callback: ((event: Event) => unknown) | undefined, event: Event): void {
  try {
    const result = callback?.(event);
    if (result instanceof Promise) result.catch(() => {});
  } catch {}
}
