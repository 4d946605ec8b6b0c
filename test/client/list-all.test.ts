import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isCatalogError } from '../../src/client/errors.ts';
import { listAll } from '../../src/client/list-all.ts';
import type { CatalogQuery, TrainingCatalog, TrainingModel } from '../../src/client/types.ts';

const seed = Number(process.env['SEED'] ?? Date.now() % 2 ** 31);

// An API of its own, whatever the contract says today: what is asked depends on the largest page and the known values.
const largest = 100;
const known = { families: ['llama', 'qwen'], algorithms: ['sft', 'importance_sampling', 'ppo'] };

/** As the client calls it, the largest page each time; and what came of it, complete or not. */
async function collectAll(
  page: (query: CatalogQuery) => Promise<TrainingCatalog>,
  query: Omit<CatalogQuery, 'limit'>,
  maxCalls: number,
) {
  let calls = 0;
  const ask = (part: CatalogQuery) => {
    calls += 1;
    return page({ ...part, limit: largest });
  };
  try {
    const models = await listAll(ask, query, maxCalls, known);
    return { complete: true, models, total: models.length, calls, message: '' };
  } catch (error) {
    if (!isCatalogError(error, 'incomplete')) throw error;
    const { models, total, message } = error;
    return { complete: false, models: [...models], total, calls, message };
  }
}

/** For the tests that make many walks, on a machine that may be busy. */
const long = 120_000;

/** What halving may cost: of models that share their size with a third of a page, a half has one such third. */
const bound = (n: number) => 6 * Math.ceil(n / largest) + 2;

const model = (id: string, size_b: number, more: Partial<TrainingModel> = {}): TrainingModel => ({
  tinker_id: id,
  display_name: id,
  family: 'qwen',
  type: 'dense',
  size_b,
  context_length: 32768,
  extended_context: false,
  supported_algorithms: ['sft'],
  ...more,
});

const matches = (query: CatalogQuery) => (one: TrainingModel) =>
  (query.query == null ||
    `${one.tinker_id}\n${one.display_name}`.toLowerCase().includes(query.query.trim().toLowerCase())) &&
  (query.family == null || one.family === query.family) &&
  (query.algorithm == null || one.supported_algorithms.includes(query.algorithm)) &&
  (query.min_size_b == null || one.size_b >= query.min_size_b) &&
  (query.max_size_b == null || one.size_b <= query.max_size_b);

/** A server in memory: it filters as the reference server does and keeps every query it got. */
function serve(models: TrainingModel[], { cap = largest, before = (_call: number) => {} } = {}) {
  const queries: CatalogQuery[] = [];
  const page = async (query: CatalogQuery): Promise<TrainingCatalog> => {
    before(queries.length);
    queries.push(query);
    const hits = models.filter(matches(query));
    const limit = query.limit ?? 20;
    return { limit, models: hits.slice(0, Math.min(limit, cap)), total: hits.length };
  };
  return { page, queries };
}

const ids = (models: TrainingModel[]) => models.map((one) => one.tinker_id).sort();
const alike = (n: number, size: number, more?: (i: number) => Partial<TrainingModel>) =>
  Array.from({ length: n }, (_, i) => model(`m${i}`, size, more?.(i)));

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

function shuffled<Value>(values: Value[], random: () => number): Value[] {
  const keys = new Map(values.map((value) => [value, random()]));
  return [...values].sort((a, b) => (keys.get(a) as number) - (keys.get(b) as number));
}

const text = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const orders: Record<string, (models: TrainingModel[], random: () => number) => TrainingModel[]> = {
  ascending: (models) => models.sort((a, b) => a.size_b - b.size_b),
  descending: (models) => models.sort((a, b) => b.size_b - a.size_b),
  random: shuffled,
  'by id': (models) => models.sort((a, b) => text(a.tinker_id, b.tinker_id)),
  'by family': (models) => models.sort((a, b) => text(a.family, b.family) || a.size_b - b.size_b),
};

const lumps = [1, 3, 4, 8, 27, 32, 70];
const sharedBy = (models: number) => (i: number) => 0.1 + Math.floor(i / models) * 0.7;
const spreads: Record<string, (i: number, n: number, random: () => number) => number> = {
  even: (i) => 0.1 + i / 4,
  'log-uniform': (_i, _n, random) => 0.1 * Math.exp(random() * 8.3),
  'lumps and scatter': (i, n, random) =>
    i < Math.min(n / 2, 630) ? (lumps[i % 7] as number) : Math.round(100 + random() ** 3 * 4e5) / 1000,
  'sizes shared by 35': sharedBy(35),
  'sizes shared by 60': sharedBy(60),
  'sizes shared by 100': sharedBy(100),
};

describe('the number of calls', () => {
  test.for([0, 1, 100])('is one for %i models', async (n) => {
    const { page } = serve(alike(n, 8));
    expect(await collectAll(page, {}, 1)).toMatchObject({ complete: true, total: n, calls: 1 });
  });

  test.for([101, 250, 1000, 10_000])(
    'is within the default limit for %i models, however they are spread and ordered',
    { timeout: long },
    async (n) => {
      // The largest takes seconds, so it is tried where it takes most calls.
      const some = n < 10_000 ? Object.keys(spreads) : ['log-uniform', 'sizes shared by 35'];
      for (const [spread, size] of Object.entries(spreads).filter(([name]) => some.includes(name))) {
        for (const [order, arrange] of Object.entries(orders)) {
          const random = numbers(n);
          const catalog = Array.from({ length: n }, (_, i) => {
            const size_b = size(i, n, random);
            return model(`m-${size_b}-${i}`, size_b, { family: random() < 0.3 ? 'llama' : 'qwen' });
          });
          const { page } = serve(arrange(catalog, random));
          const got = await collectAll(page, {}, 1000);
          expect(got, `${spread} ${order}`).toMatchObject({ complete: true, total: n });
          expect(ids(got.models)).toEqual(ids(catalog));
          expect(got.calls, `${spread} ${order}`).toBeLessThanOrEqual(bound(n));
        }
      }
    },
  );

  test('never exceeds the limit, and a list cut short by it is not called complete', async () => {
    const sizes = alike(500, 1).map((one, i) => ({ ...one, size_b: i + 1 }));
    const { page } = serve(shuffled(sizes, numbers(1)));
    const { calls } = await collectAll(page, {}, 1000);
    for (let most = 1; most <= calls; most++) {
      const got = await collectAll(page, {}, most);
      expect(got).toMatchObject({ complete: most === calls, calls: most, total: 500 });
      if (!got.complete) expect(got.message).toContain(`maxCalls, ${most}, is not enough`);
    }
  });
});

describe('the queries', () => {
  test('are the caller’s own with the largest limit when one page holds everything', async () => {
    const { page, queries } = serve(alike(100, 7));
    await collectAll(
      page,
      { query: 'm', family: 'qwen', algorithm: 'sft', min_size_b: 0.5, max_size_b: 9 },
      5,
    );
    expect(queries).toEqual([
      { query: 'm', family: 'qwen', algorithm: 'sft', min_size_b: 0.5, max_size_b: 9, limit: largest },
    ]);
  });

  test('leave open ends open', async () => {
    const { page, queries } = serve([]);
    await collectAll(page, { min_size_b: null }, 5);
    expect(queries).toEqual([{ min_size_b: null, limit: largest }]);

    const walk = serve(Array.from({ length: 150 }, (_, i) => model(`m${i}`, 1 + i)));
    await collectAll(walk.page, {}, 5);
    expect(walk.queries.map(({ limit, ...bounds }) => Object.keys(bounds))).toEqual([
      [],
      ['max_size_b'],
      ['min_size_b'],
    ]);
  });

  test('never leave the caller’s bounds, family or algorithm', async () => {
    const catalog = Array.from({ length: 3000 }, (_, i) =>
      model(`m${i}`, 1 + (i % 1000), {
        family: i % 3 ? 'qwen' : 'llama',
        supported_algorithms: i % 5 ? ['sft'] : ['ppo'],
      }),
    );
    const { page, queries } = serve(shuffled(catalog, numbers(1)));
    const own = { family: 'qwen', algorithm: 'sft', min_size_b: 100.5, max_size_b: 900 };
    const got = await collectAll(page, own, 100);
    expect(got.complete).toBe(true);
    expect(ids(got.models)).toEqual(ids(catalog.filter(matches(own))));
    expect(queries.length).toBeGreaterThan(5);
    for (const query of queries) {
      expect(query).toMatchObject({ family: 'qwen', algorithm: 'sft', limit: largest });
      expect(query.min_size_b).toBeGreaterThanOrEqual(100.5);
      expect(query.max_size_b).toBeLessThanOrEqual(900);
    }
  });

  test('tell neighbouring doubles apart', async () => {
    const words = new BigInt64Array(1);
    const doubles = new Float64Array(words.buffer);
    for (const start of [0.1, 0.5, 1, 1.9999999999999998, 7.3, 1024]) {
      doubles[0] = start;
      words[0] = (words[0] as bigint) - 200n;
      const catalog = Array.from({ length: 400 }, (_, i) => {
        words[0] = (words[0] as bigint) + 1n;
        return model(`m${i}`, doubles[0] as number);
      });
      for (const arrange of Object.values(orders)) {
        const got = await collectAll(serve(arrange([...catalog], numbers(1))).page, {}, 30);
        expect(got).toMatchObject({ complete: true, total: 400 });
      }
    }
  });
});

describe('models that share a size', () => {
  test('150 in two families are told apart by family, in order of family or mixed', async () => {
    for (const llama of [(i: number) => i < 90, (i: number) => i >= 100, (i: number) => i % 2 === 0]) {
      const catalog = alike(150, 8, (i) => ({ family: llama(i) ? 'llama' : 'qwen' }));
      const got = await collectAll(serve(catalog).page, {}, 100);
      expect(got).toMatchObject({ complete: true, total: 150 });
      expect(got.calls).toBeLessThanOrEqual(bound(150));
      expect(ids(got.models)).toEqual(ids(catalog));
    }
  });

  test('are told apart between other sizes, and next to a bound of the caller', async () => {
    const lump = alike(180, 8, (i) => ({ family: i % 2 ? 'llama' : 'qwen' }));
    const rest = Array.from({ length: 300 }, (_, i) => model(`r${i}`, 1 + i / 20));
    for (const arrange of Object.values(orders))
      for (const own of [{}, { min_size_b: 8 }, { max_size_b: 8 }, { min_size_b: 8, max_size_b: 8 }]) {
        const catalog = arrange([...lump, ...rest], numbers(2));
        const got = await collectAll(serve(catalog).page, own, 100);
        expect(got.complete).toBe(true);
        expect(ids(got.models)).toEqual(ids(catalog.filter(matches(own))));
      }
  });

  test('and a family are told apart by algorithm', async () => {
    const algorithms = ['sft', 'ppo', 'importance_sampling'];
    const catalog = alike(240, 8, (i) => ({
      supported_algorithms: [algorithms[Math.floor(i / 80)] as string],
    }));
    expect(await collectAll(serve(catalog).page, {}, 100)).toMatchObject({ complete: true, total: 240 });
  });

  test('keep to the caller’s family and algorithm', async () => {
    const families = ['llama', 'qwen', 'mistral'];
    const catalog = alike(480, 8, (i) => ({
      family: families[i % 3] as string,
      supported_algorithms: [i % 2 ? 'sft' : 'ppo'],
    }));
    for (const own of [{ family: 'qwen' }, { algorithm: 'sft' }]) {
      const { page, queries } = serve(catalog);
      const got = await collectAll(page, own, 100);
      expect(got.complete).toBe(true);
      expect(ids(got.models)).toEqual(ids(catalog.filter(matches(own))));
      for (const query of queries) expect(query).toMatchObject(own);
    }
  });

  test('in a family or with an algorithm that is newer than the contract are found when a page shows it', async () => {
    const newer = alike(150, 8, (i) => ({ family: i % 2 ? 'mistral' : 'qwen' }));
    expect(await collectAll(serve(newer).page, {}, 100)).toMatchObject({ complete: true, total: 150 });
    const novel = alike(150, 8, (i) => ({ supported_algorithms: [i % 2 ? 'dpo' : 'sft'] }));
    expect(await collectAll(serve(novel).page, {}, 100)).toMatchObject({ complete: true, total: 150 });
  });

  test('500 that nothing tells apart are not called complete, and what was had is there', async () => {
    const { page } = serve(alike(500, 8));
    const got = await collectAll(page, {}, 100);
    expect(got).toMatchObject({ complete: false, total: 500 });
    expect(got.message).toContain('more models than a page holds have the same size, family and algorithms');
    expect(got.models).toHaveLength(100);
    expect(got.calls).toBeLessThan(12);
    for (const own of [{ family: 'qwen' }, { algorithm: 'sft' }, { min_size_b: 8, max_size_b: 8 }])
      expect((await collectAll(page, own, 100)).complete).toBe(false);
  });

  test('are told to be alike, however many of other sizes and families there are', async () => {
    const others = Array.from({ length: 300 }, (_, i) => model(`o${i}`, 20 + i));
    const llamas = alike(120, 8).map((one, i) => ({ ...one, tinker_id: `l${i}`, family: 'llama' }));
    for (const catalog of [
      [...alike(150, 8), ...others],
      [...alike(150, 8), ...llamas],
    ]) {
      const got = await collectAll(serve(catalog).page, {}, 100);
      expect(got).toMatchObject({ complete: false, total: catalog.length });
      expect(got.message).toContain('have the same size, family and algorithms');
    }
  });

  test('and are of a family that no page shows are told to be alike', async () => {
    const catalog = alike(150, 8, (i) => ({ family: i === 149 ? 'mistral' : i % 2 ? 'llama' : 'qwen' }));
    const got = await collectAll(serve(catalog).page, {}, 100);
    expect(got).toMatchObject({ complete: false, total: 150 });
    expect(got.message).toContain('have the same size, family and algorithms');
  });
});

describe('the list', () => {
  test('is sorted by size, then by id, for one page and for many', async () => {
    for (const n of [90, 900]) {
      const catalog = shuffled(
        Array.from({ length: n }, (_, i) => model(`m${i}`, 1 + (i % 30))),
        numbers(3),
      );
      const { models } = await collectAll(serve(catalog).page, {}, 100);
      const expected = [...catalog].sort((a, b) => a.size_b - b.size_b || text(a.tinker_id, b.tinker_id));
      expect(models).toEqual(expected);
    }
  });

  test('has each id once, as it was read last', async () => {
    let price = 0;
    const catalog = Array.from({ length: 120 }, (_, i) => model(`m${i}`, 1 + i));
    const { page } = serve(catalog);
    const { models } = await collectAll(
      async (query) => {
        const answer = await page(query);
        price++;
        return { ...answer, models: answer.models.map((one) => ({ ...one, context_length: price })) };
      },
      {},
      100,
    );
    expect(models).toHaveLength(120);
    expect(price).toBeGreaterThan(1);
    expect(models[0]?.context_length).toBeGreaterThan(1);
  });

  test('passes on what the callback throws', async () => {
    await expect(collectAll(() => Promise.reject(new Error('cut')), {}, 9)).rejects.toThrow('cut');
  });
});

describe('a server that does not play along', () => {
  test('and returns fewer than asked for is read in smaller parts', async () => {
    for (const cap of [10, 37, 60]) {
      const catalog = Array.from({ length: 400 }, (_, i) => model(`m${i}`, 1 + i / 8));
      for (const arrange of Object.values(orders)) {
        const got = await collectAll(serve(arrange([...catalog], numbers(4)), { cap }).page, {}, 400);
        expect(got).toMatchObject({ complete: true, total: 400 });
      }
    }
  });

  test('and returns nothing, or ignores the filters, soon ends the walk', async () => {
    const catalog = Array.from({ length: 400 }, (_, i) => model(`m${i}`, 1 + i));
    const empty = await collectAll(serve(catalog, { cap: 0 }).page, {}, 400);
    expect(empty).toMatchObject({ complete: false, calls: 1, models: [] });
    expect(empty.message).toContain('the server shows no models where it counts some');
    const served = serve(catalog);
    const dried = await collectAll(
      async (query) => {
        const answer = await served.page(query);
        return served.queries.length === 1 ? answer : { ...answer, models: [] };
      },
      {},
      400,
    );
    expect(dried).toMatchObject({ complete: false, calls: 3 });
    for (const arrange of Object.values(orders)) {
      const { page } = serve(arrange([...catalog], numbers(5)));
      const got = await collectAll(() => page({ limit: largest }), {}, 400);
      expect(got.complete).toBe(false);
      expect(got.calls).toBe(3);
    }
  });

  test('and shows more than it counts is not called complete', async () => {
    const { page } = serve(alike(3, 1));
    const got = await collectAll(async (query) => ({ ...(await page(query)), total: 2 }), {}, 5);
    expect(got).toMatchObject({ complete: false, total: 2, calls: 1 });
    expect(got.message).toContain('the catalog changed while it was listed');
  });

  test('and answers with sizes that were not asked for ends the walk', async () => {
    const catalog = Array.from({ length: 400 }, (_, i) => model(`m${i}`, 1 + i));
    for (const shown of [catalog.slice(0, 100), catalog.slice(-100)]) {
      const { page } = serve(catalog);
      const got = await collectAll(async (query) => ({ ...(await page(query)), models: shown }), {}, 400);
      expect(got).toMatchObject({ complete: false, calls: 3 });
      expect(got.message).toContain('the server ignores the bounds of sizes');
    }
  });

  test('and says that a part has more models than the whole is not asked again', async () => {
    for (const arrange of Object.values(orders)) {
      const catalog = Array.from({ length: 400 }, (_, i) => model(`m${i}`, 1 + i));
      const { page, queries } = serve(arrange(catalog, numbers(7)));
      const more = async (query: CatalogQuery) => {
        const answer = await page(query);
        return { ...answer, total: queries.length === 1 ? answer.total : 401 };
      };
      expect(await collectAll(more, {}, 400)).toMatchObject({ complete: false, calls: 3 });
    }
  });

  test('and shows what is no model is not called complete', async () => {
    for (const odd of [null, 5, {}, { tinker_id: 'a', size_b: 'seven' }, { size_b: 1 }]) {
      const page = async () => ({ limit: 100, total: 2, models: [model('m', 1), odd] }) as TrainingCatalog;
      const got = await collectAll(page, {}, 10);
      expect(got).toMatchObject({ complete: false, calls: 1 });
      expect(got.message).toContain('a model without an id and a size');
    }
  });

  test('and repeats a model is not called complete', async () => {
    const twice = [...alike(3, 1), ...alike(1, 1)];
    const got = await collectAll(serve(twice).page, {}, 50);
    expect(got).toMatchObject({ complete: false, total: 4 });
    expect(got.message).toContain('lists some ids more than once. Had 3, of 4');
  });
});

describe('a catalog that changes in between', () => {
  const spread = () => Array.from({ length: 101 }, (_, i) => model(`m${i}`, 1 + i));

  test('by one model that hides another is not called complete', async () => {
    // The one that the first page leaves out is taken for seen, because the new one takes its place.
    for (const size of [0.5, 1000])
      for (let hidden = 0; hidden < 101; hidden++) {
        const catalog = spread();
        catalog.push(...catalog.splice(hidden, 1));
        const before = (call: number) => {
          if (call === 1) catalog.unshift(model('new', size));
        };
        const got = await collectAll(serve(catalog, { before }).page, {}, 50);
        expect(got.complete && !ids(got.models).includes(`m${hidden}`), `${hidden}`).toBe(false);
      }
  });

  test('by one model that hides another of the same size is not called complete', async () => {
    // No page shows the family of the last one, and the new one fills the count.
    const catalog = alike(150, 8, (i) => ({ family: i === 149 ? 'mistral' : i % 2 ? 'llama' : 'qwen' }));
    const before = (call: number) => {
      if (call === 1) catalog.push(model('new', 8));
    };
    const own = { min_size_b: 8, max_size_b: 8 };
    const got = await collectAll(serve(catalog, { before }).page, own, 50);
    expect(ids(got.models)).not.toContain('m149');
    expect(got).toMatchObject({ complete: false, total: 150 });
    expect(got.models).toHaveLength(150);
    expect(got.message).toContain('the catalog changed while it was listed');
  });

  test('by one model that goes after it was seen is not called complete', async () => {
    const catalog = shuffled(
      Array.from({ length: 250 }, (_, i) => model(`m${i}`, 1 + i)),
      numbers(6),
    );
    const seen = catalog.slice(0, 100).sort((one, other) => other.size_b - one.size_b)[0] as TrainingModel;
    const before = (call: number) => {
      if (call === 2) catalog.splice(catalog.indexOf(seen), 1);
    };
    const got = await collectAll(serve(catalog, { before }).page, {}, 50);
    expect(got.complete).toBe(false);
    expect(ids(got.models)).toContain(seen.tinker_id);
  });

  let complete = 0;
  let runs = 0;
  test('never loses a model that was there unchanged throughout, nor shows one that never was', {
    timeout: long,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 101, max: 420 }),
        fc.constantFrom(...Object.keys(orders)),
        fc.integer(),
        fc.array(
          fc.record({
            call: fc.integer({ min: 1, max: 4 }),
            kind: fc.constantFrom('add', 'remove', 'replace', 'move'),
            at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
          }),
          { minLength: 1, maxLength: 2 },
        ),
        async (n, order, start, edits) => {
          const random = numbers(start);
          const catalog = (orders[order] as (typeof orders)[string])(
            Array.from({ length: n }, (_, i) => model(`m${i}`, Math.ceil(random() * n) / 4)),
            random,
          );
          const throughout = new Set(ids(catalog));
          const ever = new Set(throughout);
          const before = (call: number) => {
            for (const edit of edits.filter((one) => one.call === call)) {
              const index = Math.floor(edit.at * catalog.length);
              const old = catalog[index] as TrainingModel;
              const added = model(
                edit.kind === 'move' ? old.tinker_id : `new${call}${edit.at}`,
                edit.kind === 'replace' ? old.size_b : Math.ceil(random() * n) / 4,
              );
              if (edit.kind !== 'add') catalog.splice(index, 1);
              if (edit.kind !== 'add') throughout.delete(old.tinker_id);
              if (edit.kind !== 'remove') catalog.splice(Math.floor(random() * catalog.length), 0, added);
              if (edit.kind !== 'remove') ever.add(added.tinker_id);
            }
          };
          const { page, queries } = serve(catalog, { before });
          const got = await collectAll(page, {}, 60);
          expect(queries.length).toBe(got.calls);
          runs++;
          if (!got.complete) return;
          complete++;
          const list = new Set(ids(got.models));
          expect([...throughout].filter((id) => !list.has(id))).toEqual([]);
          expect([...list].filter((id) => !ever.has(id))).toEqual([]);
        },
      ),
      { seed, numRuns: 2000 },
    );
    console.log(`changes: seed ${seed}, ${complete} of ${runs} walks ended complete`);
    expect(complete / runs).toBeGreaterThan(0.1);
    expect(complete / runs).toBeLessThan(0.9);
  });
});

describe('any catalog', () => {
  test('with at most 100 models of one size is listed in full, whatever the order and the filters', {
    timeout: long,
  }, async () => {
    let walked = 0;
    let runs = 0;
    const bounds = fc.option(fc.double({ min: 0.1, max: 60, noNaN: true }), { nil: undefined, freq: 2 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            size: fc.oneof(fc.integer({ min: 1, max: 50 }), fc.double({ min: 0.1, max: 50, noNaN: true })),
            count: fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 100 })),
          }),
          { maxLength: 60, size: 'max' },
        ),
        fc.constantFrom(...Object.keys(orders)),
        fc.integer(),
        fc.record({
          min_size_b: bounds,
          max_size_b: bounds,
          family: fc.option(fc.constantFrom('llama', 'qwen', 'new'), { nil: undefined, freq: 3 }),
          algorithm: fc.option(fc.constantFrom('sft', 'ppo'), { nil: null, freq: 3 }),
          query: fc.option(fc.constantFrom('1', 'M'), { nil: undefined, freq: 3 }),
        }),
        fc.oneof(
          { weight: 4, arbitrary: fc.constant(1000) },
          { weight: 1, arbitrary: fc.integer({ min: 1, max: 12 }) },
        ),
        async (groups, order, start, own, maxCalls) => {
          const random = numbers(start);
          const unique = new Map(groups.map((group) => [group.size, group.count]));
          const made = [...unique].flatMap(([size, count]) =>
            Array.from({ length: count }, (_, i) =>
              model(`m-${size}-${i}`, size, {
                family: random() < 0.3 ? 'llama' : random() < 0.9 ? 'qwen' : 'new',
                supported_algorithms: random() < 0.5 ? ['sft'] : ['sft', 'ppo'],
              }),
            ),
          );
          const catalog = (orders[order] as (typeof orders)[string])(made, random);
          const { page, queries } = serve(catalog);
          const got = await collectAll(page, own, maxCalls);
          const expected = catalog.filter(matches(own));
          expect(got.calls).toBe(queries.length);
          expect(got.calls).toBeLessThanOrEqual(maxCalls);
          expect(got.total).toBe(expected.length);
          if (got.complete) expect(ids(got.models)).toEqual(ids(expected));
          expect(got.models.every(matches(own))).toBe(true);
          runs++;
          if (got.calls > 1) walked++;
          if (maxCalls < 1000) return;
          expect(got.complete).toBe(true);
          expect(got.calls).toBeLessThanOrEqual(2 * bound(expected.length));
        },
      ),
      { seed, numRuns: 2000 },
    );
    console.log(`catalogs: seed ${seed}, ${((100 * walked) / runs).toFixed(0)} % needed more than one call`);
    expect(walked / runs).toBeGreaterThan(0.25);
  });
});
