/** Every kind of edit, with the rating that a reviewer who knows semantic versioning gives it. */
import { beforeAll, expect, test } from 'vitest';
import type { Change } from '../../scripts/diff/changes.ts';
import { compareAll } from '../../scripts/diff/compare.ts';
import { overrides } from '../../scripts/diff/ratings.ts';
import { highest, rate } from '../../scripts/diff/redocly-diff.ts';
import { nextVersion, versionProblems } from '../../scripts/diff/version.ts';
import { edited } from '../contract/edit.ts';
import { edits } from './tables/contract.ts';
import { operationEdits } from './tables/operations.ts';
import { schemaEdits } from './tables/schemas.ts';
import { returning, taking } from './tables/small.ts';

const today = edited();

const cases = [
  ...edits.map(([rating, name, edit, undone]) => {
    const other = edited(edit);
    return { name, rating, base: undone ? other : today, revision: undone ? today : other };
  }),
  ...schemaEdits.flatMap(([sent, back, name, before, after]) => [
    {
      name: `${name}, in a request`,
      rating: sent,
      base: taking(before),
      revision: taking(after),
      single: true,
    },
    {
      name: `${name}, in a response`,
      rating: back,
      base: returning(before),
      revision: returning(after),
      single: true,
    },
  ]),
  ...operationEdits.map(([rating, name, base, revision]) => ({ name, rating, base, revision })),
].map((each, index) => ({ single: false, ...each, index }));

let found: Change[][];

beforeAll(async () => {
  found = await compareAll(cases);
}, 60_000);

test.each(cases)('$name: $rating', ({ rating, single, index }) => {
  const changes = found[index] as Change[];
  const shown = JSON.stringify(changes, null, 2);
  expect(highest(changes), shown).toBe(rating);
  for (const { base, revision } of changes) expect(base ?? revision).toMatch(/^#\//);
  if (single) expect(changes.length, shown).toBeLessThan(2);
});

test('a schema that eleven responses share changes once', () => {
  expect(found[cases.findIndex(({ name }) => name === 'an error type is added')]).toHaveLength(1);
});

test('each departure from `redocly diff` is needed by one of these edits', () => {
  const used = new Set(found.flat().map(({ why }) => why));
  expect(overrides.map(({ why }) => why).filter((why) => !used.has(why))).toEqual([]);
});

test.each([undefined, 'patch', 'minor', 'major'] as const)(
  'a change rated %s is in order with the next version, and with no earlier one',
  (impact) => {
    const release = { base: '1.4.2', impact };
    const needed = nextVersion('1.4.2', impact);
    expect(versionProblems({ ...release, contract: needed, package: needed })).toEqual([]);
    const same = versionProblems({ ...release, contract: '1.4.2', package: '1.4.2' });
    expect(same).toHaveLength(impact ? 1 : 0);
  },
);

test('rules that are not loaded are noticed by the changes planted for them', async () => {
  const maximum = (value: number) => new Map([['maximum', { value, pointer: '#' }]]);
  const sides = { base: maximum(2), revision: maximum(1) };
  const difference = { of: 'schema', direction: 'request', subject: 'x', ...sides } as const;
  await expect(rate([difference], 'rules: {}\n')).rejects.toThrow(
    'not in force: it rated the planted changes "patch,patch"',
  );
});
