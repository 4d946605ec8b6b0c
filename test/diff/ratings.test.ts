/** Every kind of edit, with the rating that a reviewer who knows semantic versioning gives it. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { Change } from '../../scripts/diff/changes.ts';
import { compareAll } from '../../scripts/diff/compare.ts';
import { overrides } from '../../scripts/diff/ratings.ts';
import { highest, rate } from '../../scripts/diff/redocly-diff.ts';
import { nextVersion, versionProblems } from '../../scripts/diff/version.ts';
import { edited, edits } from './tables/contract.ts';
import { operationEdits } from './tables/operations.ts';
import { schemaEdits } from './tables/schemas.ts';
import { returning, taking } from './tables/small.ts';

const today = edited();

const cases = [
  ...edits.map(([rating, name, edit, undone]) => {
    const other = edited(edit);
    return { name, rating, base: undone ? other : today, revision: undone ? today : other };
  }),
  ...schemaEdits.flatMap(([name, before, after, sent, back]) => [
    { name: `${name}, in a request`, rating: sent, base: taking(before), revision: taking(after) },
    { name: `${name}, in a response`, rating: back, base: returning(before), revision: returning(after) },
  ]),
  ...operationEdits.map(([rating, name, base, revision]) => ({ name, rating, base, revision })),
];

describe('rating', () => {
  let found: Change[][];

  beforeAll(async () => {
    found = await compareAll(cases);
  }, 60_000);

  test.each(cases.map(({ name, rating }, index) => ({ name, rating, index })))(
    '$name: $rating',
    ({ rating, index }) => {
      const changes = found[index] as Change[];
      expect(highest(changes), JSON.stringify(changes, null, 2)).toBe(rating);
      for (const { base, revision } of changes) expect(base ?? revision).toMatch(/^#\//);

      const needed = nextVersion('1.4.2', rating);
      const release = { base: '1.4.2', impact: highest(changes) };
      expect(versionProblems({ ...release, contract: needed, package: needed })).toEqual([]);
      const raised = versionProblems({ ...release, contract: '1.4.2', package: '1.4.2' });
      expect(raised).toHaveLength(rating ? 1 : 0);
    },
  );

  test.each(schemaEdits.map(([name]) => name))('one edit is one line: %s', (name) => {
    for (const [index, { name: other }] of cases.entries()) {
      if (other.startsWith(`${name}, in a re`))
        expect(found[index]?.length, JSON.stringify(found[index])).toBeLessThan(2);
    }
  });

  test('a schema that eleven responses share changes once', () => {
    expect(found[cases.findIndex(({ name }) => name === 'an error type is added')]).toHaveLength(1);
  });

  test('each departure from `redocly diff` is needed by one of these edits', () => {
    const used = new Set(found.flat().map(({ why }) => why));
    expect(overrides.map(({ why }) => why).filter((why) => !used.has(why))).toEqual([]);
  });
});

test('rules that are not loaded are noticed by the changes planted for them', async () => {
  const keywords = (value: number) => new Map([['maximum', { value, pointer: '#' }]]);
  const difference = {
    of: 'schema',
    direction: 'request',
    subject: 'x',
    base: keywords(2),
    revision: keywords(1),
  } as const;
  await expect(rate([difference], 'rules: {}\n')).rejects.toThrow(
    'not in force: it rated the planted changes "patch,patch"',
  );
});
