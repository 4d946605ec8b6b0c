/** Listens to the caller's signals, with one listener for each however many calls share it. */
import { usage } from './errors.ts';
import type { Signal } from './fetch.ts';
import { plainError } from './thrown.ts';

/** Node warns of a leak from the eleventh listener on, so those of one signal share one. */
const waiting = new WeakMap<Signal, { callbacks: Set<() => void>; listener: () => void }>();

/**
 * Calls back when the signal aborts. The function that is returned takes the callback away again.
 *
 * @throws a `usage` error for a signal that refuses its listener
 */
export function onAbort(signal: Signal, callback: () => void): () => void {
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
  try {
    signal.addEventListener('abort', listener);
  } catch (thrown) {
    throw usage("Option signal can't be listened to.", [], { cause: plainError(thrown, (text) => text) });
  }
  const entry = { callbacks, listener };
  waiting.set(signal, entry);
  return entry;
}
