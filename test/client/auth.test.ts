import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { ClientOptions } from '../../src/client/options.ts';
import { answer, cut, envelope, type Fault, hangUp, ok, page, serve } from './fault-server.ts';
import { atOnce, clientOf, everythingShownBy, failureOf, recordingFetch, usageErrorOf } from './support.ts';

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

  test.for(['', ' ', 'two words', 'line\nend', 'end\r\n', 'é', '日本', 'tab\t', 5, {}, true])(
    'that no header can carry is a usage error which does not show it: %j',
    async (wrong) => {
      const fetch = recordingFetch();
      const now = await usageErrorOf(() => clientOf('http://127.0.0.1', { fetch, apiKey: wrong as string }));
      expect(now.message).toContain('apiKey');
      const options = { fetch, retry: atOnce, apiKey: () => wrong as string };
      const later = await failureOf('usage', clientOf('http://127.0.0.1', options).listModels());
      expect(later.message).toContain('Option apiKey must be visible ASCII without spaces.');
      if (typeof wrong === 'string' && wrong.trim()) expect(later.message + now.message).not.toContain(wrong);
      expect(fetch.calls).toHaveLength(0);
    },
  );

  test.for<[string, () => never | Promise<never>]>([
    [
      'throws',
      () => {
        throw new Error('vault is sealed');
      },
    ],
    ['rejects', () => Promise.reject(new Error('vault is sealed'))],
  ])('whose function %s is a usage error with that cause, asked once', async ([, apiKey]) => {
    const fetch = recordingFetch();
    const client = clientOf('http://127.0.0.1', { fetch, apiKey, retry: atOnce });
    const error = await failureOf('usage', client.listModels());
    expect(error.message).toBe('Option apiKey threw an error.');
    expect(error.cause).toMatchObject({ name: 'Error', message: 'vault is sealed' });
    expect(error.errors).toEqual([]);
    expect(fetch.calls).toHaveLength(0);
    expect(client.events).toMatchObject([{ attempt: 1, failure: 'usage' }]);
  });
});

describe('Nothing that an error shows has the key in it', () => {
  const echo = `${key} and Bearer ${key} again`;
  const escaped = [...key].map((each) => `\\u00${each.charCodeAt(0).toString(16)}`).join('');
  // As PHP writes JSON.
  const slashed = key.replace('/', '\\/');
  const raw = (status: number, body: string): Fault => answer(status, body, { 'x-echo': echo });

  test.for<[string, Fault]>([
    ['an envelope that repeats it', envelope(403, { 'x-echo': echo }, { detail: echo })],
    ['its type', envelope(403, {}, { type: key })],
    ['its list of problems', envelope(422, {}, { errors: [{ loc: ['query', key], msg: echo, type: key }] })],
    [
      'an envelope that spells it with escapes',
      raw(403, `{"code":403,"type":"token_error","detail":"${escaped}"}`),
    ],
    [
      'an envelope that escapes its slash',
      raw(403, `{"code":403,"type":"token_error","detail":"${slashed}"}`),
    ],
    ['a page that repeats it', raw(502, `<html>${echo}`)],
    ['a page that repeats it where the snippet ends', raw(502, `<html>${'.'.repeat(190)}${key}`)],
    ['a success that is not JSON', raw(200, `<html>${echo}`)],
    ['a success that breaks the contract', raw(200, `{"models":"${echo}"}`)],
    ['a redirect that carries it', answer(302, '', { location: `/login?token=${key}` })],
    ['a content type that carries it', answer(200, 'hi', { 'content-type': `text/${key}` })],
    ['a connection that closes', hangUp],
    ['a cut body', cut()],
  ])('after %s', async ([, fault]) => {
    const { url } = await serve(fault);
    for (const options of [
      { apiKey: key },
      { headers: { Authorization: `Bearer ${key}` } },
      { headers: { 'x-api-key': key } },
    ]) {
      const client = clientOf(url, options);
      let error: unknown;
      await client.listModels().catch((thrown: unknown) => {
        error = thrown;
      });
      expect(error).toBeInstanceOf(Error);
      expect(everythingShownBy(error)).not.toContain(key);
      expect(inspect(client.events)).not.toContain(key);
    }
  });

  test('after a custom fetch that throws the request along', async () => {
    const fetch = recordingFetch((url, init) => {
      const cause = Object.assign(new Error(`inner ${key}`), { config: init });
      throw Object.assign(new Error(`failed with ${key}`, { cause }), { url, request: init, code: key });
    });
    const error = await failureOf(
      'network',
      clientOf('http://127.0.0.1', { fetch, apiKey: key }).listModels(),
    );
    expect(fetch.calls[0]?.init.headers['authorization']).toContain(key);
    expect(everythingShownBy(error)).not.toContain(key);
    expect(error.message).toContain('inner [secret]');
  });

  test('while what is no secret is left as it came', async () => {
    const { url } = await serve(envelope(403, { 'x-echo': 'a short key' }, { detail: 'a short key' }));
    const client = clientOf(url, { apiKey: 'e', headers: { accept: 'a', 'x-empty': null } });
    const error = await failureOf('api', client.listModels());
    expect(error).toMatchObject({ detail: 'a short key', headers: { 'x-echo': 'a short key' } });
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
  ])('win over the key, as %s, for the client and for a call', async ([, headers, expected]) => {
    const { url, requests } = await serve(ok);
    await clientOf(url, { apiKey: 'A', headers }).listModels();
    await clientOf(url, { apiKey: 'A' }).listModels({}, { headers });
    await clientOf(url, { apiKey: 'A', headers: { authorization: 'Bearer X' } }).listModels({}, { headers });
    for (const request of requests) expect(request.header('authorization')).toEqual(expected);
    expect(requests).toHaveLength(3);
  });

  test('that win over the key leave its function alone', async () => {
    const { url } = await serve(ok);
    const apiKey = () => {
      throw new Error('not to be called');
    };
    await clientOf(url, { apiKey, headers: { authorization: 'Bearer B' } }).listModels();
  });

  test('that a custom fetch adds to a request are in that request only', async () => {
    const seen: unknown[] = [];
    const fetch = recordingFetch((_url, init) => {
      seen.push({ ...init.headers });
      init.headers['x-trace'] = '1';
      return Response.json(page);
    });
    const client = clientOf('http://127.0.0.1', { fetch });
    await client.listModels();
    await client.listModels();
    expect(seen).toEqual([{ accept: 'application/json' }, { accept: 'application/json' }]);
  });

  test('of a call are added to those of the client; accept can be replaced', async () => {
    const { url, requests } = await serve(ok);
    const client = clientOf(url, { headers: { 'x-a': '1', 'x-b': '2' } });
    await client.listModels({}, { headers: { 'X-B': '3', Accept: 'application/vnd.catalog+json' } });
    await client.listModels({}, { headers: { 'X-A': null } });
    const [first, second] = requests;
    expect([first?.header('x-a'), first?.header('x-b')]).toEqual([['1'], ['3']]);
    expect(first?.header('accept')).toEqual(['application/vnd.catalog+json']);
    expect([second?.header('x-a'), second?.header('x-b')]).toEqual([[], ['2']]);
    expect(second?.header('accept')).toEqual(['application/json']);
  });

  test.for<[string, unknown]>([
    ['a name with a space', { 'x a': '1' }],
    ['no name', { '': '1' }],
    ['a line end in a value', { 'x-a': 'one\r\nx-b: two' }],
    ['a character that HTTP has not', { 'x-a': '日本' }],
    ['a list that is flat', ['authorization', `Bearer ${key}`]],
    ['a list with a null in it', [null]],
  ])('with %s are a usage error that names the option', async ([, wrong]) => {
    const headers = wrong as Record<string, string>;
    expect((await usageErrorOf(() => clientOf('http://127.0.0.1', { headers }))).message).toMatch(
      /^Option headers: (HTTP|a list)/,
    );
    const error = await failureOf('usage', clientOf('http://127.0.0.1').listModels({}, { headers }));
    expect(error.message).not.toContain(key);
  });
});

describe('A redirect', () => {
  test('to another origin takes neither the key nor other headers there', async () => {
    const elsewhere = await serve(ok);
    const { url, requests } = await serve(answer(302, '', { location: `${elsewhere.url}/api` }));
    const error = await failureOf(
      'response',
      clientOf(url, { apiKey: key, headers: { 'X-API-Key': 'KEY45678' } }).listModels(),
    );
    expect(error.message).toContain(elsewhere.url);
    expect(requests[0]?.header('x-api-key')).toEqual(['KEY45678']);
    expect(elsewhere.requests).toEqual([]);
  });
});

describe('A key over plain http', () => {
  test.for([
    'http://example.com',
    'http://10.0.0.1',
    'http://127.0.0.1.example.com',
    'http://notlocalhost',
    'http://localhost.example.com',
    'http://[::2]',
  ])('to %s is refused, as a text and as a function, before anything is sent', async (baseUrl) => {
    const fetch = recordingFetch();
    for (const apiKey of [key, () => key]) {
      const error = await usageErrorOf(() => clientOf(baseUrl, { fetch, apiKey }));
      expect(error.message).toContain('allowInsecureHttp');
      expect(error.message).not.toContain(key);
    }
    await clientOf(baseUrl, { fetch, apiKey, allowInsecureHttp: true }).listModels();
    await clientOf(baseUrl, { fetch, apiKey: null }).listModels();
    expect(fetch.calls.map(({ init }) => init.headers['authorization'])).toEqual([
      `Bearer ${key}`,
      undefined,
    ]);
  });

  const apiKey = key;
  test.for([
    'http://localhost:1',
    'http://api.localhost',
    'http://127.0.0.1',
    'http://127.1',
    'http://127.8.9.10',
    'http://[::1]:8',
    'https://example.com',
  ])('to %s is no danger', async (baseUrl) => {
    const fetch = recordingFetch();
    await clientOf(baseUrl, { fetch, apiKey }).listModels();
    expect(fetch.calls).toHaveLength(1);
  });
});
