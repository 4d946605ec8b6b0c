/** Times calls beside each other, and says how the times compare. */

/** The median over all rounds, and the middle half of them. */
interface Spread {
  median: number;
  q1: number;
  q3: number;
}

/** A line of the report. */
export interface Figure extends Spread {
  what: string;
  unit: 'µs' | 'ms' | 'bytes' | '×';
  /** The median as a multiple of the first one of its table. */
  ratio?: number;
  /** Guards. The benchmark fails where the median is beyond one. */
  atMost?: number;
  atLeast?: number;
}

/** Figures under a title. */
export type Tables = Record<string, Figure[]>;

/** What each benchmark exports as `run`. It gets an empty folder, in which imports find the peers. */
export type Benchmark = (folder: string) => Promise<Tables>;

interface Rounds {
  rounds: number;
  /** Rounds before those, which are not counted. @default 1 */
  warmUp?: number;
  /** How often each contestant is called in a round. @default 1 */
  calls?: number;
  /** Runs after each call, outside its time. */
  afterEach?(): Promise<void>;
}

/** Times of several contestants that were called in turn. */
export interface Comparison {
  /** The time of each, with its ratio to the first. */
  times: Figure[];
  /** The time of one as a multiple of another's. */
  ratio(name: string, baseline: string): Pick<Figure, 'unit' | keyof Spread>;
}

/**
 * Calls the contestants in turn, in another order each time. A round counts by the median of its calls, and
 * contestants are compared within a round, so that a machine that is slow for a while is slow for all alike.
 */
export async function compare(
  contestants: Record<string, () => unknown>,
  { rounds, warmUp = 1, calls = 1, afterEach }: Rounds,
): Promise<Comparison> {
  const runs = Object.entries(contestants).map(([name, call]) => ({ name, call, medians: [] as number[] }));
  for (let round = -warmUp; round < rounds; round += 1) {
    const times = new Map(runs.map((run) => [run, [] as number[]]));
    for (let count = 0; count < calls; count += 1) {
      for (const run of shuffle(runs)) {
        const start = performance.now();
        await run.call();
        times.get(run)?.push(performance.now() - start);
        await afterEach?.();
      }
    }
    if (round < 0) continue;
    for (const [{ medians }, ofRound] of times) medians.push(spread(ofRound).median);
  }

  const mediansOf = (name: string) => runs.find((run) => run.name === name)?.medians ?? [];
  const ratio = (name: string, baseline: string) => {
    const bases = mediansOf(baseline);
    return {
      unit: '×',
      ...spread(mediansOf(name).map((time, round) => time / (bases[round] ?? 0))),
    } as const;
  };
  const [first = ''] = Object.keys(contestants);
  const times = runs.map(({ name, medians }): Figure => {
    const unit = spread(medians).median < 10 ? 'µs' : 'ms';
    const shown = unit === 'ms' ? medians : medians.map((time) => time * 1000);
    return { what: name, unit, ...spread(shown), ratio: ratio(name, first).median };
  });
  return { times, ratio };
}

/** A figure that is the same each time. */
export const exactly = (value: number): Spread => ({ median: value, q1: value, q3: value });

function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  return { median: at(0.5), q1: at(0.25), q3: at(0.75) };
}

function shuffle<T>(items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, place: Math.random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);
}
