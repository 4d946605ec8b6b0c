/** Bounds a piece of work by a timer and by the caller's signal, and leaves neither behind. */
import { failure } from './errors.ts';
import type { Signal } from './options.ts';

/**
 * Settles as the work does, unless time or the signal is faster. Without work it is a wait: the timer
 * resolves it. It settles at once, because work such as a custom fetch may not care about signals.
 *
 * @throws an `aborted` error with the signal's reason as cause; what `late` makes when time is up
 */
export function within<T>(
  ms: number,
  signal: Signal | undefined,
  work?: Promise<T>,
  late?: () => Error,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
    };
    const fail = (error: unknown) => {
      end();
      reject(error);
    };
    const succeed = (value: T) => {
      end();
      resolve(value);
    };
    const onAbort = () => fail(aborted(signal as Signal));
    const timer = setTimeout(() => (late ? fail(late()) : succeed(undefined as T)), ms);
    signal?.addEventListener('abort', onAbort);
    // Whatever ran before this, such as onAttempt or a key function, may have ended the call already.
    if (signal?.aborted) onAbort();
    work?.then(succeed, fail);
  });
}

/** The error of a call that its signal has ended. */
export function aborted(signal: Signal, attempts = 0) {
  return failure('aborted', 'Aborted by signal.', { attempts }, { cause: signal.reason });
}
