/** Reads the objects that callers pass, each property once, whether they are plain objects or class instances. */
import { isFailure, usage } from './errors.ts';
import { plainError } from './thrown.ts';

/**
 * A copy of what is set in an object, without a prototype; undefined means: not set. In a class instance the known
 * names are read as well, as its class may have getters for them.
 *
 * @param what - What to call it in a message, with an example: `the query as an object, such as { limit: 5 }`.
 * @throws a `usage` error for a Map, a URLSearchParams, an AbortSignal and the like: they have none of the names, so
 *   what they hold would be ignored without a word.
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
    // What a getter throws may hold a key.
    const cause = plainError(thrown, () => '[not shown]');
    throw usage(`Pass ${what}; this one could not be read.`, [], { cause });
  }
  return copy;
}

/** Whether it is a plain object, of this realm or another: Jest runs tests in another. */
function isPlain(object: object): boolean {
  const prototype = Object.getPrototypeOf(object);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
