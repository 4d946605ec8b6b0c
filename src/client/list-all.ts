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

/** Sizes from `low` to `high`, both included, that are still to be listed, and how many models have one. */
interface Range {
  low: number;
  high: number;
  total: number;
  /** The page that was read for exactly this range and could not hold it. */
  page?: TrainingModel[];
  /** Whether all its models have probably been seen, so that counting them may do instead of reading them. */
  countable?: boolean;
}

const open = Number.POSITIVE_INFINITY;

const ascending = (a: number, b: number) => a - b;

/** The next double above a positive one, or below it for -1; exact, because sums round to nearest. */
const next = (size: number, direction: 1 | -1) => size + direction * size * (2 ** -53 + 2 ** -105);

const choices = (own: string | null | undefined, known: readonly string[], seen: string[]) =>
  own ? [own] : new Set([...known, ...seen]);

/**
 * Up to which size to read from the lowest of adjacent `ranges`, so that a page of `fits` models may be expected
 * to bring the most: how many models there are, times the chance that they fit; squared, as too many cost a
 * call. A range's total is exact; inside of it, the sizes seen are a sample. Undefined if there is nothing to
 * choose from.
 */
function reach(ranges: Range[], sizesIn: (range: Range) => Float64Array, fits: number) {
  let best = 0;
  let to: number | undefined;
  let below = 0;
  const offer = (size: number, count: number, variance: number) => {
    // The logistic curve stands in for the normal one, which has no closed form.
    const chance = 1 / (1 + Math.exp((1.7 * (count - fits - 0.5)) / Math.sqrt(variance)));
    const worth = chance ** 2 * count;
    if (worth > best) [best, to] = [worth, size];
  };
  for (const range of ranges) {
    const sizes = sizesIn(range);
    const weight = range.total / sizes.length;
    sizes.forEach((size, i) => {
      const seen = i + 1;
      if (seen === sizes.length || size === sizes[seen]) return;
      offer(size, below + weight * seen, weight * seen * (weight - 1) * (1 - seen / sizes.length));
    });
    below += range.total;
    if (below > fits) break;
    offer(range.high, below, 0);
  }
  return to;
}

/**
 * Which sizes to ask for next: from the bottom of adjacent `ranges` up to some size, or the upper end of the
 * lowest of them; and whether what is left of that has probably all been seen. `atEnd` says that it is the
 * highest of all, `misled` not to trust samples.
 */
function aim(
  ranges: [Range, ...Range[]],
  sizesIn: (range: Range) => Float64Array,
  fits: number,
  misled: boolean,
  atEnd: boolean,
): [from: number, to: number, countable?: boolean] {
  const { low, high, total, page } = ranges[0];
  if (page) {
    const shown = page.map((model) => model.size_b);
    const rising = [...shown].sort(ascending);
    const bottom = rising[0] as number;
    const top = rising.at(-1) as number;
    // Of the last size in a sorted page, more models may follow, unless the page has no other size.
    const above = bottom < top ? top : next(top, 1);
    if (`${shown}` === `${rising}` && above <= high) return [above, high, true];
    if (bottom < top && `${shown.reverse()}` === `${rising}`) return [low, bottom, true];
  }

  // Never undefined, as all of the lowest is one choice.
  if (total <= fits) return [low, reach(ranges, sizesIn, fits) as number];
  const seen = sizesIn(ranges[0]);
  const highest = seen.at(-1);
  if (highest === undefined) return [low, high];
  // A page sorted by id often holds one stretch of sizes in full, whence the next stretch starts above it.
  const beyond = next(highest, 1);
  if (misled && atEnd && beyond <= high) return [beyond, high, true];

  const weight = total / seen.length;
  let to = highest;
  if (misled && weight > 2) to = Math.max(seen[0] as number, low + ((high - low) * 0.8 * fits) / total);
  // A thin sample is too coarse to aim at one page: read a denser one first, out of eight pages' worth.
  else if (weight > 10) to = seen[Math.floor(Math.min((8 * fits) / weight, seen.length / 2))] as number;
  else to = reach(ranges, sizesIn, fits) ?? highest;
  // All at the upper end: what is below it comes next, and the end may have been seen in full.
  return to < high ? [low, to] : [low, next(high, -1), true];
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
 * far a page reaches, over what is left of ranges cut before, too. A sample that misleads (sorted by id, say)
 * is given up for straight interpolation.
 *
 * `complete` means: as many distinct ids as the first total said, and no total that contradicts another. Where
 * a part was settled by counting what was seen rather than by reading it in full, a last call for everything
 * must also bring the first total and no new id. A change in between therefore ends the walk with what was
 * had; it does not start over. Changes that cancel out in every total pass, and do no harm: a model that was
 * there unchanged throughout is in the list. (One could hide only where the server's order imitates one by
 * size, and a second change makes up for it.) `models` is sorted by size, then by id, in any server's order.
 *
 * Calls, for n models of which at most 100 share a size: one up to 100; at most 2⌈n/100⌉+2 when the server
 * sorts by size, either way; about 1.7 for each 100 in random order. Above 2⌈n/100⌉+2, by up to two fifths,
 * are catalogs in which every size is shared by just over half a page, as no call may be wasted on them; and
 * rarely, by a call or two, those with a third of a page to a size, or sorted by ids that follow the digits of
 * the sizes.
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
  const fits = first.models.length;
  // The next is last. They do not overlap; what lies between them is listed.
  const ranges: Range[] = [];
  if (fits && fits < first.total)
    ranges.push({ low: least, high: most, total: first.total, page: first.models });
  let sound = true;
  let counted = false;
  let misled = false;

  for (let range = ranges.at(-1); sound && range; range = ranges.at(-1)) {
    const { low, high, total } = range;
    // Of what was seen before the next call.
    const sizes = new Float64Array(found.size);
    let at = 0;
    for (const { size_b } of found.values()) sizes[at++] = size_b;
    sizes.sort();
    const sizesIn = ({ low, high }: { low: number; high: number }) =>
      sizes.filter((size) => size >= low && size <= high);
    const seen = sizesIn(range);
    if (!total || (range.countable && seen.length >= total)) {
      counted ||= total > 0;
      ranges.pop();
      continue;
    }
    if (low >= high && total > fits) {
      counted = true;
      const families = Array.from(found.values(), (model) => model.family);
      for (const family of choices(query.family, known.families, families)) {
        const one = await ask(low, high, { family });
        if (one.models.length >= one.total) continue;
        const algorithms = one.models.flatMap((model) => model.supported_algorithms);
        for (const algorithm of choices(query.algorithm, known.algorithms, algorithms))
          await ask(low, high, { family, algorithm });
      }
      ranges.pop();
      continue;
    }

    const adjacent: [Range, ...Range[]] = [range];
    for (let i = ranges.length - 2, end = high; ranges[i]?.low === next(end, 1); i--) {
      end = (ranges[i] as Range).high;
      adjacent.push(ranges[i] as Range);
    }
    const [from, to, countable = false] = aim(adjacent, sizesIn, fits, misled, high === most);
    const { models, total: count } = await ask(from, to);
    const cut = models.length < count && { page: models };
    if (models.some(({ size_b }) => size_b < from || size_b > to) || (cut && !models.length)) {
      sound = false;
      break;
    }
    if (from > low) {
      sound = count <= total;
      ranges.splice(-1, 1, { low, high: next(from, -1), total: total - count, countable });
      if (cut) ranges.push({ low: from, high, total: count, ...cut });
      continue;
    }

    const expected = sizesIn({ low, high: to }).length;
    misled ||= to < high && expected > 2 && total > 4 * seen.length && count < 2 * expected;
    // Some ranges in full, and mostly a part of one more, whose other part is known by subtraction.
    const full = adjacent.filter((one) => one.high <= to);
    const rest = full.reduce((sum, one) => sum - one.total, count);
    const split = adjacent.slice(full.length).find((one) => one.low <= to);
    ranges.length -= full.length + +!!split;
    if (split) {
      ranges.push({ low: next(to, 1), high: split.high, total: split.total - rest, countable });
      full.push({ low: split.low, high: to, total: rest });
    }
    sound = split ? rest >= 0 && rest <= split.total : rest === 0;
    if (cut) {
      if (full.length === 1) Object.assign(full[0] as Range, cut);
      ranges.push(...full.reverse());
    }
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
