/** The complete list, from a server in memory that filters as the reference server does. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ListAllOptions } from '../../src/client/client.ts';
import { type IncompleteReason, isCatalogError } from '../../src/client/errors.ts';
import type { CatalogQuery, TrainingCatalog, TrainingModel } from '../../src/client/types.ts';
import { models as examples, limit, unheardOf, valuesOf } from '../contract/from-yaml.ts';
import { envelope, ok, serve as serveFaults } from './fault-server.ts';
import { seed } from './run.ts';
import { clientOf, failureOf, recordingFetch } from './support.ts';

const largest = limit.maximum;
const [llama, qwen] = valuesOf('TrainingModel', 'family');
const [sft, ppo] = valuesOf('TrainingModel', 'supported_algorithms');

/** What halving may cost: of models that share their size with a third of a page, a half has one such third. */
const bound = (n: number) => 6 * Math.ceil(n / largest) + 2;

const model = (id: string, size_b: number, more: Partial<TrainingModel> = {}): TrainingModel => ({
  ...(examples[0] as TrainingModel),
  ...{ tinker_id: id, display_name: id, family: qwen, size_b, supported_algorithms: [sft] },
  ...more,
});
const spread = (n: number, step = 1) => Array.from({ length: n }, (_, i) => model(`m${i}`, 1 + i * step));
const alike = (n: number, size: number, more?: (i: number) => Partial<TrainingModel>) =>
  Array.from({ length: n }, (_, i) => model(`m${i}`, size, more?.(i)));
const ids = (models: readonly TrainingModel[]) => models.map((one) => one.tinker_id).sort();

const matches = (query: CatalogQuery) => (one: TrainingModel) =>
  (query.query == null || one.tinker_id.toLowerCase().includes(query.query.toLowerCase())) &&
  (query.family == null || one.family === query.family) &&
  (query.algorithm == null || one.supported_algorithms.includes(query.algorithm)) &&
  (query.min_size_b == null || one.size_b >= query.min_size_b) &&
  (query.max_size_b == null || one.size_b <= query.max_size_b);

type Page = (query: CatalogQuery, call: number) => TrainingCatalog;

/** Pages of at most `cap` models. */
const pagesOf =
  (models: readonly TrainingModel[], cap = largest): Page =>
  (query) => {
    const hits = models.filter(matches(query));
    return { limit: largest, models: hits.slice(0, Math.min(query.limit ?? 20, cap)), total: hits.length };
  };

/** A query as a server reads it. */
function read(url: string): CatalogQuery {
  const numbers = ['min_size_b', 'max_size_b', 'limit'];
  const values = [...new URL(url).searchParams];
  return Object.fromEntries(values.map(([name, text]) => [name, numbers.includes(name) ? +text : text]));
}

interface Listed {
  models: readonly TrainingModel[];
  total: number;
  queries: CatalogQuery[];
  /** Why the list is not proven to be complete, if it is not. */
  reason?: IncompleteReason;
}

async function listAll(page: Page, query: object = {}, maxCalls = 1000, validate = true): Promise<Listed> {
  const queries: CatalogQuery[] = [];
  const fetch = recordingFetch((url, _init, n) => {
    queries.push(read(url));
    const text = JSON.stringify(page(read(url), n));
    return { status: 200, headers: new Headers(), body: null, text: async () => text };
  });
  try {
    const models = await clientOf(undefined, { fetch, validate }).listAllModels(query, { maxCalls });
    return { models, total: models.length, queries };
  } catch (error) {
    if (!isCatalogError(error, 'incomplete')) throw error;
    const { models, total, reason, got, message } = error;
    expect(got).toBe(models.length);
    expect(message).toContain(`Had ${got}, of ${total} at first`);
    return { models, total, queries, reason };
  }
}

/** Numbers from 0 to 1 that are the same on every run. */
function numbers(start: number) {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

type Arrange = (models: TrainingModel[], random: () => number) => TrainingModel[];
const by =
  (key: (one: TrainingModel) => string | number): Arrange =>
  (models) =>
    models.sort((one, other) => (key(one) < key(other) ? -1 : 1));
const orders: Record<string, Arrange> = {
  ascending: by((one) => one.size_b),
  descending: by((one) => -one.size_b),
  random: (models, random) => {
    const keys = new Map(models.map((one) => [one, random()]));
    return models.sort((one, other) => (keys.get(one) ?? 0) - (keys.get(other) ?? 0));
  },
  'by id': by((one) => one.tinker_id),
  'by family': by((one) => one.family),
};
const shuffled = (models: TrainingModel[], start = 1) =>
  (orders['random'] as Arrange)(models, numbers(start));

/** The i-th size, of models that are spread as those of the world, and where 35 share each size. */
const spreads: Record<string, (i: number, random: () => number) => number> = {
  'log-uniform': (_i, random) => 0.1 * Math.exp(random() * 8.3),
  shared: (i) => 0.1 + Math.floor(i / 35) * 0.7,
};

describe('The number of calls', () => {
  test.for([0, 1, largest])('is one for %i models', async (n) => {
    const { queries, ...got } = await listAll(pagesOf(alike(n, 8)), {}, 1);
    expect(got).toMatchObject({ total: n });
    expect(queries).toHaveLength(1);
  });

  test.for([101, 1000, 10_000])(
    'is within the default limit for %i models, however they are spread and ordered',
    async (n) => {
      for (const [spread, size] of Object.entries(spreads)) {
        for (const [order, arrange] of Object.entries(orders)) {
          const random = numbers(n);
          const catalog = Array.from({ length: n }, (_, i) => {
            const size_b = size(i, random);
            return model(`m-${size_b}-${i}`, size_b, { family: random() < 0.3 ? llama : qwen });
          });
          const got = await listAll(pagesOf(arrange(catalog, random)));
          expect(got.reason, `${spread} ${order}`).toBeUndefined();
          expect(ids(got.models)).toEqual(ids(catalog));
          expect(got.queries.length, `${spread} ${order}`).toBeLessThanOrEqual(bound(n));
        }
      }
    },
  );

  test('never exceeds maxCalls, and a list cut short by it is incomplete', async () => {
    const page = pagesOf(shuffled(spread(500)));
    const { queries } = await listAll(page);
    for (let most = 1; most <= queries.length; most++) {
      const got = await listAll(page, {}, most);
      expect(got.reason).toBe(most < queries.length ? 'max-calls' : undefined);
      expect(got.queries).toHaveLength(most);
      expect(got.total).toBe(500);
    }
  });
});

describe('The queries', () => {
  test('have no bound at an open end', async () => {
    const { queries } = await listAll(pagesOf(spread(150)), { min_size_b: null });
    expect(queries.map((query) => Object.keys(query))).toEqual([
      ['limit'],
      ['max_size_b', 'limit'],
      ['min_size_b', 'limit'],
    ]);
  });

  test('never leave the caller’s bounds, family or algorithm', async () => {
    const catalog = Array.from({ length: 3000 }, (_, i) =>
      model(`m${i}`, 1 + (i % 1000), {
        family: i % 3 ? qwen : llama,
        supported_algorithms: i % 5 ? [sft] : [ppo],
      }),
    );
    const own = { family: qwen, algorithm: sft, min_size_b: 100.5, max_size_b: 900 };
    const got = await listAll(pagesOf(shuffled(catalog)), own, 100);
    expect(got.reason).toBeUndefined();
    expect(ids(got.models)).toEqual(ids(catalog.filter(matches(own))));
    expect(got.queries.length).toBeGreaterThan(5);
    for (const query of got.queries) {
      expect(query).toMatchObject({ family: qwen, algorithm: sft, limit: largest });
      expect(query.min_size_b).toBeGreaterThanOrEqual(100.5);
      expect(query.max_size_b).toBeLessThanOrEqual(900);
    }
  });

  test('distinguish neighbouring doubles', async () => {
    const words = new BigInt64Array(1);
    const doubles = new Float64Array(words.buffer);
    for (const start of [0.5, 1, 1.9999999999999998, 1024]) {
      doubles[0] = start;
      words[0] = (words[0] as bigint) - 200n;
      const catalog = alike(400, 1).map((one) => {
        words[0] = (words[0] as bigint) + 1n;
        return { ...one, size_b: doubles[0] as number };
      });
      for (const arrange of Object.values(orders)) {
        const got = await listAll(pagesOf(arrange(catalog, numbers(1))), {}, 30);
        expect(got).toMatchObject({ total: 400 });
        expect(got.reason).toBeUndefined();
      }
    }
  });
});

describe('Models that share a size', () => {
  test.for<[string, TrainingModel[]]>([
    ['family', alike(150, 8, (i) => ({ family: i % 2 ? llama : qwen }))],
    ['family, in order of it', alike(150, 8, (i) => ({ family: i < 90 ? llama : qwen }))],
    ['family and algorithm', alike(180, 8, (i) => ({ supported_algorithms: [i < 90 ? sft : ppo] }))],
    ['a family newer than the contract', alike(150, 8, (i) => ({ family: i % 2 ? unheardOf : qwen }))],
    [
      'an algorithm newer than the contract',
      alike(150, 8, (i) => ({ supported_algorithms: [i % 2 ? unheardOf : sft] })),
    ],
  ])('are distinguished by %s, alone, between others and next to a bound', async ([, lump]) => {
    const all = [...lump, ...Array.from({ length: 300 }, (_, i) => model(`r${i}`, 1.025 + i / 20))];
    for (const own of [
      {},
      { min_size_b: 8 },
      { max_size_b: 8 },
      { min_size_b: 8, max_size_b: 8 },
      { algorithm: sft },
    ]) {
      for (const catalog of [lump, shuffled(all)]) {
        const got = await listAll(pagesOf(catalog), own, 100);
        expect(got.reason, JSON.stringify(own)).toBeUndefined();
        expect(ids(got.models)).toEqual(ids(catalog.filter(matches(own))));
        for (const query of got.queries) expect(query).toMatchObject(own.algorithm ? own : {});
      }
    }
  });

  test('and that nothing distinguishes make an incomplete list, which the error has', async () => {
    const others = [...spread(300)].map((one, i) => ({ ...one, tinker_id: `o${i}`, size_b: 20 + i }));
    const llamas = alike(120, 8, (i) => ({ tinker_id: `l${i}`, family: llama }));
    const unseen = alike(150, 8, (i) => ({ family: i === 149 ? unheardOf : i % 2 ? llama : qwen }));
    for (const catalog of [
      alike(500, 8),
      [...alike(150, 8), ...others],
      [...alike(150, 8), ...llamas],
      unseen,
    ]) {
      const got = await listAll(pagesOf(catalog), {}, 100);
      expect(got).toMatchObject({ reason: 'indistinguishable', total: catalog.length });
      expect(got.models.length).toBeGreaterThanOrEqual(largest);
    }
    for (const own of [{ family: qwen }, { algorithm: sft }, { min_size_b: 8, max_size_b: 8 }])
      expect((await listAll(pagesOf(alike(500, 8)), own, 100)).reason).toBe('indistinguishable');
  });
});

describe('The list', () => {
  test('is sorted by size, then by id, for one page and for many', async () => {
    for (const n of [90, 900]) {
      const catalog = Array.from({ length: n }, (_, i) => model(`m${i}`, 1 + (i % 30)));
      const { models } = await listAll(pagesOf(shuffled([...catalog], 3)));
      const sorted = catalog.sort((a, b) => a.size_b - b.size_b || (a.tinker_id < b.tinker_id ? -1 : 1));
      expect(ids([...models])).toEqual(ids(sorted));
      expect(models.map((one) => one.tinker_id)).toEqual(sorted.map((one) => one.tinker_id));
    }
  });

  test('has each id once, as it was read last', async () => {
    const page = pagesOf(spread(120));
    const { models } = await listAll((query, call) => {
      const answer = page(query, call);
      return { ...answer, models: answer.models.map((one) => ({ ...one, context_length: call })) };
    });
    expect(models).toHaveLength(120);
    expect(models[0]?.context_length).toBeGreaterThan(1);
  });
});

describe('A server that breaks its own rules', () => {
  test('and returns fewer than asked for is read in smaller parts', async () => {
    for (const cap of [10, 37]) {
      for (const arrange of Object.values(orders)) {
        const got = await listAll(pagesOf(arrange(spread(400, 0.125), numbers(4)), cap), {}, 400);
        expect(got).toMatchObject({ total: 400 });
        expect(got.reason).toBeUndefined();
      }
    }
  });

  const full = pagesOf(spread(400));
  const shown =
    (models: TrainingModel[]): Page =>
    (query, call) => ({ ...full(query, call), models });
  test.for<[string, IncompleteReason, number, Page]>([
    ['shows nothing', 'empty-page', 1, pagesOf(spread(400), 0)],
    [
      'dries up',
      'empty-page',
      3,
      (query, call) => ({ ...full(query, call), ...(call > 1 && { models: [] }) }),
    ],
    ['ignores the filters', 'changed', 3, () => full({ limit: largest }, 1)],
    ['shows the smallest only', 'bounds-ignored', 3, shown(spread(largest))],
    ['shows the largest only', 'bounds-ignored', 3, shown(spread(400).slice(-largest))],
    [
      'counts more in a part than in all',
      'changed',
      3,
      (query, call) => ({ ...full(query, call), total: call > 1 ? 401 : 400 }),
    ],
    ['shows more than it counts', 'changed', 1, () => ({ limit: largest, models: alike(3, 1), total: 2 })],
    [
      'repeats a model',
      'duplicate-ids',
      1,
      () => ({ limit: largest, models: [...alike(3, 1), model('m0', 1)], total: 4 }),
    ],
  ])('and %s gives an incomplete list: %s after %i calls', async ([, reason, calls, page]) => {
    const got = await listAll(page, {}, 400);
    expect(got.reason).toBe(reason);
    expect(got.queries).toHaveLength(calls);
  });

  test('and lists what is no model, without validation, gives an incomplete list', async () => {
    for (const odd of [null, 5, {}, { tinker_id: 'a', size_b: 'seven' }, { size_b: 1 }]) {
      const page = () => ({ limit: largest, total: 2, models: [model('m', 1), odd] }) as TrainingCatalog;
      expect((await listAll(page, {}, 10, false)).reason).toBe('malformed-models');
    }
  });
});

describe('A catalog that changes in between', () => {
  test('by one model that hides another of the same size gives an incomplete list', async () => {
    // No page shows the family of the last one, and the new one fills the count.
    const catalog = alike(150, 8, (i) => ({ family: i === 149 ? unheardOf : i % 2 ? llama : qwen }));
    const page: Page = (query, call) => {
      if (call === 2) catalog.push(model('new', 8));
      return pagesOf(catalog)(query, call);
    };
    const got = await listAll(page, { min_size_b: 8, max_size_b: 8 }, 50);
    expect(got).toMatchObject({ reason: 'changed', total: 150 });
    expect(ids(got.models)).not.toContain('m149');
  });

  test('never loses a model that was there unchanged throughout, nor shows one that never was', async () => {
    let complete = 0;
    let runs = 0;
    const edit = fc.record({
      call: fc.integer({ min: 2, max: 5 }),
      kind: fc.constantFrom('add', 'remove', 'replace', 'move'),
      at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
    });
    const walk = fc.record({
      n: fc.integer({ min: 101, max: 420 }),
      order: fc.constantFrom(...Object.values(orders)),
      start: fc.integer(),
      edits: fc.array(edit, { minLength: 1, maxLength: 2 }),
    });
    const property = fc.asyncProperty(walk, async ({ n, order, start, edits }) => {
      const random = numbers(start);
      const size = () => Math.ceil(random() * n) / 4;
      const catalog = order(
        Array.from({ length: n }, (_, i) => model(`m${i}`, size())),
        random,
      );
      const throughout = new Set(ids(catalog));
      const ever = new Set(throughout);
      const page: Page = (query, call) => {
        for (const { kind, at } of edits.filter((one) => one.call === call)) {
          const index = Math.floor(at * catalog.length);
          const old = catalog[index] as TrainingModel;
          const id = kind === 'move' ? old.tinker_id : `new${call}${at}`;
          const added = model(id, kind === 'replace' ? old.size_b : size());
          if (kind !== 'add') catalog.splice(index, 1);
          if (kind !== 'add') throughout.delete(old.tinker_id);
          if (kind !== 'remove') catalog.splice(Math.floor(random() * catalog.length), 0, added);
          if (kind !== 'remove') ever.add(id);
        }
        return pagesOf(catalog)(query, call);
      };
      const got = await listAll(page, {}, 60);
      runs++;
      if (got.reason !== undefined) return;
      complete++;
      const list = new Set(ids(got.models));
      expect([...throughout].filter((id) => !list.has(id))).toEqual([]);
      expect([...list].filter((id) => !ever.has(id))).toEqual([]);
    });
    await fc.assert(property, { seed, numRuns: 250 });
    expect(complete / runs).toBeGreaterThan(0.1);
    expect(complete / runs).toBeLessThan(0.9);
  });
});

test('Any catalog with at most a page of one size is listed in full, whatever the order and the filters', async () => {
  let walked = 0;
  const numRuns = 250;
  const end = fc.option(fc.double({ min: 0.1, max: 60, noNaN: true }), { nil: undefined, freq: 2 });
  const group = fc.record({
    size: fc.oneof(fc.integer({ min: 1, max: 50 }), fc.double({ min: 0.1, max: 50, noNaN: true })),
    count: fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: largest })),
  });
  const listing = fc.record({
    groups: fc.array(group, { maxLength: 60, size: 'max' }),
    order: fc.constantFrom(...Object.values(orders)),
    start: fc.integer(),
    own: fc.record({
      min_size_b: end,
      max_size_b: end,
      family: fc.option(fc.constantFrom(llama, qwen, unheardOf), { nil: undefined, freq: 3 }),
      algorithm: fc.option(fc.constantFrom(sft, ppo), { nil: null, freq: 3 }),
      query: fc.option(fc.constantFrom('1', 'M'), { nil: undefined, freq: 3 }),
    }),
  });
  const property = fc.asyncProperty(listing, async ({ groups, order, start, own }) => {
    const random = numbers(start);
    const made = [...new Map(groups.map(({ size, count }) => [size, count]))].flatMap(([size, count]) =>
      Array.from({ length: count }, (_, i) =>
        model(`m-${size}-${i}`, size, {
          family: random() < 0.3 ? llama : random() < 0.9 ? qwen : unheardOf,
          supported_algorithms: random() < 0.5 ? [sft] : [sft, ppo],
        }),
      ),
    );
    const expected = made.filter(matches(own));
    const got = await listAll(pagesOf(order(made, random)), own);
    expect(got.reason).toBeUndefined();
    expect(ids(got.models)).toEqual(ids(expected));
    expect(got.queries.length).toBeLessThanOrEqual(2 * bound(expected.length));
    if (got.queries.length > 1) walked++;
  });
  await fc.assert(property, { seed, numRuns });
  expect(walked / numRuns).toBeGreaterThan(0.25);
});

describe('listAllModels', () => {
  test('asks once, with the caller’s own query and options, where one page holds everything', async () => {
    const { url, requests } = await serveFaults(ok);
    const own = { query: 'e', family: qwen, algorithm: sft, min_size_b: 0.5, max_size_b: 900 };
    await clientOf(url).listAllModels(own, { headers: { 'x-a': '1' }, maxCalls: 1 });
    expect(requests.map(({ url }) => read(url.href))).toEqual([{ ...own, limit: largest }]);
    expect(requests[0]?.header('x-a')).toEqual(['1']);
  });

  test('fails as its calls do', async () => {
    const { url } = await serveFaults(envelope(401));
    expect(await failureOf('api', clientOf(url).listAllModels())).toMatchObject({ status: 401 });
  });

  test('has the line of the program that called in its stack, however often it was halved', async () => {
    const answer = pagesOf(spread(10_000));
    const fetch = recordingFetch((url) => Response.json(answer(read(url), 0)));
    const client = clientOf('http://127.0.0.1', { fetch });
    const listNightly = async () => await client.listAllModels({}, { maxCalls: 40 });
    const { reason, stack } = await failureOf('incomplete', listNightly());
    expect([reason, stack]).toEqual(['max-calls', expect.stringContaining('listNightly')]);
  });

  test.for<[object, object, string, string]>([
    [{ limit: 5 }, {}, 'limit', 'listAllModels takes no limit: it gives all.'],
    [{}, { maxcalls: 3 }, 'maxcalls', 'Unknown option maxcalls (did you mean maxCalls?); known are signal,'],
    ...[0, -1, 1.5, '5', Number.POSITIVE_INFINITY].map((maxCalls): [object, object, string, string] => [
      {},
      { maxCalls },
      'maxCalls',
      'Option maxCalls must be a whole number from 1 to',
    ]),
  ])('with %o and %o is a usage error', async ([query, call, option, words]) => {
    const fetch = recordingFetch();
    const client = clientOf('http://127.0.0.1', { fetch });
    const error = await failureOf('usage', client.listAllModels(query, call as ListAllOptions));
    expect(error).toMatchObject({ option, message: expect.stringContaining(words) });
    expect(fetch.calls).toHaveLength(0);
  });
});
