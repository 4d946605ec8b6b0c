/** How many findings one mistake of a server makes, and how much they count. */
import { expect, test } from 'vitest';
import { createCatalogHandler } from '../../src/server/index.ts';
import type { Report } from '../../src/verify/index.ts';
import { models as documented, limit, type Model } from '../contract/from-yaml.ts';
import { areCrossed, onPage, type Page, readsQuery, refuses } from './breaks.ts';
import { atCatalog, idsOf, verifyHandler } from './support.ts';

const good = createCatalogHandler();

const failures = (report: Report) =>
  report.checks.flatMap((check) => (check.status === 'failed' ? [check] : []));

/** A server that changes each page. */
const changing = (edit: (page: Page) => unknown) => atCatalog(onPage(edit)(good));

const fields = Object.keys(documented[0] as Model).filter((field) => field !== 'pricing');

test.each(fields)('a mistyped %s is one finding, with its place and how often it came', async (field) => {
  const broken = changing(({ models }) => {
    for (const model of models) Object.assign(model, { [field]: { no: 'such type' } });
  });
  for (const strict of [false, true]) {
    const report = await verifyHandler(broken, { strict });
    expect(failures(report)).toMatchObject([{ id: 'answer-schema' }]);
    expect(failures(report)[0]?.received).toMatch(
      new RegExp(`^models\\[0\\]\\.${field}: .+ \\(and so in \\d+ more of \\d+ answers\\)$`),
    );
    expect(report.outcome).toBe('failed');
  }
});

test('what a server tells of a model beyond the contract may differ, as may the order of its algorithms', async () => {
  let page = 0;
  const lively = changing(({ models }) => {
    page += 1;
    for (const model of models) {
      Object.assign(model, { score: page });
      if (page % 2) model.supported_algorithms.reverse();
      if (page % 3 && model.pricing === null) delete model.pricing;
    }
  });
  expect(failures(await verifyHandler(lively, { strict: true }))).toEqual([]);
});

test.each<[what: string, check: string, edit: (page: Page) => unknown]>([
  [
    'a model that comes twice',
    'ids-distinct',
    ({ models }) => ({ models: [...models.slice(0, 1), ...models.slice(0, 1), ...models.slice(2)] }),
  ],
  [
    'a model that changes from page to page',
    'models-consistent',
    ({ models }) => {
      for (const model of models) model.context_length += models.length;
    },
  ],
])('%s fails a run that is not strict', async (_, id, edit) => {
  expect(failures(await verifyHandler(changing(edit)))).toContainEqual(
    expect.objectContaining({ id, advice: false }),
  );
});

test.each([
  ['lower', 'min-size-inclusive', 13.7],
  ['upper', 'max-size-inclusive', 9.6],
])('a server that keeps sizes in single precision loses a model at its %s bound', async (_, id, size) => {
  // As 13.7 is 13.699999809265137 then, and 9.6 is 9.600000381469727; shown are the shorter numbers.
  const single = Math.fround(size);
  const models = documented.map((model, index) => (index === 7 ? { ...model, size_b: single } : model));
  const kept = createCatalogHandler({ models });
  const report = await verifyHandler(async (request) => {
    const response = await kept(request);
    return new Response((await response.text()).replaceAll(`${single}`, `${size}`), response);
  });
  expect(idsOf(report, 'failed')).toEqual([id]);
});

test('where the contract is silent, nothing fails but a strict run', async () => {
  let pages = 0;
  const careless = [
    refuses(areCrossed),
    // Any letter case, and commas between families.
    readsQuery((query) => {
      const family = query.get('family');
      if (family === '' || family?.includes(',')) query.delete('family');
      else if (family) query.set('family', family.toLowerCase());
    }),
    // Another order each time.
    onPage(({ models }: Page) => {
      pages += 1;
      models.push(...models.splice(0, pages % 3));
    }),
  ].reduce((handler, breaks) => breaks(handler), good);
  const report = await verifyHandler(atCatalog(careless));
  expect(failures(report).filter(({ advice }) => !advice)).toEqual([]);
  expect(report.outcome).toBe('passed');
  expect(idsOf(report, 'failed')).toEqual(
    expect.arrayContaining([
      'order-repeats',
      'family-case',
      'family-several',
      'family-empty-value',
      'bounds-crossed',
    ]),
  );
});

test('a server whose second answer to the same request never comes is caught', async () => {
  const asked = new Set<string>();
  const report = await verifyHandler(
    (request) => {
      const known =
        asked.has(request.url) &&
        request.headers.has('authorization') &&
        request.url.endsWith(`limit=${limit.maximum}`);
      asked.add(request.url);
      return known ? new Promise(() => {}) : good(request);
    },
    { timeoutMs: 50 },
  );
  expect(idsOf(report, 'failed')).toEqual(['order-repeats']);
  expect(failures(report)[0]?.received).toBe('No complete answer within 50 ms.');
});

test('a fetch that is at fault is a report, not a crash', async () => {
  const report = await verifyHandler(() => {
    throw new ReferenceError('x is not defined');
  });
  expect(report).toMatchObject({ outcome: 'could-not-run' });
  expect(report.reason).toContain('Option fetch threw a ReferenceError: x is not defined');
});
