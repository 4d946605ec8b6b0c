import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createCatalogHandler } from '../../src/server/index.ts';
import { models as documented, type Model } from '../contract/from-yaml.ts';
import { faults } from './faults.ts';
import { atCatalog, catalogs, idsOf, isOfCatalog, mostCalls, verifyHandler } from './support.ts';

const seed = 20_260_101;
const [random] = fc.sample(catalogs(40, 60), { seed, numRuns: 1 }) as [Model[]];

test.each([
  ['the documented catalog', documented],
  [`a random catalog (seed ${seed})`, random],
])(
  'the reference server with %s passes every check, and each is one that a fault is made for',
  async (_, models) => {
    const report = await verifyHandler(createCatalogHandler({ models }), { strict: true });
    expect(report.checks.filter(({ status }) => status !== 'passed')).toEqual([]);
    expect(report.outcome).toBe('passed');
    expect(report.calls).toBeLessThan(mostCalls);
    // Where the catalog itself is not answered there is no run; `grown.test.ts` has it for another operation.
    const aimedAt = new Set(['called', ...faults.map(([, check]) => check)]);
    expect(idsOf(report, 'passed').filter((id) => isOfCatalog(id) && !aimedAt.has(id))).toEqual([]);
  },
);

test.each(faults)('a server where %s fails the check %s', async (name, check, breaks) => {
  // Half of them serve another catalog, as a fault must not show by the luck of one.
  const models = name.length % 2 === 0 ? documented : random;
  const report = await verifyHandler(atCatalog(breaks(createCatalogHandler({ models }))));
  expect(idsOf(report, 'failed')).toContain(check);
  const isNote = report.checks.find(({ id }) => id === check)?.severity === 'should';
  if (!isNote) expect(report.outcome).toBe('failed');
  expect(report.calls).toBeLessThan(mostCalls);
});
