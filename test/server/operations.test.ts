/** The reference server over a contract that has grown by operations that it knows nothing of. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CatalogHandler } from '../../src/server/index.ts';
import { catalogPath, exampleOf, models } from '../contract/from-yaml.ts';
import { parsedContract } from '../contract/read-yaml.ts';
import { makeProduct, type Product } from '../product.ts';
import { ask } from './ask.ts';

const json = (schema: object, more: object = {}) => ({
  content: { 'application/json': { schema, ...more } },
});
const answer = (value: unknown) => ({
  200: { description: '-', ...json({}, { examples: { first: { value }, second: { value: 'other' } } }) },
});
const inQuery = (name: string, schema: object, more: object = {}) => ({ name, in: 'query', schema, ...more });
const strings = { type: 'array', items: { type: 'string' } };

/** Operations of a shelf beside the catalog, one for each thing to show. */
const shelf = {
  '/shelf/{id}': {
    parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string', minLength: 2 } }],
    get: { operationId: 'get_item', responses: answer('an item') },
    delete: { operationId: 'remove_item', responses: { 204: { description: '-' } } },
  },
  '/shelf/{id}/pages/{page}': {
    get: {
      operationId: 'get_page',
      parameters: [
        { name: 'id', in: 'path', required: true, schema: { type: 'string' } },
        { name: 'page', in: 'path', required: true, schema: { type: 'integer', minimum: 1 } },
      ],
      responses: answer('a page'),
    },
  },
  '/shelf/new': { get: { operationId: 'get_new', security: [], responses: answer('what is new') } },
  '/shelf': {
    get: {
      operationId: 'list_items',
      parameters: [
        inQuery('tags', { ...strings, maxItems: 2 }),
        inQuery('ids', { type: 'array', items: { type: 'integer' } }, { explode: false }),
        inQuery('old', { type: 'boolean' }),
        inQuery('order', { type: 'string', enum: ['name', 'age'], default: 'name' }),
        inQuery('page', { anyOf: [{ type: 'integer', minimum: 0 }, { type: 'null' }] }),
        { name: 'where', in: 'query', ...json({ type: 'object', required: ['a'] }) },
        { name: 'X-Team', in: 'header', schema: { type: 'string', pattern: '^t' } },
        { name: 'session', in: 'cookie', schema: { type: 'integer' } },
      ],
      responses: answer('all items'),
    },
    post: {
      operationId: 'add_item',
      requestBody: {
        required: true,
        ...json({
          type: 'object',
          required: ['name'],
          properties: { name: { type: 'string', minLength: 3 }, tags: strings, age: { type: 'integer' } },
          additionalProperties: false,
        }),
      },
      responses: { 201: { description: '-', ...json({}, { example: { id: 'i1' } }) } },
    },
  },
  '/shelf/table': {
    get: {
      operationId: 'get_table',
      responses: {
        200: {
          description: '-',
          content: { 'text/csv': { examples: { rows: { value: 'id,name\n1,a\n' } } } },
        },
        404: { description: '-', ...json({}, { examples: { gone: { value: { detail: 'no table' } } } }) },
      },
    },
    put: {
      operationId: 'put_table',
      requestBody: { required: true, content: { 'text/csv': { schema: { type: 'string' } } } },
      responses: { 204: { description: '-' } },
    },
  },
  '/shelf/bare': {
    get: { operationId: 'get_bare', responses: { 200: { description: '-', ...json({ type: 'string' }) } } },
  },
};

let product: Product;
let handler: CatalogHandler;
beforeAll(async () => {
  const contract = parsedContract();
  Object.assign(contract.paths, shelf);
  contract.paths[catalogPath].get.parameters.push(inQuery('shelf_mark', { type: 'string' }));
  contract.security = [{ bearerAuth: [] }];
  product = await makeProduct(contract);
  handler = (await product.load('server/index.ts')).createCatalogHandler();
});
afterAll(() => product?.remove());

/** Status and body; of a refusal each problem as `loc type`. */
async function tell(path: string, init: RequestInit = {}): Promise<unknown[]> {
  const response = await ask(path, { handler, ...init });
  const text = await response.text();
  const body = /json/.test(response.headers.get('content-type') ?? '') ? JSON.parse(text) : text;
  if (response.status !== 422) return [response.status, body];
  return [
    422,
    ...body.errors.map(({ loc, type }: { loc: unknown[]; type: string }) => `${loc.join('.')} ${type}`),
  ];
}

const post = (body: unknown, headers: Record<string, string> = { 'content-type': 'application/json' }) => ({
  method: 'POST',
  headers,
  body: typeof body === 'string' ? body : JSON.stringify(body),
});

describe('an operation without a behaviour', () => {
  test.each<[path: string, init: RequestInit, ...expected: unknown[]]>([
    ['/shelf/i1', {}, 200, 'an item'],
    ['/shelf', post({ name: 'abc' }), 201, { id: 'i1' }],
    ['/shelf/i1', { method: 'DELETE' }, 204, ''],
    ['/shelf/table', {}, 200, 'id,name\n1,a\n'],
  ])('%s %j answers its first example', async (path, init, ...expected) => {
    expect(await tell(path, init)).toEqual(expected);
  });

  test('declares the media type of its example, and none where it has no body', async () => {
    const typeOf = async (path: string, init = {}) =>
      (await ask(path, { handler, ...init })).headers.get('content-type');
    expect(await typeOf('/shelf/table')).toBe('text/csv');
    expect(await typeOf('/shelf/i1', { method: 'DELETE' })).toBeNull();
  });

  test('says so where the contract has no example to answer with', async () => {
    const [status, body] = await tell('/shelf/bare');
    expect([status, body]).toMatchObject([
      500,
      { code: 500, detail: expect.stringContaining('GET /shelf/bare') },
    ]);
  });

  test('answers the example that is preferred', async () => {
    const prefer = (value: string) => ({ headers: { prefer: value } });
    expect(await tell('/shelf/i1', prefer('example=second'))).toEqual([200, 'other']);
    expect(await tell('/shelf/table', prefer('code=404'))).toEqual([404, { detail: 'no table' }]);
    expect((await tell('/shelf/i1', prefer('code=404')))[0]).toBe(400);
  });

  test('is refused without a key, unless the contract says that it needs none', async () => {
    const without = { headers: { authorization: '' } };
    expect((await tell('/shelf/i1', without))[0]).toBe(401);
    expect(await tell('/shelf/new', without)).toEqual([200, 'what is new']);
  });

  test('leaves the catalog as it was', async () => {
    const response = await ask('?limit=1', { handler });
    expect(await response.json()).toEqual({ limit: 1, total: models.length, models: models.slice(0, 1) });
    expect((await ask('?limit=0', { handler })).status).toBe(422);
  });

  test('is named at the start, with each parameter that makes no difference', async () => {
    const { describeMissingBehaviour } = await product.load('server/catalog.ts');
    const answered = Object.entries(shelf).flatMap(([path, item]) =>
      Object.keys(item)
        .filter((method) => method !== 'parameters')
        .map((method) => `${method.toUpperCase()} ${path} answers its first example.`),
    );
    expect(describeMissingBehaviour()).toEqual(
      expect.arrayContaining([...answered, 'The parameter shelf_mark is checked and makes no difference.']),
    );
  });
});

describe('the address', () => {
  test('of a path without parameters comes before one whose parameter would match it', async () => {
    expect(await tell('/shelf/new')).toEqual([200, 'what is new']);
    expect(await tell('/shelf/newer')).toEqual([200, 'an item']);
  });

  test.each<[path: string, ...expected: unknown[]]>([
    ['/shelf/a%2Fb', 200, 'an item'],
    ['/shelf/a', 422, 'path.id string_too_short'],
    ['/shelf/%61', 422, 'path.id string_too_short'],
    ['/shelf/i1/pages/2', 200, 'a page'],
    ['/shelf/i1/pages/0', 422, 'path.page greater_than_equal'],
  ])('%s has its parameters decoded and checked', async (path, ...expected) => {
    expect(await tell(path)).toEqual(expected);
  });

  test.each(['/shelf/', '/shelf//pages/1', '/shelf/i1/pages', '/shelf/i1/pages/1/'])(
    '%s is not found',
    async (path) => {
      expect(await tell(path)).toEqual([404, exampleOf(404)]);
    },
  );

  test('names the methods that it has, and a preflight allows those of all', async () => {
    const [status, body] = await tell('/shelf/i1', { method: 'PATCH' });
    expect([status, (body as { detail: string }).detail]).toEqual([
      404,
      expect.stringContaining('GET and HEAD and DELETE'),
    ]);
    const headers = { 'access-control-request-method': 'PUT' };
    const preflight = await ask('/shelf/table', { handler, method: 'OPTIONS', headers });
    expect(preflight.headers.get('access-control-allow-methods')?.split(', ').sort()).toEqual([
      'DELETE',
      'GET',
      'HEAD',
      'POST',
      'PUT',
    ]);
  });
});

describe('a parameter', () => {
  test.each<[search: string, ...problems: string[]]>([
    ['tags=a&tags=b'],
    ['tags=a,b,c'],
    ['tags=a&tags=b&tags=c', 'query.tags too_long'],
    ['ids=1,two', 'query.ids.1 int_parsing'],
    ['old=true'],
    ['old=1', 'query.old bool_parsing'],
    ['order=age'],
    ['order=size', 'query.order enum'],
    ['page=0'],
    ['page=many', 'query.page int_parsing'],
    ['where={"a":1}'],
    ['where={}', 'query.where.a missing'],
    ['where=no', 'query.where dict_type'],
    ['old=1&page=x', 'query.old bool_parsing', 'query.page int_parsing'],
    ['unknown=1'],
  ])('of the query is read as its type: %s', async (search, ...problems) => {
    const expected = problems.length > 0 ? [422, ...problems] : [200, 'all items'];
    expect(await tell(`/shelf?${search}`)).toEqual(expected);
  });

  test.each<[headers: Record<string, string>, ...problems: string[]]>([
    [{ 'x-team': 'tigers' }],
    [{ 'X-TEAM': 'lions' }, 'header.X-Team string_pattern_mismatch'],
    [{ cookie: 'a=b; session=5' }],
    [{ cookie: 'session=none' }, 'cookie.session int_parsing'],
  ])('of a header or a cookie is read as its type: %j', async (headers, ...problems) => {
    const expected = problems.length > 0 ? [422, ...problems] : [200, 'all items'];
    expect(await tell('/shelf', { headers })).toEqual(expected);
  });
});

describe('a body', () => {
  test.each<[body: unknown, ...problems: string[]]>([
    ['{"name":', 'body.0 json_invalid'],
    ['', 'body missing'],
    [{}, 'body.name missing'],
    [{ name: 'ab' }, 'body.name string_too_short'],
    [
      { name: 5, tags: ['a', 1], more: 1, age: 'two' },
      'body.age int_type',
      'body.more extra_forbidden',
      'body.name string_type',
      'body.tags.1 string_type',
    ],
  ])('that breaks the contract is refused with each problem: %j', async (body, ...problems) => {
    const [status, ...told] = await tell('/shelf', post(body));
    expect([status, ...told.sort()]).toEqual([422, ...problems]);
  });

  test('of more than a megabyte is not read to its end', async () => {
    let sent = 0;
    const body = new ReadableStream({
      pull(controller) {
        sent += 1;
        controller.enqueue(new Uint8Array(100_000));
      },
    });
    const init = { method: 'POST', body, duplex: 'half' } as RequestInit;
    const [status, answer] = await tell('/shelf', init);
    expect([status, answer]).toMatchObject([400, { detail: 'The body is larger than 1048576 bytes' }]);
    expect(sent).toBeLessThan(15);
  });

  test('of another media type is refused, one without any is taken for JSON', async () => {
    expect(await tell('/shelf', post({ name: 'abc' }, { 'content-type': 'text/plain' }))).toEqual([
      422,
      'body value_error',
    ]);
    expect(
      (await tell('/shelf', post({ name: 'abc' }, { 'content-type': 'application/json; charset=utf-8' })))[0],
    ).toBe(201);
  });

  test('of a media type that is not JSON is let through', async () => {
    const put = (body: string, type: string) =>
      tell('/shelf/table', { method: 'PUT', body, headers: { 'content-type': type } });
    expect(await put('id\n1\n', 'text/csv')).toEqual([204, '']);
    expect(await put('{}', 'application/json')).toEqual([422, 'body value_error']);
  });
});
