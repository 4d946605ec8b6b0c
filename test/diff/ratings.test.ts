/** Every kind of edit, with the rating that a reviewer who knows semantic versioning gives it. */
import { beforeAll, expect, test } from 'vitest';
import { type Change, highest } from '../../scripts/diff/compare.ts';
import { severities } from '../../scripts/diff/ratings.ts';
import { nextVersion, versionProblems } from '../../scripts/diff/version.ts';
import { compareMany } from './many.ts';
import { documentEdits, operationEdits } from './tables/operations.ts';
import {
  type Any,
  api,
  callback,
  callbackOfCallback,
  callbackOfHook,
  hook,
  object,
  type Rating,
  readTable,
  ref,
  returning,
  taking,
} from './tables/small.ts';

/** Where a schema is sent to the API, and where it comes to callers. */
const positions: [name: string, isSent: boolean, build: (schema: Any) => Any][] = [
  ['a request', true, taking],
  ['a response', false, returning],
  ['a parameter', true, (schema) => api({ parameters: [{ name: 'q', in: 'query', schema }] })],
  ['a header', false, (schema) => api({ responses: { 200: { headers: { 'X-A': { schema } } } } })],
  ['a shared property', true, (schema) => taking(object({ b: ref('A'), c: ref('A') }), { A: schema })],
  ['a webhook', false, (schema) => taking(schema, {}, hook)],
  ['the answer to a webhook', true, (schema) => returning(schema, {}, hook)],
  ['a callback', false, (schema) => taking(schema, {}, callback)],
];

/** Its rating where callers send it, and where it comes to them; the edit. */
type SchemaEdit = [sent: Rating, back: Rating, name: string, before: Any, after: Any];
const { edits: schemaEdits, cautious } =
  readTable<Record<'edits' | 'cautious', SchemaEdit[]>>('schemas.yaml');

const higher = (one: Rating, other: Rating): Rating =>
  severities.findLast((severity) => severity === one || severity === other);

const cases = [
  ...[...schemaEdits, ...cautious].flatMap(([sent, back, name, before, after]) =>
    positions.map(([position, isSent, build]) => ({
      name: `${name}, in ${position}`,
      rating: isSent ? sent : back,
      base: build(before),
      revision: build(after),
      most: schemaEdits.some((edit) => edit[2] === name) ? 1 : 9,
    })),
  ),
  ...operationEdits.flatMap(([called, calling, name, before, after]) =>
    [api, hook, callback, callbackOfHook, callbackOfCallback].map((build) => ({
      name: `${name}, in ${build.name}`,
      // Who calls in a callback of a callback is not known.
      rating:
        build === api ? called : build === hook || build === callback ? calling : higher(called, calling),
      base: build(before),
      revision: build(after),
      most: 3,
    })),
  ),
  ...documentEdits.map(([rating, name, base, revision]) => ({ name, rating, base, revision, most: 2 })),
].map((each, index) => ({ ...each, index }));

let found: Change[][];

beforeAll(async () => {
  found = await compareMany(cases);
}, 120_000);

test.each(cases)('$name: $rating', ({ rating, most, index }) => {
  const changes = found[index] as Change[];
  const shown = JSON.stringify(changes, null, 2);
  expect(highest(changes) ?? null, shown).toBe(rating ?? null);
  for (const { base, revision } of changes) expect(base ?? revision).toMatch(/^#\//);
  expect(changes.length, shown).toBeLessThanOrEqual(most);
});

test.each([undefined, 'patch', 'minor', 'major'] as const)(
  'a change rated %s is in order with the next version, and with no earlier one',
  (severity) => {
    const release = { base: '1.4.2', severity };
    const needed = nextVersion('1.4.2', severity);
    expect(versionProblems({ ...release, contract: needed, package: needed })).toEqual([]);
    const same = versionProblems({ ...release, contract: '1.4.2', package: '1.4.2' });
    expect(same).toHaveLength(severity ? 1 : 0);
  },
);
