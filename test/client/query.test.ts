import { describe, expect, onTestFinished, test } from 'vitest';
import type { CatalogQuery } from '../../src/client/types.ts';
import { limit, queryParameters } from '../contract/from-yaml.ts';
import { ok, serve } from './fault-server.ts';
import { atOnce, clientOf, failureOf, recordingFetch } from './support.ts';

describe('A query', () => {
  test.for([
    'a+b %26&=#/?日本😀',
    ' ',
    '+',
    '%',
    '%20',
    'null',
    'a\u0000b',
    '\r\n',
    "!'()*~",
    ';,:@$',
    '\u2028',
    'é',
    'e\u0301',
  ])('of the text %j arrives as that text', async (query) => {
    const { url, requests } = await serve(ok);
    await clientOf(url).listModels({ query, family: query, algorithm: query });
    expect([...(requests[0]?.url.searchParams ?? [])]).toEqual([
      ['query', query],
      ['family', query],
      ['algorithm', query],
    ]);
    expect(requests[0]?.target).toMatch(/^[!-~]+$/);
  });

  test('is encoded so that no decoder can read it otherwise', async () => {
    const { url, requests } = await serve(ok);
    await clientOf(url).listModels({ query: 'a +%&', min_size_b: 1e21, max_size_b: 1e-7 });
    expect(requests[0]?.target).toBe(
      '/api/v1/training/catalog?query=a%20%2B%25%26&min_size_b=1e%2B21&max_size_b=1e-7',
    );
  });

  test('leaves out null and undefined, and keeps 0 and the empty text', async () => {
    const { url, requests } = await serve(ok);
    await clientOf(url).listModels({
      query: null,
      family: undefined,
      algorithm: '',
      min_size_b: 0,
      limit: 1,
    });
    expect(requests[0]?.target).toBe('/api/v1/training/catalog?algorithm=&min_size_b=0&limit=1');
  });

  const allNull = Object.fromEntries(queryParameters.map(({ name }) => [name, null]));
  test.for([undefined, null, {}, allNull])('that is empty (%j) leaves no question mark', async (query) => {
    const { url, requests } = await serve(ok);
    await clientOf(url).listModels(query as CatalogQuery);
    expect(requests[0]?.target).toBe('/api/v1/training/catalog');
  });

  test('follows the path prefix of the server', async () => {
    const { url, requests } = await serve(ok);
    for (const prefix of ['', '/', '/gateway/v2', '/gateway/v2/', '/gateway//'])
      await clientOf(url + prefix).listModels();
    expect(requests.map(({ target }) => target.replace('/api/v1/training/catalog', '…'))).toEqual([
      '…',
      '…',
      '/gateway/v2…',
      '/gateway/v2…',
      '/gateway…',
    ]);
  });
});

describe('A query that breaks the contract is a usage error before anything is sent:', () => {
  const { minimum, maximum } = limit;
  test.for<[unknown, string, string]>([
    [{ limit: minimum - 1 }, 'limit', `limit: Input should be greater than or equal to ${minimum}`],
    [{ limit: maximum + 1 }, 'limit', `limit: Input should be less than or equal to ${maximum}`],
    [{ limit: 1.5 }, 'limit', 'limit: Input should be a valid integer'],
    [{ limit: '5' }, 'limit', 'limit: Input should be a valid integer'],
    [{ min_size_b: Number.NaN }, 'min_size_b', 'min_size_b: Input should be a valid number'],
    [{ max_size_b: Number.POSITIVE_INFINITY }, 'max_size_b', 'max_size_b: Input should be a valid number'],
    [{ query: 5 }, 'query', 'query: Input should be a valid string'],
    [{ query: ['a'] }, 'query', 'query: Input should be a valid string'],
    [{ query: Symbol('a') }, 'query', 'query: Input should be a valid string'],
    [{ family: '\ud800' }, 'family', 'family: Input should be a valid string, unable to parse'],
    [{ minSizeB: 7 }, 'minSizeB', 'minSizeB: Extra inputs are not permitted'],
  ])('%o', async ([query, name, words]) => {
    const fetch = recordingFetch();
    const client = clientOf('http://127.0.0.1', { fetch, retry: atOnce });
    const error = await failureOf('usage', client.listModels(query as CatalogQuery));
    expect(error.message).toContain(words);
    expect(error.errors[0]?.loc).toEqual(['query', name]);
    expect(fetch.calls).toHaveLength(0);
    expect(client.events).toEqual([]);
  });

  test('half of a surrogate pair is told as the API would', async () => {
    const error = await failureOf('usage', clientOf('http://127.0.0.1').listModels({ family: '\ud800' }));
    expect(error.errors).toMatchObject([{ loc: ['query', 'family'], type: 'string_unicode' }]);
  });

  test('it lists each problem as the API would, and names the parameters that there are', async () => {
    const query = { limit: 0, min_size_b: 'big', sort: 'size' } as unknown as CatalogQuery;
    const error = await failureOf('usage', clientOf('http://127.0.0.1').listModels(query));
    expect(error.errors).toEqual(
      expect.arrayContaining([
        {
          loc: ['query', 'limit'],
          type: 'greater_than_equal',
          msg: 'Input should be greater than or equal to 1',
        },
        {
          loc: ['query', 'min_size_b'],
          type: 'float_parsing',
          msg: 'Input should be a valid number, unable to parse string as a number',
        },
        { loc: ['query', 'sort'], type: 'extra_forbidden', msg: 'Extra inputs are not permitted' },
      ]),
    );
    expect(error.errors).toHaveLength(3);
    const words = error.errors.map(({ loc: [, name], msg }) => `${name}: ${msg}. `).join('');
    const names = queryParameters.map(({ name }) => name).join(', ');
    expect(error.message).toBe(`${words}The catalog takes ${names}.`);
  });

  const notObjects = [
    'qwen',
    5,
    true,
    () => {},
    ['qwen'],
    new Date(),
    Promise.resolve({}),
    new AbortController().signal,
  ];
  const dictionaries = [new Map([['family', 'qwen']]), new URLSearchParams('family=qwen'), new Set(['qwen'])];
  test.for<unknown>([...notObjects, ...dictionaries])('%o in place of an object', async (query) => {
    const fetch = recordingFetch();
    const call = clientOf('http://127.0.0.1', { fetch }).listModels(query as CatalogQuery);
    expect((await failureOf('usage', call)).message).toMatch(/^Pass the query as an object/);
    expect(fetch.calls).toHaveLength(0);
  });
});

test('a class whose getters are the filters is a query like any other', async () => {
  class Filters {
    get family() {
      return 'qwen';
    }
  }
  const { url, requests } = await serve(ok);
  await clientOf(url).listModels(new Filters());
  expect(requests[0]?.target).toBe('/api/v1/training/catalog?family=qwen');
});

test('a name that objects have by nature is refused like any other', async () => {
  const query = JSON.parse('{"__proto__": 1}');
  await expect(clientOf('http://127.0.0.1:1').listModels(query)).rejects.toThrow('__proto__: Extra inputs');
});

test('what a library adds to all objects is no part of a query', async () => {
  const { url, requests } = await serve(ok);
  Reflect.set(Object.prototype, 'shout', () => '!');
  onTestFinished(() => void Reflect.deleteProperty(Object.prototype, 'shout'));
  await clientOf(url).listModels({ limit: 5 });
  expect(requests[0]?.target).toBe('/api/v1/training/catalog?limit=5');
});
