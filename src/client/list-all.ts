/** Lists more models than a page may hold, by halving the range of sizes until each part fits in one. */
import { TrainingModel_family, TrainingModel_supported_algorithms } from '../../generated/values.ts';
import { failure } from '../transport/errors.ts';
import type { IncompleteError, IncompleteReason } from './errors.ts';
import type { CatalogQuery, TrainingCatalog, TrainingModel } from './types.ts';

/** A query without a page size. */
export type Filters = Omit<CatalogQuery, 'limit'>;

/** Why a list is not proven to be complete. */
export const inWords: Readonly<Record<IncompleteReason, string>> = {
  'bounds-ignored': 'the server ignores the bounds of sizes',
  changed: 'the catalog changed while it was listed',
  'duplicate-ids': 'the server lists some ids more than once',
  'empty-page': 'the server shows no models where it counts some',
  indistinguishable: 'more models than a page holds have the same size, family and algorithms',
  'malformed-models': 'the server shows a model without an id and a size',
  'max-calls': 'maxCalls is not enough',
};

/**
 * Lists every model that matches, sorted by size, then by id.
 *
 * A part that does not fit in a page is halved at the middle of the sizes that its page shows, and the totals of
 * the halves must add up to its own. Models of one size are told apart by family, then by algorithm. The list is
 * complete when it has as many different ids as the first total said. If the catalog changes meanwhile, either a
 * total contradicts another, or each model that was there all the time is in the list.
 *
 * @param ask - Gets the largest page for a query.
 * @param maxCalls - How often it may be called.
 * @throws an `incomplete` error with the models that were found, if the list can't be proven to be complete
 */
export async function listAll(
  ask: (query: Filters) => Promise<TrainingCatalog>,
  query: Filters,
  maxCalls: number,
): Promise<TrainingModel[]> {
  const found = new Map<string, TrainingModel>();
  let calls = 0;
  let total = 0;
  const sorted = () => [...found.values()].sort(bySizeThenId);

  function incomplete(reason: IncompleteReason): IncompleteError {
    const models = sorted();
    const got = models.length;
    const message = `Not proven to be all models: ${inWords[reason]}. Had ${got}, of ${total} at first; see error.models.`;
    return failure(message, { kind: 'incomplete', reason, got, total, models });
  }

  async function read(part: Filters): Promise<TrainingCatalog> {
    if (calls === maxCalls) throw incomplete('max-calls');
    calls += 1;
    const page = await ask({ ...query, ...part });
    for (const model of page.models) {
      if (!isListable(model)) throw incomplete('malformed-models');
      found.set(model.tinker_id, model);
    }
    return page;
  }

  /** Reads the models of one size. */
  async function readOneSize(size: number, count: number): Promise<void> {
    const part = { min_size_b: size, max_size_b: size };
    const seen = () => [...found.values()].filter((model) => model.size_b === size);
    const families = seen().map((model) => model.family);
    let sum = 0;
    for (const family of choices(query.family, TrainingModel_family, families)) {
      const page = await read({ ...part, family });
      sum += page.total;
      if (page.models.length >= page.total) continue;
      const ofFamily = () => seen().filter((model) => model.family === family);
      const algorithms = ofFamily().flatMap((model) => model.supported_algorithms);
      for (const algorithm of choices(query.algorithm, TrainingModel_supported_algorithms, algorithms)) {
        await read({ ...part, family, algorithm });
      }
      if (ofFamily().length < page.total) throw incomplete('indistinguishable');
    }
    if (sum < count) throw incomplete('indistinguishable');
    // Counted again, as a new model could have made up for one of a family that no page has shown.
    if (sum > count || (await read(part)).total !== count) throw incomplete('changed');
  }

  const first = await read({});
  total = first.total;
  // The sizes from `low` to `high`, both included, and their page. The loop visits the halves that it adds: recursion
  // would leave no room for the caller's line in the stack of an error.
  const ranges = [{ page: first, low: query.min_size_b ?? 0, high: query.max_size_b ?? Infinity }];
  for (const { page, low, high } of ranges) {
    if (page.models.length >= page.total) continue;
    const sizes = page.models.map(({ size_b }) => size_b).sort((a, b) => a - b);
    if (sizes.length === 0) throw incomplete('empty-page');
    if (!sizes.every((size) => size >= low && size <= high)) throw incomplete('bounds-ignored');
    if (low === high) {
      await readOneSize(low, page.total);
      continue;
    }
    const end = middleOf(sizes, high);
    const start = nextDouble(end, 1n);
    const lower = await read({ ...(low > 0 && { min_size_b: low }), max_size_b: end });
    const upper = await read({ min_size_b: start, ...(high < Infinity && { max_size_b: high }) });
    if (lower.total + upper.total !== page.total) throw incomplete('changed');
    ranges.push({ page: lower, low, high: end }, { page: upper, low: start, high });
  }
  if (found.size !== total) throw incomplete(found.size < total ? 'duplicate-ids' : 'changed');
  return sorted();
}

/** Whether a model has what it is listed by: a page may not have been validated. */
function isListable(model: Partial<TrainingModel> | null): boolean {
  return typeof model?.tinker_id === 'string' && Number.isFinite(model.size_b);
}

/** The size that ends the lower half: one that was seen, and below the largest if several sizes were. */
function middleOf(sizes: readonly number[], high: number): number {
  const middle = sizes[Math.floor((sizes.length - 1) / 2)] as number;
  const largest = sizes.at(-1) as number;
  const below = sizes.filter((size) => size <= middle && size < largest).at(-1);
  return below ?? (largest < high ? largest : nextDouble(largest, -1n));
}

/** The next double above a positive one, or below it for -1. Positive doubles are in the order of their bits. */
function nextDouble(size: number, direction: 1n | -1n): number {
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, size);
  bits.setBigUint64(0, bits.getBigUint64(0) + direction);
  return bits.getFloat64(0);
}

/** The values of a filter to go through: the one that the caller asks for, or all. */
function choices(
  asked: string | null | undefined,
  known: readonly string[],
  seen: readonly string[],
): Iterable<string> {
  return asked == null ? new Set([...known, ...seen]) : [asked];
}

function bySizeThenId(one: TrainingModel, other: TrainingModel): number {
  return one.size_b - other.size_b || (one.tinker_id < other.tinker_id ? -1 : 1);
}
