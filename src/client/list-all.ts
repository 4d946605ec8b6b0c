/** Collects a list that is longer than a page, by narrowing the filters until every part fits in one. */
// Types only: what runs is handed over, as a module shared with the rest would cost every page a file more.
import type { failure } from './errors.ts';
import type { CallOptions, checkOptions } from './options.ts';
import type { CatalogQuery, TrainingCatalog, TrainingModel } from './types.ts';

/** Options of `listAllModels`. */
export interface ListAllOptions extends CallOptions {
  /**
   * How many calls to make at most.
   * @default 250
   */
  maxCalls?: number | undefined;
}

/** What the client hands over. */
export interface Parts extends KnownValues {
  listModels(query: CatalogQuery, call: CallOptions): Promise<TrainingCatalog>;
  checkOptions: typeof checkOptions;
  failure: typeof failure;
  limitBounds: { maximum: number };
}

/** Values that models can be told apart by, over and above those that are seen on the way. */
export interface KnownValues {
  families: readonly string[];
  algorithms: readonly string[];
}

/** The sizes from `low` to `high`, both included, and how many models have one. */
interface Range {
  low: number;
  high: number;
  total: number;
  /** The page that was read for exactly this range; without it, the total is known by subtraction. */
  listed?: TrainingModel[];
  /** Whether all its models have probably been seen, so that counting them may do instead of reading them. */
  countable?: boolean;
}

/**
 * What to ask for next: the sizes from `from` to `to`, whether the models left out have probably all been seen,
 * and the total below which what was seen is shown to be no fair sample.
 */
type Cut = [from: number, to: number, countable?: boolean, fair?: number];

const open = Number.POSITIVE_INFINITY;

const ascending = (a: number, b: number) => a - b;

/** The next double above a positive one, or below it for -1; exact, because sums round to nearest. */
const next = (size: number, direction: 1 | -1) => size + direction * size * (2 ** -53 + 2 ** -105);

const choices = (own: string | null | undefined, known: readonly string[], seen: string[]) =>
  own ? [own] : new Set([...known, ...seen]);

/**
 * Cuts a range that does not fit in a page. `seen` are the sizes seen in it, ascending and at least one; `page`
 * are those of its own page in the server's order; `fits` is how many models a page holds; `misled` says not to
 * trust samples, and `atEnd` that no range lies above.
 */
function cut(
  { low, high, total }: Range,
  seen: number[],
  page: number[],
  fits: number,
  misled: boolean,
  atEnd: boolean,
): Cut {
  const rising = [...page].sort(ascending);
  const bottom = rising[0] as number;
  const top = rising.at(-1) as number;
  // Of the last size in a sorted page, more models may follow, unless the page has no other size.
  const above = bottom < top ? top : next(top, 1);
  if (`${page}` === `${rising}` && above <= high) return [above, high, true];
  if (bottom < top && `${page.reverse()}` === `${rising}`) return [low, bottom, true];

  // A page sorted by id often holds one stretch of sizes in full, whence the next stretch starts above it.
  const beyond = next(seen.at(-1) as number, 1);
  if (misled && atEnd && beyond <= high) return [beyond, high, true];

  // A thin sample is too coarse to aim at one page: read a denser one first, out of eight pages' worth.
  const weight = total / seen.length;
  const aim = weight > 10 && !misled ? 8 : 1 - 0.09 * Math.sqrt(Math.max(0, Math.min(9, weight - 1)));
  const parts = Math.max(2, Math.ceil(total / fits / aim));
  let i = Math.max(0, Math.floor(seen.length / parts) - 1);
  while (i && seen[i] === seen[i + 1]) i--;
  const smallest = seen[0] as number;
  const to = misled && weight > 2 ? Math.max(smallest, low + (high - low) / parts) : (seen[i] as number);
  // All at the upper end: what is below it comes next, and the end may have been seen in full.
  if (to >= high) return [low, next(high, -1), true];
  return [low, to, false, weight > 4 && i > 1 ? 2 * i + 2 : 0];
}

/**
 * Lists every model that matches `query`, in at most `maxCalls` (at least 1) calls of `page`, which asks for
 * as many models as a page may hold.
 *
 * A walk over `size_b`: ranges that do not overlap and whose totals are known. One that does not fit in a page
 * is cut, one side is asked for, and the other side's total follows by subtraction. The caller's own filters
 * hold throughout. Models of one size are told apart by family, then by algorithm.
 *
 * Where to cut depends on what the server's order has shown. Pages sorted by size are taken for the end of
 * their range, so the next one starts at their last size. Otherwise the sizes seen are a sample that tells how
 * far a page reaches. A sample that misleads (sorted by id, say) is given up for straight interpolation.
 *
 * `complete` means: as many distinct ids as the first total said, and no total that contradicts another. Where
 * a part was settled by counting what was seen rather than by reading it in full, a last call for everything
 * must also bring the first total and no new id. A change in between therefore ends the walk with what was
 * had; it does not start over. Changes that cancel out in every total pass, and do no harm: a model that was
 * there unchanged throughout is in the list. (One could hide only where the server's order imitates one by
 * size, and a second change makes up for it.) `models` is sorted by size, then by id, in any server's order.
 *
 * Calls, for n models of which at most 100 share a size: one up to 100; at most 2⌈n/100⌉+2 when the server
 * sorts by size, either way; about 1.8 for each 100 in random order, but up to a fifth above 2⌈n/100⌉+2 where
 * most sizes are shared by 25 to 55 models, and up to about twice that where the server sorts by ids that
 * follow the digits of very unevenly spread sizes.
 */
export async function collectAll(
  page: (query: Omit<CatalogQuery, 'limit'>) => Promise<TrainingCatalog>,
  query: Omit<CatalogQuery, 'limit'>,
  maxCalls: number,
  known: KnownValues,
): Promise<{ models: TrainingModel[]; total: number; complete: boolean; calls: number }> {
  const found = new Map<string, TrainingModel>();
  let calls = 0;
  const ask = async (low: number, high: number, filters?: Omit<CatalogQuery, 'limit'>) => {
    // Past the limit: a total that equals nothing, which ends the walk as a contradiction does.
    if (calls >= maxCalls) return { models: [], total: Number.NaN };
    calls++;
    const answer = await page({
      ...query,
      ...filters,
      // Sizes are positive, so 0 and Infinity stand for open ends.
      min_size_b: low || query.min_size_b,
      max_size_b: high < open ? high : query.max_size_b,
    });
    for (const model of answer.models) found.set(model.tinker_id, model);
    return answer;
  };

  const least = query.min_size_b ?? 0;
  const most = query.max_size_b ?? open;
  const first = await ask(least, most);
  // The lowest range is last.
  const ranges: Range[] = [{ low: least, high: most, total: first.total, listed: first.models }];
  let sound = true;
  let counted = false;
  let misled = false;

  for (let range = ranges.pop(); sound && range; range = ranges.pop()) {
    const { low, high, total, listed } = range;
    const all = [...found.values()];
    const sizes = (models: TrainingModel[]) =>
      models.map((model) => model.size_b).filter((size) => size >= low && size <= high);
    const seen = sizes(all).sort(ascending);
    if (listed ? listed.length >= total : range.countable && seen.length >= total) {
      counted ||= !listed;
      continue;
    }

    const fits = (listed ?? first.models).length;
    let asked: Cut = [low, high];
    if (listed || (total > fits && seen.length)) {
      if (!seen.length) {
        sound = false;
        break;
      }
      if (low >= high) {
        counted = true;
        const families = all.map((model) => model.family);
        for (const family of choices(query.family, known.families, families)) {
          const one = await ask(low, high, { family });
          if (one.models.length >= one.total) continue;
          const algorithms = one.models.flatMap((model) => model.supported_algorithms);
          for (const algorithm of choices(query.algorithm, known.algorithms, algorithms))
            await ask(low, high, { family, algorithm });
        }
        continue;
      }
      asked = cut(range, seen, sizes(listed ?? []), fits, misled, high === most);
    }
    const [from, to, countable = false, fair = 0] = asked;
    const answer = await ask(from, to);
    misled ||= answer.total < fair;
    const rest = total - answer.total;
    if (from > low) ranges.push({ low, high: next(from, -1), total: rest, countable });
    else if (to < high) ranges.push({ low: next(to, 1), high, total: rest, countable });
    sound = from > low || to < high ? rest >= 0 : rest === 0;
    ranges.push({ low: from, high: to, total: answer.total, listed: answer.models });
  }
  if (counted) sound &&= (await ask(least, most)).total === first.total;

  return {
    models: [...found.values()].sort((a, b) => a.size_b - b.size_b || (a.tinker_id < b.tinker_id ? -1 : 1)),
    total: first.total,
    complete: sound && found.size === first.total,
    calls,
  };
}

/** @throws an `incomplete` error with what was had, if the list can't be proven to be all */
export async function listAll(
  { listModels, checkOptions, failure, limitBounds, ...known }: Parts,
  query: Omit<CatalogQuery, 'limit'> | undefined,
  options: ListAllOptions | undefined,
): Promise<TrainingModel[]> {
  const { maxCalls: given, ...call } = options ?? {};
  const { maxCalls = 250 } = checkOptions({ maxCalls: given }, { maxCalls: 1 });
  const page = (part: CatalogQuery) => listModels({ ...part, limit: limitBounds.maximum }, call);
  const { models, total, complete } = await collectAll(page, query ?? {}, maxCalls, known);
  if (complete) return models;
  throw failure(
    'incomplete',
    `Only ${models.length} of ${total} models could be listed; narrow the query. They are in error.models.`,
    { got: models.length, total, models },
  );
}
