import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createCatalogHandler } from '../../src/server/index.ts';
import { models as documented, type Model } from '../contract/from-yaml.ts';
import { faults } from './faults.ts';
import { atCatalog, catalogs, idsOf, isOfCatalog, mostCalls, verifyHandler } from './support.ts';

const seed = 20_260_101;
const [random] = fc.sample(catalogs(40, 60), { seed, numRuns: 1 }) as [Model[]];

const everything = { strict: true, unsafe: true };

describe.each([
  ['the default catalog', documented],
  [`a random catalog (seed ${seed})`, random],
])('On %s', (_name, models) => {
  test('the reference server passes every check, and each is one that a fault is made for', async () => {
    const report = await verifyHandler(createCatalogHandler({ models }), everything);
    expect(report.checks.filter(({ status }) => status !== 'passed')).toEqual([]);
    expect(report.outcome).toBe('passed');
    expect(report.calls).toBeLessThan(mostCalls);
    const aimedAt = new Set(faults.map(({ check }) => check));
    expect(idsOf(report, 'passed').filter((id) => isOfCatalog(id) && !aimedAt.has(id))).toEqual([]);
  });

  test.each(faults)('a server where $name fails $check', async ({ check, breaks, alone }) => {
    const report = await verifyHandler(atCatalog(breaks(createCatalogHandler({ models }))), everything);
    const failed = idsOf(report, 'failed');
    expect(failed).toContain(check);
    if (alone) expect(failed).toEqual([check]);
    expect(report.outcome).toBe('failed');
    expect(report.calls).toBeLessThan(mostCalls);
  });
});
