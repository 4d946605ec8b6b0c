/** What `onAttempt` is told of one attempt. */
import type { TransportError } from './errors.ts';
import type { ResponseHeaders } from './fetch.ts';
import type { Secrets } from './secrets.ts';

/** What `onAttempt` is told of one attempt, when it has ended. */
export interface AttemptEvent {
  /** 1 for the first. */
  readonly attempt: number;
  /** Where the request went, with its query. */
  readonly url: string;
  /** The HTTP status, where an answer came. */
  readonly status?: number;
  /** The answer's headers by lower-case name, `set-cookie` left out; empty where none came. */
  readonly headers: Readonly<Record<string, string>>;
  /** The kind of failure, where no complete answer came. */
  readonly failure?: TransportError['kind'];
  /**
   * From the start of the request in milliseconds: to the end of the body, or to the headers of an answer
   * that is followed by another attempt.
   */
  readonly durationMs: number;
  /** The wait before the next attempt in milliseconds; absent if this was the last. */
  readonly delayMs?: number;
}

/** What an event is made from. */
export interface Outcome {
  readonly attempt: number;
  readonly durationMs: number;
  readonly delayMs: number | undefined;
  readonly url: string;
  /** What came, or the error that ended the attempt. */
  readonly result: { readonly status: number; readonly headers: ResponseHeaders } | TransportError;
  readonly secrets: Secrets;
}

/** An event whose address and headers are read only when somebody asks: for every call they would be costly. */
class Event implements AttemptEvent {
  readonly attempt: number;
  readonly status?: number;
  readonly failure?: TransportError['kind'];
  readonly durationMs: number;
  readonly delayMs?: number;
  readonly #outcome: Outcome;

  constructor(outcome: Outcome) {
    const { attempt, durationMs, delayMs, result } = outcome;
    this.#outcome = outcome;
    this.attempt = attempt;
    this.durationMs = durationMs;
    if ('status' in result) this.status = result.status;
    else this.failure = result.kind;
    if (delayMs !== undefined) this.delayMs = delayMs;
  }

  get url(): string {
    return this.#outcome.secrets.redact(this.#outcome.url);
  }

  get headers(): Record<string, string> {
    const { result, secrets } = this.#outcome;
    return 'status' in result ? secrets.redactHeaders(result.headers) : {};
  }
}

/** Tells a callback of an attempt. What happens in the callback does not change the call. */
export function tell(onAttempt: ((event: AttemptEvent) => unknown) | undefined, outcome: Outcome): void {
  if (onAttempt) notify(onAttempt, new Event(outcome));
}

/** Calls back. Never throws or rejects. */
export function notify<Event>(callback: ((event: Event) => unknown) | undefined, event: Event): void {
  try {
    Promise.resolve(callback?.(event)).catch(() => {});
  } catch {}
}
