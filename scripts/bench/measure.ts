/** Times calls against each other, in random order, so that a change of the machine's speed affects all alike. */

/** The median and the quartiles of some values. */
export interface Figure {
  median: number;
  q1: number;
  q3: number;
}

/** One contestant. Times are in µs; `ratio` is its median ÷ that of the first contestant. */
export interface Row extends Figure {
  name: string;
  ratio: number;
}

interface Options {
  /** How often each contestant is called. */
  calls: number;
  /** Calls before those, which are not counted. @default 300 */
  warmUp?: number;
  /** Runs after each call, outside its time. */
  afterEach?: () => unknown;
}

/**
 * Calls each contestant once in each round, in random order. The first is the baseline. It takes part twice: how
 * far the ratio of its second row is from 1 shows the error of all ratios.
 */
export async function compare(
  contestants: Record<string, () => unknown>,
  { calls, warmUp = 300, afterEach }: Options,
): Promise<[Row, ...Row[]]> {
  const [baseline, ...others] = Object.entries(contestants);
  if (!baseline) throw new Error('Nothing to compare.');
  const [name, call] = baseline;
  const all = [baseline, [`${name} again (control)`, call] as const, ...others];
  const runs = all.map(([name, call]) => ({ name, call, times: new Float64Array(calls) }));
  for (let round = -warmUp; round < calls; round += 1) {
    for (const { call, times } of shuffle(runs)) {
      const start = performance.now();
      await call();
      const end = performance.now();
      await afterEach?.();
      if (round >= 0) times[round] = (end - start) * 1000;
    }
  }
  const figures = runs.map(({ name, times }) => ({ name, ...spread(times) }));
  const base = (figures[0] as Figure).median;
  return figures.map((figure) => ({ ...figure, ratio: figure.median / base })) as [Row, ...Row[]];
}

export function spread(values: Iterable<number>): Figure {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] as number;
  return { median: at(0.5), q1: at(0.25), q3: at(0.75) };
}

/** A figure without spread. */
export const exactly = (value: number): Figure => ({ median: value, q1: value, q3: value });

/** Applies a function to each value of a figure. */
export const scale = ({ median, q1, q3 }: Figure, convert: (value: number) => number): Figure => ({
  median: convert(median),
  q1: convert(q1),
  q3: convert(q3),
});

/** `figure` as a multiple of the baseline's median; its spread is that of `figure` alone. */
export const over = (figure: Figure, baseline: Figure): Figure =>
  scale(figure, (value) => value / baseline.median);

/** The contestant of that name. */
export function rowOf(rows: readonly Row[], name: string): Row {
  const row = rows.find((row) => row.name === name);
  if (!row) throw new Error(`No contestant '${name}'`);
  return row;
}

/** The row with the lowest median. */
export const least = <Each extends Figure>(rows: readonly Each[]): Each =>
  rows.reduce((least, row) => (row.median < least.median ? row : least));

function shuffle<T>(items: readonly T[]): T[] {
  const shuffled = [...items];
  for (let i = shuffled.length - 1; i > 0; i -= 1) {
    const j = Math.floor(Math.random() * (i + 1));
    [shuffled[i], shuffled[j]] = [shuffled[j] as T, shuffled[i] as T];
  }
  return shuffled;
}
