/** Bounds work and waits by a timer and by the caller's signal, and leaves neither behind. */
import { type AbortedError, failure } from './errors.ts';
import type { Signal } from './fetch.ts';
import { onAbort } from './signals.ts';

/** The ends that a piece of work may meet before its own. */
interface Bounds {
  /** How long it may take, in milliseconds. */
  ms: number;
  signal: Signal | undefined;
  /** Makes the error for when time is up. */
  late: () => Error;
  /** Makes the error for when the signal has aborted. */
  aborted: () => Error;
}

/**
 * Settles as the work does, unless time or the signal is faster. It settles at once, because work such as
 * a custom fetch may not care about signals.
 */
export function within<T>(work: Promise<T>, { ms, signal, late, aborted }: Bounds): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const timer = setTimeout(() => end(reject, late()), ms);
    const stopListening = signal && onAbort(signal, () => end(reject, aborted()));
    function end<Value>(settle: (value: Value) => void, value: Value) {
      clearTimeout(timer);
      stopListening?.();
      settle(value);
    }
    work.then(
      (value) => end(resolve, value),
      (error) => end(reject, error),
    );
    // Whatever ran before this, such as a key function, may have aborted already.
    if (signal?.aborted) end(reject, aborted());
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
