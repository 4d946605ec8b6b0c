import path from 'node:path';
import ts from 'typescript';
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
import { temporaryFolder } from './scratch.ts';
import { document, jsonOf, load } from './small.ts';

const nothing = { responses: { 204: { description: '-' } } };
const query = (name: string, schema: object, more: object = {}) => ({ name, in: 'query', schema, ...more });

test('the facts of the catalog are those of the YAML', () => {
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
  expect({ ...info }).toEqual({ version, serverUrl });
});

describe('the name of an operation', () => {
  test('is its id as an identifier, different from all others even where letter case does not count', async () => {
    const ids = [
      'list-pets',
      'listPets',
      'listpets',
      'delete',
      'await',
      '1st',
      'Operation',
      'index',
      'índice',
      'a b',
    ];
    const paths = Object.fromEntries(
      ids.map((operationId, index) => [`/${index}`, { get: { operationId, ...nothing } }]),
    );
    const folder = temporaryFolder();
    const { operations, examples, validators } = await load(document(paths), folder);
    const names = Object.fromEntries(
      Object.entries(operations).map(([name, fact]) => [fact.operationId, name]),
    );
    expect(names).toEqual({
      'list-pets': 'list_pets',
      listPets: 'listPets',
      listpets: 'listpets_2',
      delete: 'delete_',
      await: 'await_',
      '1st': '_1st',
      Operation: 'Operation_2',
      index: 'index_2',
      índice: '_ndice',
      'a b': 'a_b',
    });
    for (const modules of [examples, validators]) {
      expect(Object.keys(modules).sort()).toEqual(Object.values(names).sort());
    }
    expect(compile(folder)).toEqual([]);
  });

  test('comes from method and path where there is no id', async () => {
    const { operations } = await load(document({ '/pets/{id}': { get: nothing, delete: nothing } }));
    expect(
      Object.entries(operations)
        .map(([name, { operationId }]) => [name, operationId])
        .sort(),
    ).toEqual([
      ['delete_pets_id_', 'delete /pets/{id}'],
      ['get_pets_id_', 'get /pets/{id}'],
    ]);
  });
});

describe('parameters', () => {
  test('are those of the path and those of the operation, which win', async () => {
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

  test('stand by their place, with the defaults of OpenAPI for how they are written', async () => {
    const { operations } = await load(
      document({
        '/pets/{id}': {
          get: {
            operationId: 'look',
            parameters: [
              { name: 'id', in: 'path', required: true, schema: { type: 'string' } },
              { name: 'X-Team', in: 'header', schema: { type: 'string' } },
              { name: 'session', in: 'cookie', schema: { type: 'string' } },
              query('tags', { type: 'array', items: { type: 'string' } }),
              query('ids', { type: 'array', items: { type: 'string' } }, { explode: false }),
              {
                name: 'filter',
                in: 'query',
                content: { 'application/json': { schema: { type: 'object' } } },
              },
            ],
            ...nothing,
          },
        },
      }),
    );
    expect(operations['look']?.parameters).toEqual({
      path: { id: { required: true, style: 'simple', explode: false, schema: { type: 'string' } } },
      header: { 'X-Team': { required: false, style: 'simple', explode: false, schema: { type: 'string' } } },
      cookie: { session: { required: false, style: 'form', explode: true, schema: { type: 'string' } } },
      query: {
        tags: {
          required: false,
          style: 'form',
          explode: true,
          schema: { type: 'array', items: { type: 'string' } },
        },
        ids: {
          required: false,
          style: 'form',
          explode: false,
          schema: { type: 'array', items: { type: 'string' } },
        },
        filter: {
          required: false,
          style: 'form',
          explode: true,
          mediaType: 'application/json',
          schema: { type: 'object' },
        },
      },
    });
  });

  test('have their references put in place and no words; a schema that holds itself is left open there', async () => {
    const { operations } = await load(
      document(
        {
          '/pets': {
            get: {
              operationId: 'look',
              parameters: [query('where', { $ref: '#/components/schemas/Where' })],
              ...nothing,
            },
          },
        },
        {
          schemas: {
            Where: {
              title: 'Where',
              type: 'object',
              properties: {
                title: { type: 'string', description: 'A field by the name of a keyword.' },
                and: { type: 'array', items: { $ref: '#/components/schemas/Where' } },
              },
            },
          },
        },
      ),
    );
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
  const { operations } = await load(
    document(
      { '/pets': { get: { operationId: 'look', ...nothing, ...(own && { security: own }) } } },
      { securitySchemes: { key: { type: 'http', scheme: 'bearer' } } },
      general && { security: general },
    ),
  );
  expect(operations['look']?.secured).toBe(secured);
});

test('examples stand by status and name; a single one is called example, one that lies elsewhere is left out', async () => {
  const media = (more: object) => ({ description: '-', content: { 'application/json': { ...more } } });
  const { examples } = await load(
    document({
      '/pets': {
        get: {
          operationId: 'look',
          responses: {
            200: media({
              examples: { cat: { value: 'Tom' }, far: { externalValue: 'https://example.com' } },
            }),
            404: media({ example: { detail: 'none' } }),
            500: media({}),
          },
        },
      },
    }),
  );
  expect({ ...examples['look'] }).toEqual({
    200: { cat: 'Tom' },
    404: { example: { detail: 'none' } },
    500: {},
  });
});

test('lists of values are called after their place, be they beside null, in arrays or behind references', async () => {
  const { values } = await load(
    document(
      {
        '/pets': {
          get: { operationId: 'look', responses: { 200: jsonOf({ $ref: '#/components/schemas/Pet' }) } },
        },
      },
      {
        schemas: {
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
        },
      },
    ),
  );
  expect({ ...values }).toEqual({
    Kind: ['cat', 'dog'],
    Pet_kind: ['cat', 'dog'],
    Pet_tier: ['a', 'b'],
    Pet_sizes: [0.5, 1],
  });
});

/** The compiler's messages about all that was generated to a folder. */
function compile(folder: string): string[] {
  const files = ['schema', 'info', 'operations', 'values', 'examples', 'validators/index'];
  const program = ts.createProgram(
    files.map((name) => path.join(folder, `${name}.ts`)),
    { strict: true, noEmit: true, types: [], module: ts.ModuleKind.NodeNext, target: ts.ScriptTarget.ES2022 },
  );
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
}
