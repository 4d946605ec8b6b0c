import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Mock, startMock } from '../../src/mock/index.ts';
import { createCatalogHandler } from '../../src/server/index.ts';
import { listen } from '../../src/server/node.ts';
import { type Report, verifyServer } from '../../src/verify/index.ts';
import { limit } from '../contract/from-yaml.ts';
import { catalogs, idsOf, isOfCatalog, type Model, mostCalls, verifyHandler } from './support.ts';

/** Passed, every check of them. */
function expectAllPassed({ checks, outcome }: Report): void {
  expect(checks.filter(({ status }) => status !== 'passed')).toEqual([]);
  expect(checks.length).toBeGreaterThan(80);
  expect(outcome).toBe('passed');
}

describe('The reference server', () => {
  test('passes every check in process, advice too', async () => {
    const report = await verifyHandler(createCatalogHandler(), { strict: true, unsafe: true });
    expectAllPassed(report);
    console.log(`${report.checks.length} checks with ${report.calls} calls`);
    expect(report.calls).toBeLessThan(mostCalls);
  });

  test('passes every check over HTTP, advice too', async () => {
    const server = await listen(createCatalogHandler({ authorize: (token) => token === 'dn_key_1' }));
    try {
      const report = await verifyServer(server.url, { strict: true, apiKey: 'dn_key_1' });
      expectAllPassed(report);
    } finally {
      await server.close();
    }
  });

  /** For each reason to skip, the catalogs that give it. */
  const excuses: Record<string, (models: Model[]) => boolean> = {
    'the catalog is empty': (models) => models.length === 0,
    'there are fewer than two models': (models) => models.length < 2,
    'no filter tells the models apart': (models) => models.length < 2,
    'no family tells the models apart': (models) => distinct(models, (model) => model.family) < 2,
    'no algorithm tells the models apart': (models) =>
      distinct(models, (model) => `${model.supported_algorithms}`) < 2,
    'all models are of one size': (models) => distinct(models, (model) => model.size_b) < 2,
    'no two filters narrow each other': (models) => models.length < 4,
    'no id or display name has a space': (models) =>
      !models.some((model) => model.display_name.includes(' ')),
    'there are fewer than three models': (models) => models.length < 3,
    'no filter keeps several models and not all': (models) => models.length < 4,
    'no word is in several ids': (models) => models.length < 5,
    'too few models are left to narrow them by everything at once': (models) => models.length < 25,
    'the models have fewer than two values of family': (models) =>
      distinct(models, ({ family }) => family) < 2,
    'the models have fewer than two values of algorithm': (models) =>
      new Set(models.flatMap((model) => model.supported_algorithms)).size < 2,
    'no model has a value of algorithm': (models) =>
      models.every((model) => model.supported_algorithms.length === 0),
    'no value of algorithm has small letters': (models) =>
      models.every((model) => model.supported_algorithms.length === 0),
    'there are more models than fit on a page': (models) => models.length > limit.maximum,
    'there are more matches than fit on a page': (models) => models.length > limit.maximum,
  };
  const distinct = (models: Model[], value: (model: Model) => unknown) => new Set(models.map(value)).size;

  test('fails no check on 20 random catalogs, and skips only what they cannot show', async () => {
    const seed = 7;
    const { maximum } = limit;
    const around = [maximum - 1, maximum, maximum + 1, maximum + 30, 2 * maximum + 50];
    const lengths = [0, 1, 2, 3, 4, 6, 8, 10, 12, 15, 20, 25, 30, 40, 60, ...around];
    const skips = new Map<string, number>();
    let count = 0;
    for (const [index, length] of lengths.entries()) {
      const [models] = fc.sample(catalogs(length, length), { seed: seed + index, numRuns: 1 }) as [Model[]];
      const report = await verifyHandler(createCatalogHandler({ models }), { strict: true });
      expect(report.checks.filter(({ status }) => status === 'failed')).toEqual([]);
      const isOpen = report.checks.some(({ status }) => status === 'skipped');
      expect(report.outcome).toBe(isOpen ? 'inconclusive' : 'passed');
      expect(report.calls).toBeLessThan(mostCalls);
      count += report.checks.length;
      for (const check of report.checks) {
        if (check.status !== 'skipped') continue;
        expect([check.reason, models.length, excuses[check.reason]?.(models)]).toEqual([
          check.reason,
          models.length,
          true,
        ]);
        skips.set(check.reason, (skips.get(check.reason) ?? 0) + 1);
      }
    }
    console.log(`seed ${seed}; skipped of ${count}:`, Object.fromEntries(skips));
    const skipped = [...skips.values()].reduce((sum, count) => sum + count, 0);
    expect(skipped / count).toBeLessThan(0.15);
  });
});

describe('a catalog of more models than fit on a page', () => {
  const [many] = fc.sample(catalogs(limit.maximum + 20, limit.maximum + 40), { seed: 7, numRuns: 1 });
  const models = many as Model[];

  test('passes every check that counts', async () => {
    const report = await verifyHandler(createCatalogHandler({ models }));
    expect(report.checks.filter(({ status, advice }) => status !== 'passed' && !advice)).toEqual([]);
    expect(report.outcome).toBe('passed');
  });

  test('shows it if models are hidden until their family is asked for', async () => {
    const open = createCatalogHandler({ models: models.slice(0, limit.maximum + 1) });
    const whole = createCatalogHandler({ models });
    const report = await verifyHandler((request) =>
      request.url.includes('family=') ? whole(request) : open(request),
    );
    expect(idsOf(report, 'failed')).toContain('filters-within');
  });
});

test('an empty catalog is inconclusive: what it cannot show is not passed', async () => {
  const report = await verifyHandler(createCatalogHandler({ models: [] }));
  expect(report.outcome).toBe('inconclusive');
  const shown = idsOf(report, 'passed');
  expect(
    shown.filter((id) => /filter|unmatched|inclusive|search|encoding-[^m]|total|applied/.test(id)),
  ).toEqual([]);
  expect(shown).toContain('auth-required');
  expect(shown).toContain('limit-range');
});

describe('Prism, which takes its answers from the examples,', () => {
  let prism: Mock;
  beforeAll(async () => {
    prism = await startMock();
  });
  afterAll(() => prism.close());

  test('meets the checks that need no filtering, and fails the others', async () => {
    const report = await verifyServer(prism.url);
    expect(report.outcome).toBe('failed');
    expect(idsOf(report, 'passed').filter(isOfCatalog)).toMatchInlineSnapshot(`
      [
        "answer-status",
        "content-type",
        "answer-schema",
        "error-schema",
        "error-code",
        "auth-required",
        "auth-required-with-query",
        "auth-scheme",
        "auth-empty-token",
        "query-empty",
        "query-accepted",
        "family-empty",
        "family-accepted",
        "algorithm-empty",
        "algorithm-accepted",
        "min-size-b-type",
        "min-size-b-accepted",
        "max-size-b-type",
        "max-size-b-accepted",
        "limit-type",
        "limit-range",
        "limit-accepted",
        "limit-default",
        "limit-default-with-filter",
        "total-ignores-limit",
        "total-counts-matches",
        "total-narrows",
        "min-size-inclusive",
        "max-size-inclusive",
        "filters-within",
        "search-id",
        "search-display-name",
        "search-all",
        "encoding-space",
        "auth-before-query",
        "search-empty",
        "search-trimmed",
        "search-case",
        "search-part",
        "encoding-form",
        "encoding-malformed",
        "order-repeats",
        "order-stable",
        "order-with-filter",
        "parameter-unknown",
        "ids-distinct",
        "models-consistent",
      ]
    `);
    expect(idsOf(report, 'failed').filter(isOfCatalog)).toMatchInlineSnapshot(`
      [
        "min-size-b-empty",
        "max-size-b-empty",
        "limit-empty",
        "limit-echoed",
        "limit-applied",
        "limit-between",
        "limit-with-filter",
        "limit-with-search",
        "family-filter",
        "family-unmatched",
        "algorithm-filter",
        "algorithm-unmatched",
        "family-part",
        "algorithm-part",
        "min-size-filter",
        "max-size-filter",
        "size-decimals",
        "size-zero",
        "filters-combine",
        "filters-combine-all",
        "search-combines",
        "search-unmatched",
        "encoding-plus",
        "encoding-percent",
        "encoding-unicode",
        "error-names-parameter",
        "error-names-all",
        "size-infinite",
        "number-forms",
        "bounds-crossed",
        "family-case",
        "family-empty-value",
        "algorithm-case",
        "algorithm-empty-value",
        "search-wildcards",
        "search-only",
        "search-lookalikes",
        "family-several",
        "algorithm-several",
        "parameter-repeated",
        "path-unknown",
        "head",
        "auth-scheme-case",
      ]
    `);
    expect(idsOf(report, 'skipped').filter(isOfCatalog)).toMatchInlineSnapshot(`[]`);
  });
});
