/** What validators call. Ajv's own `equal` throws for an object with a property `toString` or `valueOf`. */

/** Whether two values of JSON are the same. */
export function equal(a, b) {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || !a || !b || Array.isArray(a) !== Array.isArray(b))
    return false;
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && equal(a[name], b[name]))
  );
}

/** The length of a text as JSON Schema counts it: an emoji is one character. */
export function ucs2length(text) {
  let length = 0;
  for (const _ of text) length += 1;
  return length;
}
