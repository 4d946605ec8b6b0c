import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createCatalogHandler } from '../../src/server/index.ts';
import { models as documented } from '../contract/from-yaml.ts';
import { faults } from './faults.ts';
import { atCatalog, catalogs, idsOf, isOfCatalog, type Model, mostCalls, verifyHandler } from './support.ts';

const seed = 20_260_101;
const [random] = fc.sample(catalogs(40, 60), { seed, numRuns: 1 }) as [Model[]];
const data = [
  ['the default catalog', documented],
  [`a random catalog (seed ${seed})`, random],
] as const;

const everything = { strict: true, unsafe: true };

/** What each broken server failed, by fault. */
const caught = new Map<string, Set<string>>();
let ids: string[] = [];

describe.each(data)('On %s', (_name, models) => {
  test('the good server fails nothing and shows everything', async () => {
    const report = await verifyHandler(createCatalogHandler({ models }), everything);
    expect(report.checks.filter(({ status }) => status !== 'passed')).toEqual([]);
    expect(report.outcome).toBe('passed');
    ids = report.checks.map(({ id }) => id).filter(isOfCatalog);
  });

  test.each(faults)('a server where $name fails $check', async ({ name, check, breaks, alone }) => {
    const report = await verifyHandler(atCatalog(breaks(createCatalogHandler({ models }))), everything);
    const failed = idsOf(report, 'failed');
    caught.set(name, new Set([...(caught.get(name) ?? []), ...failed]));
    expect(failed).toContain(check);
    if (alone) expect(failed).toEqual([check]);
    expect(report.outcome).toBe('failed');
    expect(report.calls).toBeLessThan(mostCalls);
  });
});

test('every check is the one made for a fault, so none passes whatever the server does', () => {
  const rows = faults.map(({ name, check }) => {
    const others = [...(caught.get(name) ?? [])].filter((id) => id !== check);
    return `${name.padEnd(66)} ${check}${others.length > 0 ? ` (+ ${others.length})` : ''}`;
  });
  console.log(['fault → check (+ how many others fail with it)', ...rows].join('\n'));
  const aimed = new Set(faults.map(({ check }) => check));
  expect(ids.filter((id) => !aimed.has(id))).toEqual([]);
  expect(new Set(faults.map(({ name }) => name)).size).toBe(faults.length);
});
