/** Settings that all property tests share. */

/** How many cases each property is tried with. */
export const numRuns = 500;

/** Set SEED to see a run again. */
export const seed = Number(process.env['SEED'] ?? Date.now() % 2 ** 31);
console.log(`fast-check seed ${seed} (SEED=${seed} repeats the run)`);

/** Prints how often each path was taken; the shares show that a property has tried what it is about. */
export function printShares(what: string, counts: Record<string, number>): Record<string, number> {
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const shares = Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, count / all]));
  const shown = Object.entries(shares).map(([name, share]) => `${name} ${(share * 100).toFixed(1)} %`);
  console.log(`${what}: ${all} cases, ${shown.sort().join(', ')}`);
  return shares;
}
