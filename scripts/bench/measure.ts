/** Times asynchronous calls against each other: single calls in shuffled order, so that drift hits all alike. */

/** The middle of some figures, and where the middle half of them lies. */
export interface Spread {
  median: number;
  q1: number;
  q3: number;
}

/** One row of a comparison. Times are in microseconds, the ratio is to the median of the first contestant. */
export interface Row extends Spread {
  name: string;
  ratio: number;
}

/** Runs each contestant `calls` times, one call at a time, in an order that is drawn anew each round. */
export async function compare(
  contestants: Record<string, () => Promise<unknown>>,
  calls: number,
  warmUp = 300,
): Promise<Row[]> {
  const names = Object.keys(contestants);
  const times = new Map(names.map((name) => [name, new Float64Array(calls)]));
  for (let round = -warmUp; round < calls; round += 1) {
    for (const name of shuffle(names)) {
      const start = performance.now();
      await contestants[name]?.();
      const end = performance.now();
      if (round >= 0) (times.get(name) as Float64Array)[round] = (end - start) * 1000;
    }
  }
  const rows = names.map((name) => ({ name, ...spread(times.get(name) as Float64Array) }));
  const base = (rows[0] as Spread).median;
  return rows.map((row) => ({ ...row, ratio: row.median / base }));
}

export function spread(values: Iterable<number>): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] as number;
  return { median: at(0.5), q1: at(0.25), q3: at(0.75) };
}

function shuffle<T>(items: readonly T[]): T[] {
  const shuffled = [...items];
  for (let i = shuffled.length - 1; i > 0; i -= 1) {
    const j = Math.floor(Math.random() * (i + 1));
    [shuffled[i], shuffled[j]] = [shuffled[j] as T, shuffled[i] as T];
  }
  return shuffled;
}
