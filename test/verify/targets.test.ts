import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Mock, startMock } from '../../src/mock/index.ts';
import { createCatalogHandler } from '../../src/server/index.ts';
import { listen } from '../../src/server/node.ts';
import { verifyServer } from '../../src/verify/index.ts';
import { limit, type Model } from '../contract/from-yaml.ts';
import { catalogs, idsOf, isOfCatalog, mostCalls, verifyHandler } from './support.ts';

describe('The reference server', () => {
  test('passes every check over HTTP, notes too', async () => {
    const server = await listen(createCatalogHandler({ authorize: (token) => token === 'dn_key_1' }));
    try {
      const report = await verifyServer(server.url, { strict: true, apiKey: 'dn_key_1' });
      expect(report.checks.filter(({ status }) => status !== 'passed')).toEqual([]);
      expect(report.outcome).toBe('passed');
    } finally {
      await server.close();
    }
  });

  const fewerThan = (count: number) => (models: Model[]) => models.length < count;
  const overflows = (models: Model[]) => models.length > limit.maximum;

  /** For each reason to skip, the catalogs that give it. */
  const excuses: Record<string, (models: Model[]) => boolean> = {
    'the catalog is empty': fewerThan(1),
    'there are fewer than two models': fewerThan(2),
    'no filter tells the models apart': fewerThan(2),
    'no two filters narrow each other': fewerThan(4),
    'there are more matches than fit on a page': overflows,
    'all models are of one size': (models) => new Set(models.map(({ size_b }) => size_b)).size < 2,
    'no id or display name is a word of three characters': fewerThan(1),
  };

  test('fails no check on random catalogs of many lengths, and skips only what they cannot show', async () => {
    const seed = 7;
    const { maximum } = limit;
    const around = [maximum, maximum + 1, 2 * maximum + 50];
    const lengths = [0, 1, 2, 3, 4, 8, 15, 30, 60, ...around];
    let count = 0;
    let skipped = 0;
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
        expect(excuses[check.reason]?.(models), `${models.length} models: ${check.reason}`).toBe(true);
        skipped += 1;
      }
    }
    expect(skipped / count).toBeLessThan(0.06);
  });
});

test('a catalog of more models than fit on a page shows it if some are hidden until their family is asked for', async () => {
  const [models] = fc.sample(catalogs(limit.maximum + 20, limit.maximum + 40), { seed: 7, numRuns: 1 });
  const open = createCatalogHandler({ models: models?.slice(0, limit.maximum + 1) });
  const whole = createCatalogHandler({ models });
  const report = await verifyHandler((request) =>
    request.url.includes('family=') ? whole(request) : open(request),
  );
  expect(idsOf(report, 'failed')).toContain('family');
});

test('an empty catalog is inconclusive: what it cannot show is not passed', async () => {
  const report = await verifyHandler(createCatalogHandler({ models: [] }));
  expect(report.outcome).toBe('inconclusive');
  const shown = idsOf(report, 'passed');
  expect(
    shown.filter((id) => /^(search|order|models|filters|family|algorithm|min-size|max-size)(-|$)/.test(id)),
  ).toEqual(['family-accepted', 'algorithm-accepted']);
  expect(shown).toEqual(expect.arrayContaining(['auth-required', 'limit-refused', 'equal-requests']));
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
    expect(idsOf(report, 'skipped')).toEqual([]);
    const expected = `
      limit family algorithm min-size max-size filters-combine members-exact sizes-crossed search-unmatched
      search-encoding search-with-filter search-part search-literal auth-scheme-case min_size_b-empty
      max_size_b-empty limit-refused errors-named json-numbers parameter-repeated limit-with-filter limit-with-search`;
    expect(idsOf(report, 'failed').filter(isOfCatalog)).toEqual(expected.trim().split(/\s+/));
  });
});
