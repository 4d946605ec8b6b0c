/** Finds the names that a misspelled name may stand for. */

/** How many names are suggested at most. */
const most = 3;

/**
 * The nearest names, best first. Letter case does not count. An id may be given without the part before its slash.
 *
 * @example
 * nearest('qwen3-8', ['Qwen/Qwen3-8B', 'Qwen/Qwen3-32B', 'meta-llama/Llama-3.1-8B'])
 * // ['Qwen/Qwen3-8B', 'Qwen/Qwen3-32B']
 */
export function nearest(name: string, names: readonly string[]): string[] {
  const wanted = name.toLowerCase();
  const distanceTo = (candidate: string) => {
    const whole = candidate.toLowerCase();
    const part = whole.slice(whole.indexOf('/') + 1);
    return Math.min(editDistance(wanted, whole), editDistance(wanted, part));
  };
  return names
    .map((candidate) => ({ candidate, distance: distanceTo(candidate) }))
    .filter(({ distance }) => distance <= wanted.length / 3)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, most)
    .map(({ candidate }) => candidate);
}

/** How many characters must be inserted, deleted or replaced (Levenshtein distance), by one row of its table at a time. */
export function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= to.length; j += 1) {
      const replaced = (row[j - 1] as number) + (from[i - 1] === to[j - 1] ? 0 : 1);
      next[j] = Math.min(replaced, (row[j] as number) + 1, (next[j - 1] as number) + 1);
    }
    row = next;
  }
  return row[to.length] as number;
}
