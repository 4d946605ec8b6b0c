import { describe, expect, test } from 'vitest';
import * as info from '../../generated/info.ts';
import * as operations from '../../generated/operations.ts';
import type { Operation } from '../../generated/types.ts';
import {
  catalogPath,
  errorResponses,
  operationId,
  queryParameters,
  serverUrl,
  version,
} from '../contract/from-yaml.ts';
import { compile, generatedModules, temporaryFolder } from './scratch.ts';
import { answering, document, load } from './small.ts';

const nothing = { responses: { 204: { description: '-' } } };
const query = (name: string, schema: object, more: object = {}) => ({ name, in: 'query', schema, ...more });

/** A document with one operation, `look`. */
const looking = (operation: object, components: object = {}, more: object = {}) =>
  document({ '/pets': { get: { operationId: 'look', ...nothing, ...operation } } }, components, more);

test('the operation metadata of the catalog is that of the YAML', () => {
  const { [operationId]: catalog } = operations as Record<string, Operation>;
  expect(catalog).toMatchObject({ operationId, method: 'get', path: catalogPath, secured: true });
  expect(Object.keys(catalog?.parameters.query ?? {})).toEqual(queryParameters.map(({ name }) => name));
  for (const { status, retry, advice } of errorResponses) {
    expect(catalog?.responses[status], `${status}`).toEqual({
      mediaTypes: ['application/json'],
      ...(retry && { retry }),
      advice,
    });
  }
  const retried = errorResponses.filter(({ retry }) => retry).map(({ status }) => String(status));
  expect({ ...info }).toEqual({ version, serverUrl, retryStatuses: retried });
});

describe('the name of an operation', () => {
  test('is its id as an identifier, unique even where letter case does not count', async () => {
    const expected = {
      'list-pets': 'list_pets',
      listPets: 'listPets',
      listpets: 'listpets_2',
      delete: 'delete_',
      await: 'await_',
      '1st': '_1st',
      Operation: 'Operation_2',
      índice: '_ndice',
      'a b': 'a_b',
    };
    const paths = Object.keys(expected).map((operationId, index) => [
      `/${index}`,
      { get: { operationId, ...nothing } },
    ]);
    const folder = temporaryFolder();
    const { operations, examples, validators } = await load(document(Object.fromEntries(paths)), folder);
    const names = Object.entries(operations).map(([name, { operationId }]) => [operationId, name]);
    expect(Object.fromEntries(names)).toEqual(expected);
    for (const modules of [examples, validators]) {
      expect(Object.keys(modules).sort()).toEqual(Object.values(expected).sort());
    }
    expect(await compile(generatedModules(folder))).toEqual([]);
  });

  test('comes from method and path where there is no id', async () => {
    const { operations } = await load(document({ '/pets/{id}': { get: nothing, delete: nothing } }));
    const ids = Object.entries(operations).map(([name, { operationId }]) => [name, operationId]);
    expect(Object.fromEntries(ids)).toEqual({
      delete_pets_id_: 'delete /pets/{id}',
      get_pets_id_: 'get /pets/{id}',
    });
  });
});

describe('parameters', () => {
  test('are those of the path and of the operation, which replace the former', async () => {
    const { operations } = await load(
      document({
        '/pets': {
          parameters: [query('limit', { type: 'string' }), query('page', { type: 'integer' })],
          get: { operationId: 'look', parameters: [query('limit', { type: 'integer' })], ...nothing },
        },
      }),
    );
    expect(operations['look']?.parameters.query).toMatchObject({
      limit: { schema: { type: 'integer' } },
      page: { schema: { type: 'integer' } },
    });
  });

  test('are grouped by location, with the defaults of OpenAPI for style and explode', async () => {
    const string = { type: 'string' };
    const strings = { type: 'array', items: string };
    const where = { name: 'where', in: 'query', content: { 'application/json': { schema: string } } };
    const { operations } = await load(
      looking({
        parameters: [
          { name: 'id', in: 'path', required: true, schema: string },
          { name: 'X-Team', in: 'header', schema: string },
          { name: 'session', in: 'cookie', schema: string },
          query('tags', strings),
          query('ids', strings, { explode: false }),
          where,
        ],
      }),
    );
    const optional = { required: false };
    const simple = { style: 'simple', explode: false, schema: string };
    const form = { style: 'form', explode: true };
    expect(operations['look']?.parameters).toEqual({
      path: { id: { required: true, ...simple } },
      header: { 'X-Team': { ...optional, ...simple } },
      cookie: { session: { ...optional, ...form, schema: string } },
      query: {
        tags: { ...optional, ...form, schema: strings },
        ids: { ...optional, ...form, explode: false, schema: strings },
        where: { ...optional, ...form, mediaType: 'application/json', schema: string },
      },
    });
  });

  test('have schemas with references inlined, without annotations; recursive ones end at the recursion', async () => {
    const Where = {
      title: 'Where',
      type: 'object',
      properties: {
        title: { type: 'string', description: 'A field by the name of a keyword.' },
        and: { type: 'array', items: { $ref: '#/components/schemas/Where' } },
      },
    };
    const parameters = [query('where', { $ref: '#/components/schemas/Where' })];
    const { operations } = await load(looking({ parameters }, { schemas: { Where } }));
    expect(operations['look']?.parameters.query['where']?.schema).toEqual({
      type: 'object',
      properties: { title: { type: 'string' }, and: { type: 'array', items: {} } },
    });
  });
});

test.each([
  ['no security at all', undefined, undefined, false],
  ['security of the document', [{ key: [] }], undefined, true],
  ['none, said by the operation', [{ key: [] }], [], false],
  ['security of the operation alone', undefined, [{ key: [] }], true],
  ['credentials that may be left out', undefined, [{ key: [] }, {}], false],
])('an operation with %s is secured: %#', async (_, general, own, secured) => {
  const securitySchemes = { key: { type: 'http', scheme: 'bearer' } };
  const { operations } = await load(
    looking(own ? { security: own } : {}, { securitySchemes }, general ? { security: general } : {}),
  );
  expect(operations['look']?.secured).toBe(secured);
});

test('examples are grouped by status and name; a single one is named example, an external one is left out', async () => {
  const media = (more: object) => ({ description: '-', content: { 'application/json': more } });
  const named = { cat: { value: 'Tom' }, far: { externalValue: 'https://example.com' } };
  const { examples } = await load(
    looking({
      responses: {
        200: media({ examples: named }),
        404: media({ example: { detail: 'none' } }),
        500: media({}),
      },
    }),
  );
  expect({ ...examples['look'] }).toEqual({
    200: { cat: 'Tom' },
    404: { example: { detail: 'none' } },
    500: {},
  });
});

test('lists of values are named after schema and property, also beside null, in arrays or by reference', async () => {
  const schemas = {
    Kind: { type: 'string', enum: ['cat', 'dog'] },
    Pet: {
      type: 'object',
      properties: {
        kind: { $ref: '#/components/schemas/Kind' },
        tier: { anyOf: [{ type: 'string', enum: ['a', 'b'] }, { type: 'null' }] },
        sizes: { type: 'array', items: { enum: [0.5, 1] } },
        only: { enum: ['one'] },
        self: { $ref: '#/components/schemas/Pet' },
      },
    },
  };
  const { values } = await load(answering({ $ref: '#/components/schemas/Pet' }, schemas));
  expect({ ...values }).toEqual({
    Kind: ['cat', 'dog'],
    Pet_kind: ['cat', 'dog'],
    Pet_tier: ['a', 'b'],
    Pet_sizes: [0.5, 1],
  });
});
