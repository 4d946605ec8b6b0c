/** What means the same is no change, wherever it stands; words are told apart from the rest. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { Change } from '../../scripts/diff/changes.ts';
import { compare, compareAll } from '../../scripts/diff/compare.ts';
import { type Any, api, asking, returning, taking } from './tables/small.ts';
import { schemas, spellings } from './tables/spellings.ts';

const places: [name: string, build: (schema: Any) => Any][] = [
  ['a response', (schema) => returning(schema, schemas)],
  ['a request', (schema) => taking(schema, schemas)],
  ['a property', (schema) => returning({ type: 'object', properties: { it: schema } }, schemas)],
  ['a parameter', (schema) => asking({ schema }, { components: { schemas } })],
];

const cases = spellings.flatMap(([name, one, other]) =>
  places.flatMap(([place, build]) => [
    { name: `${name}, in ${place}`, base: build(one), revision: build(other) },
    { name: `${name}, the other way round, in ${place}`, base: build(other), revision: build(one) },
  ]),
);

describe('spellings of the same', () => {
  let found: Change[][];

  beforeAll(async () => {
    found = await compareAll(cases);
  });

  test.each(cases.map(({ name }, index) => ({ name, index })))('$name', ({ index }) => {
    expect((found[index] as Change[]).filter(({ words }) => !words)).toEqual([]);
  });
});

const operation = (parameters: Any[], own: Any[], more: Any = {}) => ({
  ...api({}),
  paths: { '/things': { parameters, get: { ...api({}).paths['/things'].get, parameters: own } } },
  ...more,
});
const q = { name: 'q', in: 'query', schema: { type: 'string' } };
const p = { name: 'p', in: 'query', schema: { type: 'integer' } };

test.each([
  ['on the path', operation([q, p], [])],
  ['on both', operation([{ ...q, required: true }, p], [q])],
  ['in another order', operation([], [p, q])],
  [
    'by reference',
    operation([], [{ $ref: '#/components/parameters/q' }, p], { components: { parameters: { q } } }),
  ],
  [
    'with all defaults',
    operation(
      [],
      [
        {
          ...q,
          required: false,
          style: 'form',
          explode: true,
          allowReserved: false,
          allowEmptyValue: false,
          deprecated: false,
        },
        p,
      ],
    ),
  ],
  ['twice', operation([], [q, p, { ...q, schema: { type: 'boolean' } }])],
])('parameters are the same %s', async (_, other) => {
  expect(await compare(operation([], [q, p]), other)).toEqual([]);
});

test('a path may be a reference', async () => {
  const inPlace = api({});
  const item = inPlace.paths['/things'];
  const byReference = {
    ...inPlace,
    paths: { '/things': { $ref: '#/components/pathItems/things' } },
    components: { pathItems: { things: item } },
  };
  expect(await compare(inPlace, byReference)).toEqual([]);
});

test('a document of OpenAPI 3.0 says the same in its own way', async () => {
  const old = {
    ...returning({
      type: 'object',
      nullable: true,
      properties: { a: { type: 'number', minimum: 0, exclusiveMinimum: true } },
    }),
    openapi: '3.0.3',
  };
  const current = returning({
    type: ['object', 'null'],
    properties: { a: { type: 'number', exclusiveMinimum: 0 } },
  });
  expect(await compare(old, current)).toEqual([]);
  const [change] = await compare(current, { ...old, openapi: '3.1.0' });
  expect(change?.message).toContain('is never null any more');
});

describe('words', () => {
  const text = (words: Any) =>
    asking({ description: 'What to look for.', schema: { type: 'string', ...words } });

  test('are told one by one, with their places', async () => {
    expect(await compare(text({}), text({ description: 'One of few.', title: 'Q' }))).toEqual([
      {
        impact: 'patch',
        words: true,
        message: 'Description of query parameter `q` was added.',
        revision: '#/paths/~1things/get/parameters/0/schema/description',
      },
      {
        impact: 'patch',
        words: true,
        message: 'Title of query parameter `q` was added.',
        revision: '#/paths/~1things/get/parameters/0/schema/title',
      },
    ]);
  });

  test('said twice are said once', async () => {
    expect(await compare(text({}), text({ description: 'What to look for.' }))).toEqual([]);
  });

  test('of a schema that many share are told once', async () => {
    const shared = (description: string) =>
      returning(
        {
          type: 'object',
          properties: { a: { $ref: '#/components/schemas/A' }, b: { $ref: '#/components/schemas/A' } },
        },
        { A: { type: 'string', description } },
      );
    expect(await compare(shared('One.'), shared('Two.'))).toHaveLength(1);
  });

  test.each([
    ['an example', { example: 'a' }, { example: 'b' }],
    ['an extension', { 'x-order': 1 }, {}],
    ['a link', { externalDocs: { url: 'https://a.example' } }, {}],
  ])('%s is one of them', async (_, one, other) => {
    const changes = await compare(text(one), text(other));
    expect(changes).toMatchObject([{ impact: 'patch', words: true }]);
  });

  test('of the API as a whole are told, but not its version', async () => {
    const titled = (info: Any) => api({}, { info });
    expect(await compare(titled({ title: 'A', version: '1' }), titled({ title: 'A', version: '2' }))).toEqual(
      [],
    );
    const changes = await compare(titled({ title: 'A', version: '1' }), titled({ title: 'B', version: '1' }));
    expect(changes).toMatchObject([{ impact: 'patch', message: 'Title of the API changed.' }]);
  });
});
