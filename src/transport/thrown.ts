/** Copies what was thrown as an error with nothing but texts. */

/** How many causes are followed: a chain may have no end. */
const deepest = 4;

/**
 * A new error with the name, message, stack and code of what was thrown. A custom `fetch` may throw an
 * error that holds the request, and with it the key.
 */
export function plainError(thrown: unknown, hide: (text: string) => string, depth = deepest): Error {
  const copy = new Error();
  const from: Record<string, unknown> = typeof thrown === 'string' ? { message: thrown } : Object(thrown);
  try {
    for (const name of ['name', 'message', 'stack', 'code']) {
      const text = from[name];
      if (typeof text === 'string') Object.defineProperty(copy, name, { value: hide(text) });
    }
    if (from['cause'] && depth > 0) copy.cause = plainError(from['cause'], hide, depth - 1);
  } catch {
    // A getter of what was thrown may throw in turn.
  }
  return copy;
}
