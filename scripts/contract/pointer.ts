/** Reads and writes JSON pointers in fragments, such as `#/a/b` (RFC 6901, section 6). */

/** The node at a pointer; undefined if there is none. */
export function at(pointer: string, document: unknown): unknown {
  return keysOf(pointer).reduce<unknown>(
    (node, key) => (Object.hasOwn(Object(node), key) ? (node as Record<string, unknown>)[key] : undefined),
    document,
  );
}

/** `#/paths/~1a` has the keys `paths` and `/a`. */
export function keysOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((key) => decode(key).replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** The one spelling of pointers to the same node: `#/paths/~1%7Bid%7D` becomes `#/paths/~1{id}`. */
export function normalPointer(pointer: string): string {
  return ['#', ...keysOf(pointer).map(escapeKey)].join('/');
}

export function escapeKey(key: string): string {
  return /[~/]/.test(key) ? key.replaceAll('~', '~0').replaceAll('/', '~1') : key;
}

/** The pointer to a part of a node; keys that are undefined are left out. */
export function pointerTo(pointer: string, ...keys: (string | number | undefined)[]): string {
  return keys.reduce<string>(
    (to, key) => (key === undefined ? to : `${to}/${escapeKey(String(key))}`),
    pointer,
  );
}

/** Fragments may be percent-encoded. A key that is not valid percent-encoding is itself. */
function decode(key: string): string {
  try {
    return decodeURIComponent(key);
  } catch {
    return key;
  }
}
