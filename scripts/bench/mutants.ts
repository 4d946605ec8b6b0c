/** Changes a JSON value in one place at a time, to see whether validators apply the same rules. */

/** Values at and around the limits of a schema. No list, which valibot accepts as an object. */
const replacements = [undefined, null, -1, 0, 0.5, 1, 2 ** 53, Infinity, '', 'newer', 'qwen', true, {}];

/** Each place inside `value`, as the keys that lead there. */
function places(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, child]) => places(child, [...path, key]))];
}

/** `value` itself, then copies with one place replaced or, by undefined, left out. */
export function* mutants(value: unknown): Generator<unknown> {
  yield value;
  for (const path of places(value)) {
    for (const replacement of replacements) {
      const copy = structuredClone({ value });
      const keys = ['value', ...path];
      const last = keys.pop() as string;
      const parent = keys.reduce(
        (node, key) => node[key] as Record<string, unknown>,
        copy as Record<string, unknown>,
      );
      parent[last] = replacement;
      yield copy.value;
    }
  }
}
