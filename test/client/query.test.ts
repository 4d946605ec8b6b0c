import { describe, expect, test } from 'vitest';
import type { CatalogQuery } from '../../src/client/types.ts';
import { limit, queryParameters } from '../contract/from-yaml.ts';
import { ok, serve } from './fault-server.ts';
import { atOnce, clientOf, failureOf, recordingFetch } from './support.ts';

const path = '/api/v1/training/catalog';
const allNull = Object.fromEntries(queryParameters.map(({ name }) => [name, null]));

describe('A query', () => {
  test.for<[string, CatalogQuery | null | undefined, string]>([
    [
      'is encoded so that no decoder can read it otherwise',
      { query: 'a +%&', min_size_b: 1e21, max_size_b: 1e-7 },
      '?query=a%20%2B%25%26&min_size_b=1e%2B21&max_size_b=1e-7',
    ],
    [
      'leaves out null and undefined, and keeps 0 and the empty text',
      { query: null, family: undefined, algorithm: '', min_size_b: 0, limit: 1 },
      '?algorithm=&min_size_b=0&limit=1',
    ],
    ['that there is none leaves no question mark', undefined, ''],
    ['that is null leaves none either', null, ''],
    ['nor does one that is empty', {}, ''],
    ['nor one with nothing set', allNull, ''],
  ])('%s', async ([, query, target]) => {
    const { url, requests } = await serve(ok);
    await clientOf(url).listModels(query as CatalogQuery);
    expect(requests[0]?.target).toBe(path + target);
  });

  test('follows the path prefix of the server', async () => {
    const { url, requests } = await serve(ok);
    for (const prefix of ['', '/', '/gateway/v2', '/gateway/v2/', '/gateway//'])
      await clientOf(url + prefix).listModels();
    const prefixes = requests.map(({ target }) => target.replace(path, '…'));
    expect(prefixes).toEqual(['…', '…', '/gateway/v2…', '/gateway/v2…', '/gateway…']);
  });
});

describe('A query that breaks the contract is a usage error before anything is sent:', () => {
  const { minimum, maximum } = limit;
  test.for<[unknown, string, string]>([
    [{ limit: minimum - 1 }, 'limit', `limit: Input should be greater than or equal to ${minimum}`],
    [{ limit: maximum + 1 }, 'limit', `limit: Input should be less than or equal to ${maximum}`],
    [{ limit: 1.5 }, 'limit', 'limit: Input should be a valid integer'],
    [{ min_size_b: Number.NaN }, 'min_size_b', 'min_size_b: Input should be a valid number'],
    [{ max_size_b: Number.POSITIVE_INFINITY }, 'max_size_b', 'max_size_b: Input should be a valid number'],
    [{ query: 5 }, 'query', 'query: Input should be a valid string'],
    [{ query: ['a'] }, 'query', 'query: Input should be a valid string'],
  ])('%o', async ([query, name, words]) => {
    const fetch = recordingFetch();
    const client = clientOf('http://127.0.0.1', { fetch, retry: atOnce });
    const error = await failureOf('usage', client.listModels(query as CatalogQuery));
    expect(error.option).toBe('query');
    expect(error.message).toContain(words);
    expect(error.errors[0]?.loc).toEqual(['query', name]);
    expect(error).not.toHaveProperty('attempts');
    expect(fetch.calls).toHaveLength(0);
    expect(client.events).toEqual([]);
  });

  test('the error lists each problem as the API would', async () => {
    const query = { limit: 0, min_size_b: 'big', sort: 'size' } as object;
    const error = await failureOf('usage', clientOf('http://127.0.0.1').listModels(query));
    const errors = [
      ['extra_forbidden', 'sort', 'Extra inputs are not permitted'],
      ['float_type', 'min_size_b', 'Input should be a valid number'],
      ['greater_than_equal', 'limit', 'Input should be greater than or equal to 1'],
    ].map(([type, name, msg]) => ({ type, loc: ['query', name], msg }));
    expect(error.errors).toHaveLength(errors.length);
    expect(error.errors).toEqual(expect.arrayContaining(errors));
    for (const name of ['limit: ', 'min_size_b: ', 'parameter sort;']) expect(error.message).toContain(name);
  });

  test('half of a surrogate pair, which fits in no URL', async () => {
    const call = clientOf('http://127.0.0.1').listModels({ family: '\ud800' });
    const error = await failureOf('usage', call);
    expect(error).toMatchObject({ option: 'query', message: expect.stringContaining('surrogate pair') });
  });

  test.for<unknown>([
    ...['qwen', 5, true, () => {}, ['qwen'], new AbortController().signal],
    ...[new Map([['family', 'qwen']]), new URLSearchParams('family=qwen'), new Set(['qwen'])],
  ])('%o instead of an object', async (query) => {
    const fetch = recordingFetch();
    const client = clientOf('http://127.0.0.1', { fetch });
    for (const call of [client.listModels(query as object), client.listAllModels(query as object)])
      expect((await failureOf('usage', call)).message).toMatch(/^Pass the query as an object/);
    expect(fetch.calls).toHaveLength(0);
  });
});
