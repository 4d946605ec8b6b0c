/** The headers that are sent, the key first of all. */
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { ClientOptions } from '../../src/client/options.ts';
import { envelope, ok, serve } from './fault-server.ts';
import { atOnce, clientOf, failureOf, recordingFetch, usageErrorOf } from './support.ts';

const key = 'SECRET/123';

describe('The key', () => {
  test.for<[string, ClientOptions['apiKey']]>([
    ['a text', key],
    ['a function', () => key],
    ['a promise', async () => key],
  ])('as %s is sent as a bearer token, once', async ([, apiKey]) => {
    const { url, requests } = await serve(ok);
    await clientOf(url, { apiKey }).listModels();
    expect(requests[0]?.header('authorization')).toEqual([`Bearer ${key}`]);
  });

  test.for([null, () => null, () => undefined, async () => null])(
    'is not sent where there is none: %s',
    async (apiKey) => {
      const { url, requests } = await serve(ok);
      await clientOf(url, { apiKey }).listModels();
      expect(requests[0]?.header('authorization')).toEqual([]);
    },
  );

  test('is asked for anew with each attempt', async () => {
    const { url, requests } = await serve(envelope(500), envelope(500), ok);
    let n = 0;
    await clientOf(url, { retry: atOnce, apiKey: () => `key-${++n}` }).listModels();
    expect(requests.map((request) => request.header('authorization'))).toEqual([
      ['Bearer key-1'],
      ['Bearer key-2'],
      ['Bearer key-3'],
    ]);
  });

  test.for<unknown>(['', ' ', 'two words', 'line\nend', 'end\r\n', 'é', 'tab\t', 'Bearer abc', 5, true])(
    'that no header can carry is a usage error which does not show it: %j',
    async (wrong) => {
      const fetch = recordingFetch();
      const now = await usageErrorOf(() => clientOf('http://127.0.0.1', { fetch, apiKey: wrong as string }));
      const options = { fetch, retry: atOnce, apiKey: () => wrong as string };
      const later = await failureOf('usage', clientOf('http://127.0.0.1', options).listModels());
      for (const error of [now, later]) {
        expect(error.option).toBe('apiKey');
        expect(error.message).toMatch(/^Option apiKey (must|is) /);
        if (typeof wrong === 'string' && wrong.trim()) expect(error.message).not.toContain(wrong);
      }
      expect(later.attempts).toBe(1);
      expect(fetch.calls).toHaveLength(0);
    },
  );

  test('whose function throws is a usage error with that cause, asked once', async () => {
    const fetch = recordingFetch();
    const apiKey = () => Promise.reject(new Error('vault is sealed'));
    const client = clientOf('http://127.0.0.1', { fetch, apiKey, retry: atOnce });
    const error = await failureOf('usage', client.listModels());
    expect(error).toMatchObject({ option: 'apiKey', message: 'Option apiKey threw an error.', errors: [] });
    expect(error.cause).toMatchObject({ name: 'Error', message: 'vault is sealed' });
    expect(fetch.calls).toHaveLength(0);
    expect(client.events).toMatchObject([{ attempt: 1, failure: 'usage' }]);
  });
});

describe('A key over plain http', () => {
  test.for([
    ...['http://example.com', 'http://10.0.0.1', 'http://127.0.0.1.example.com', 'http://notlocalhost'],
    ...['http://localhost.example.com', 'http://[::2]'],
  ])('to %s is refused, as a text and as a function, before anything is sent', async (baseUrl) => {
    const fetch = recordingFetch();
    for (const apiKey of [key, () => key]) {
      const error = await usageErrorOf(() => clientOf(baseUrl, { fetch, apiKey }));
      expect(error.option).toBe('allowInsecureHttp');
      expect(error.message).toContain(new URL(baseUrl).hostname);
      expect(error.message).not.toContain(key);
    }
    await clientOf(baseUrl, { fetch, apiKey: key, allowInsecureHttp: true }).listModels();
    await clientOf(baseUrl, { fetch, apiKey: null }).listModels();
    const sent = fetch.calls.map(({ init }) => init.headers['authorization']);
    expect(sent).toEqual([`Bearer ${key}`, undefined]);
  });

  test.for([
    ...[
      'http://localhost:1',
      'http://api.localhost',
      'http://127.0.0.1',
      'http://127.1',
      'http://127.8.9.10',
    ],
    ...['http://[::1]:8', 'https://example.com'],
  ])('to %s is no danger', async (baseUrl) => {
    const fetch = recordingFetch();
    await clientOf(baseUrl, { fetch, apiKey: key }).listModels();
    expect(fetch.calls).toHaveLength(1);
  });
});

describe('Headers', () => {
  test.for<[string, ClientOptions['headers'], string[]]>([
    ['an object', { AUTHORIZATION: 'Bearer B' }, ['Bearer B']],
    ['a Headers', new Headers({ authorization: 'Bearer C' }), ['Bearer C']],
    ['a list', [['authorization', 'Bearer D']], ['Bearer D']],
    ['a Map', new Map([['Authorization', 'Bearer E']]), ['Bearer E']],
    ['null in an object', { Authorization: null }, []],
    ['undefined in a list', [['AUTHORIZATION', undefined]], []],
  ])('replace the key, as %s, for the client and for a call', async ([, headers, expected]) => {
    const { url, requests } = await serve(ok);
    const apiKey = () => {
      throw new Error('not to be called');
    };
    await clientOf(url, { apiKey, headers }).listModels();
    await clientOf(url, { apiKey }).listModels({}, { headers });
    await clientOf(url, { apiKey, headers: { authorization: 'Bearer X' } }).listModels({}, { headers });
    for (const request of requests) expect(request.header('authorization')).toEqual(expected);
    expect(requests).toHaveLength(3);
  });

  test('of a call are added to those of the client; JSON is accepted first unless one says otherwise', async () => {
    const { url, requests } = await serve(ok);
    const client = clientOf(url, { headers: { 'x-a': '1', 'x-b': '2' } });
    await client.listModels({}, { headers: { 'X-B': '3', Accept: 'application/vnd.catalog+json' } });
    await client.listModels({}, { headers: { 'X-A': null, 'x-n': 5 as never } });
    const sent = requests.map(({ header }) => ['x-a', 'x-b', 'x-n', 'accept'].flatMap(header));
    expect(sent).toEqual([
      ['1', '3', 'application/vnd.catalog+json'],
      ['2', '5', 'application/json, */*;q=0.8'],
    ]);
  });

  test.for<[string, unknown]>([
    ['a name with a space', { 'x a': '1' }],
    ['no name', { '': '1' }],
    ['a line end in a value', { 'x-a': 'one\r\nx-b: two' }],
    ['a character that HTTP has not', { 'x-a': '日本' }],
    ['a list that is flat', ['authorization', `Bearer ${key}`]],
    ['a whole line as a name', [[`Authorization: Bearer ${key}`]]],
    ['a value as a name', { [`Bearer ${key}`]: 'authorization' }],
  ])('with %s are a usage error that names the option and shows no value', async ([, wrong]) => {
    const fetch = recordingFetch();
    const headers = wrong as Record<string, string>;
    for (const error of [
      await usageErrorOf(() => clientOf('http://127.0.0.1', { headers })),
      await failureOf('usage', clientOf('http://127.0.0.1', { fetch }).listModels({}, { headers })),
    ]) {
      expect(error).toMatchObject({ option: 'headers', message: expect.stringMatching(/^Option headers: /) });
      expect(inspect(error)).not.toContain(key);
    }
    expect(fetch.calls).toHaveLength(0);
  });
});
