/** Bounds work and waits by a timer and by the caller's signal, and leaves neither behind. */
import { type AbortedError, failure } from './errors.ts';
import type { Signal } from './fetch.ts';
import { onAbort } from './signals.ts';

/** What may end a piece of work early. */
interface Bounds {
  /** How long it may take, in milliseconds. */
  ms: number;
  signal: Signal | undefined;
  /** Makes the error for when time is up. */
  timeoutError: () => Error;
  /** Makes the error for when the signal has aborted. */
  abortError: () => Error;
}

/**
 * Starts work and settles as it does, unless time or the signal is faster: work such as a custom fetch may not care
 * about signals.
 */
export function within<T>(
  work: () => Promise<T>,
  { ms, signal, timeoutError, abortError }: Bounds,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    // A signal that is not the platform's may throw here: before there is a timer, and before anything is sent.
    const stopListening = signal && onAbort(signal, () => end(reject, abortError()));
    const timer = setTimeout(() => end(reject, timeoutError()), ms);
    function end<Value>(settle: (value: Value) => void, value: Value) {
      clearTimeout(timer);
      stopListening?.();
      settle(value);
    }
    work().then(
      (value) => end(resolve, value),
      (error) => end(reject, error),
    );
  });
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

/** The error of a call that its signal has ended. */
export function aborted(signal: Signal, attempts: number): AbortedError {
  return failure<AbortedError>('Aborted by signal.', { kind: 'aborted', attempts }, { cause: signal.reason });
}
