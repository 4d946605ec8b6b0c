/** Writes values as text that is equal for equal values, whatever the order of their keys. */

/** `{ b: 1, a: [2] }` gives `{"a":[2],"b":1}`. */
export function canonical(value: unknown): string {
  return (
    JSON.stringify(value, (_, part: unknown) =>
      typeof part === 'object' && part !== null && !Array.isArray(part)
        ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
        : part,
    ) ?? 'undefined'
  );
}
