/** What means the same is no change, wherever it is; changes of words are marked. */
import { beforeAll, describe, expect, test } from 'vitest';
import { type Change, compare } from '../../scripts/diff/compare.ts';
import { compareMany } from './many.ts';
import {
  type Any,
  api,
  asking,
  integer,
  number,
  object,
  readTable,
  ref,
  returning,
  taking,
  text,
} from './tables/small.ts';

const { schemas, spellings } = readTable<{ schemas: Any; spellings: [name: string, one: Any, other: Any][] }>(
  'spellings.yaml',
);

const positions: [name: string, build: (schema: Any) => Any][] = [
  ['a response', (schema) => returning(schema, schemas)],
  ['a request', (schema) => taking(schema, schemas)],
  ['a property', (schema) => returning(object({ it: schema }), schemas)],
  ['a parameter', (schema) => asking({ schema }, { components: { schemas } })],
];

const cases = spellings.flatMap(([name, one, other]) =>
  positions.flatMap(([position, build]) => [
    { name: `${name}, in ${position}`, base: build(one), revision: build(other) },
    { name: `${name}, the other way round, in ${position}`, base: build(other), revision: build(one) },
  ]),
);

describe('spellings of the same', () => {
  let found: Change[][];

  beforeAll(async () => {
    found = await compareMany(cases);
  });

  test.each(cases.map(({ name }, index) => ({ name, index })))('$name', ({ index }) => {
    expect((found[index] as Change[]).filter(({ words }) => !words)).toEqual([]);
  });
});

/** `GET /things` with the parameters of its path and those of its operation. */
const withParameters = (ofPath: Any[], ofOperation: Any[], more: Any = {}) => ({
  ...api({}),
  paths: { '/things': { parameters: ofPath, ...api({ parameters: ofOperation }).paths['/things'] } },
  ...more,
});
const q = { name: 'q', in: 'query', schema: text() };
const p = { name: 'p', in: 'query', schema: integer() };
const defaults = { required: false, style: 'form', explode: true, allowReserved: false };

test.each([
  ['on the path', withParameters([q, p], [])],
  ['on both', withParameters([{ ...q, required: true }, p], [q])],
  ['in another order', withParameters([], [p, q])],
  [
    'by reference',
    withParameters([], [{ $ref: '#/components/parameters/q' }, p], { components: { parameters: { q } } }),
  ],
  [
    'with all defaults',
    withParameters([], [{ ...q, ...defaults, allowEmptyValue: false, deprecated: false }, p]),
  ],
  ['twice', withParameters([], [q, p, { ...q, schema: { type: 'boolean' } }])],
])('parameters are the same %s', async (_, other) => {
  expect(await compare(withParameters([], [q, p]), other)).toEqual([]);
});

test('a path item by reference is no change', async () => {
  const byReference = {
    ...api({}),
    paths: { '/things': { $ref: '#/components/pathItems/things' } },
    components: { pathItems: { things: api({}).paths['/things'] } },
  };
  expect(await compare(api({}), byReference)).toEqual([]);
});

test('exclusive bounds and nullable of OpenAPI 3.0 are no change', async () => {
  const bounded = number({ minimum: 0, exclusiveMinimum: true });
  const old = { ...returning(object({ a: bounded }, { nullable: true })), openapi: '3.0.3' };
  const current = returning({ ...object({ a: number({ exclusiveMinimum: 0 }) }), type: ['object', 'null'] });
  expect(await compare(old, current)).toEqual([]);
  const [change] = await compare(current, { ...old, openapi: '3.1.0' });
  expect(change?.message).toContain('is never null any more');
});

describe('changes of words', () => {
  const withWords = (words: Any) => asking({ description: 'What to look for.', schema: text(words) });

  test('are reported one by one, with their pointers', async () => {
    const revision = withWords({ description: 'One of few.', title: 'Q' });
    expect(await compare(withWords({}), revision)).toEqual([
      {
        severity: 'patch',
        words: true,
        message: 'Description of query parameter `q` changed.',
        base: '#/paths/~1things/post/parameters/0/description',
        revision: '#/paths/~1things/post/parameters/0/description',
      },
      {
        severity: 'patch',
        words: true,
        message: 'Title of query parameter `q` was added.',
        base: '#/paths/~1things/post/parameters/0',
        revision: '#/paths/~1things/post/parameters/0/schema/title',
      },
    ]);
  });

  test('do not come from words that a parameter and its schema share', async () => {
    expect(await compare(withWords({}), withWords({ description: 'What to look for.' }))).toEqual([]);
  });

  test('of a shared schema are reported once', async () => {
    const shared = (description: string) =>
      returning(object({ a: ref('A'), b: ref('A') }), { A: text({ description }) });
    expect(await compare(shared('One.'), shared('Two.'))).toHaveLength(1);
  });

  test.each([
    ['an example', { example: 'a' }, { example: 'b' }],
    ['an extension', { 'x-order': 1 }, {}],
    ['a link', { externalDocs: { url: 'https://a.example' } }, {}],
  ])('include %s', async (_, one, other) => {
    const changes = await compare(withWords(one), withWords(other));
    expect(changes).toMatchObject([{ severity: 'patch', words: true }]);
  });

  test('of the API as a whole are reported, but not its version', async () => {
    const titled = (title: string, version: string) => api({}, { info: { title, version } });
    expect(await compare(titled('A', '1'), titled('A', '2'))).toEqual([]);
    const changes = await compare(titled('A', '1'), titled('B', '1'));
    expect(changes).toMatchObject([{ severity: 'patch', message: 'Title of the API changed.' }]);
  });
});
