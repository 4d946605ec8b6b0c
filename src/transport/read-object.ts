/** Reads the objects that callers pass: once, whole, and in the same way whatever made them. */
import { isFailure, usage } from './errors.ts';
import { plainError } from './thrown.ts';

/**
 * What is set of an object, as a copy without a prototype; undefined means: not set. Of a class instance the known
 * names are read as well, as it may have getters for them.
 *
 * @param what - What to call it in a message, with an example: `the query as an object, such as { limit: 5 }`.
 * @throws a `usage` error for what can't be read in this way: a Map, a URLSearchParams or an AbortSignal has
 *   none of the names, so that what it says would be dropped in silence.
 */
export function readObject(object: unknown, known: readonly string[], what: string): Record<string, unknown> {
  if (typeof object !== 'object' || object === null) throw usage(`Pass ${what}.`);
  const copy: Record<string, unknown> = Object.create(null);
  try {
    const plain = isPlain(object);
    if (Symbol.iterator in object || (!plain && !known.some((name) => name in object))) {
      throw usage(`Pass ${what}; this is ${Object.prototype.toString.call(object)}.`);
    }
    const names = plain ? Object.keys(object) : new Set([...Object.keys(object), ...known]);
    for (const name of names) {
      const value = (object as Record<string, unknown>)[name];
      if (value !== undefined) copy[name] = value;
    }
  } catch (thrown) {
    if (isFailure(thrown)) throw thrown;
    // What a getter throws is the caller's own, but it may hold a key.
    const cause = plainError(thrown, () => '[not shown]');
    throw usage(`Pass ${what}; this one could not be read.`, [], { cause });
  }
  return copy;
}

/** Whether it is made by `{}`, in whatever realm: Jest runs tests in one of their own. */
function isPlain(object: object): boolean {
  const prototype = Object.getPrototypeOf(object);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
