/** Ends attempts and waits when their time is up or the caller's signal aborts, and leaves no timer or listener behind. */
import type { Signal } from './fetch.ts';

/** Node warns of a leak from the eleventh listener on, so the calls that share a signal share one. */
const waiting = new WeakMap<Signal, { callbacks: Set<() => void>; listener: () => void }>();

/** The limit of one attempt: its time, and the caller's signal. */
export class Limit {
  readonly #controller = new AbortController();
  /** Aborts when the limit is reached. */
  readonly signal = this.#controller.signal;
  readonly #reached: Promise<never>;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #stopListening: (() => void) | undefined;

  constructor(ms: number, signal: Signal | undefined) {
    this.#reached = new Promise((_, reject) => {
      const reach = () => {
        this.#controller.abort();
        reject();
      };
      this.#timer = setTimeout(reach, ms);
      this.#stopListening = signal && onAbort(signal, reach);
    });
    // Nobody may be waiting for it.
    this.#reached.catch(() => {});
  }

  /** Settles as the work does, but no later than at the limit: a custom fetch may not care about signals. */
  cover<T>(work: Promise<T>): Promise<T> {
    return Promise.race([this.#reached, work]);
  }

  /** Takes the timer and the listener away. */
  end(): void {
    clearTimeout(this.#timer);
    this.#stopListening?.();
  }

  /** Lets go of whatever is still under way. */
  abort(): void {
    this.#controller.abort();
  }
}

/** Calls back when the signal aborts. The function that is returned takes the callback away again. */
function onAbort(signal: Signal, callback: () => void): () => void {
  const { callbacks, listener } = waiting.get(signal) ?? listen(signal);
  callbacks.add(callback);
  return () => {
    if (!callbacks.delete(callback) || callbacks.size > 0) return;
    signal.removeEventListener('abort', listener);
    waiting.delete(signal);
  };
}

function listen(signal: Signal) {
  const callbacks = new Set<() => void>();
  const listener = () => {
    for (const callback of [...callbacks]) callback();
  };
  signal.addEventListener('abort', listener);
  const entry = { callbacks, listener };
  waiting.set(signal, entry);
  return entry;
}

/** Waits, but no longer than until the signal aborts. */
export function wait(ms: number, signal: Signal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      stopListening?.();
      resolve();
    };
    const timer = setTimeout(end, ms);
    const stopListening = signal && onAbort(signal, end);
    if (signal?.aborted) end();
  });
}
