/** Follows JSON pointers (RFC 6901, section 6). */
/** The node that a JSON pointer in a fragment (`#/a/b`) leads to. */
export function at(pointer: string, document: unknown): unknown {
  return pointer
    .slice(2)
    .split('/')
    .reduce(
      (node, key) => (node as Record<string, unknown>)[key.replaceAll('~1', '/').replaceAll('~0', '~')],
      document,
    );
}
