import { afterEach, describe, expect, test, vi } from 'vitest';
import { createTrainingCatalogClient } from '../../src/client/client.ts';
import type { ClientOptions } from '../../src/client/options.ts';
import type { CallOptions } from '../../src/transport/options.ts';
import { serverUrl } from '../contract/from-yaml.ts';
import { ok, page, serve } from './fault-server.ts';
import { clientOf, failureOf, recordingFetch, usageErrorOf } from './support.ts';

const secret = 'SECRET123';
const origin = 'http://127.0.0.1';

describe('A wrong option is a usage error at creation that names it and shows no value:', () => {
  const wholeNumber = 'must be a whole number from';
  test.for<[string, unknown, string]>([
    ['baseUrl', 5, 'must be of type string'],
    ['apiKey', { key: secret }, 'must be of type string or function'],
    ['headers', `x-api-key: ${secret}`, 'must be of type object'],
    ['secretHeaders', 'x-tenant', 'must be a list of texts'],
    ['fetch', 'fetch', 'must be of type function'],
    ['init', 'no-store', 'must be of type object'],
    ['timeoutMs', 0, wholeNumber],
    ['timeoutMs', 1.5, wholeNumber],
    ['timeoutMs', '30', wholeNumber],
    ['timeoutMs', Number.NaN, wholeNumber],
    ['timeoutMs', 2 ** 31, wholeNumber],
    ['totalTimeoutMs', 0, wholeNumber],
    ['retry', 3, 'must be of type object or boolean'],
    ['maxResponseBytes', 0, wholeNumber],
    ['validate', 'yes', 'must be of type boolean'],
    ['onDrift', {}, 'must be of type function'],
    ['onAttempt', true, 'must be of type function'],
    ['allowInsecureHttp', 1, 'must be of type boolean'],
  ])('%s: %o', async ([option, value, words]) => {
    const error = await usageErrorOf(() => createTrainingCatalogClient({ baseUrl: origin, [option]: value }));
    expect(error).toMatchObject({ option, errors: [] });
    expect(error.message).toContain(`Option ${option} ${words}`);
    expect(error.message).not.toContain(secret);
  });

  test.for<[string, unknown, string]>([
    ['limit', -1, 'a whole number from 0 to 2147483647'],
    ['minDelayMs', 0.5, 'a whole number from 0 to 2147483647'],
    ['maxDelayMs', '8000', 'a whole number from 0 to 2147483647'],
    ['maxRetryAfterMs', Number.POSITIVE_INFINITY, 'a whole number from 0 to 2147483647'],
    ['methods', 'GET', 'a list of texts'],
    ['methods', ['GET', 5], 'a list of texts'],
  ])('retry.%s: %o', async ([option, value, words]) => {
    const error = await usageErrorOf(() => clientOf(origin, { retry: { [option]: value } }));
    expect(error).toMatchObject({ option, message: `Option ${option} must be ${words}.` });
  });

  test.for<[what: string, ...baseUrls: string[]]>([
    [
      'must be an absolute URL: write https:// or http:// before the host.',
      ...['nowhere', '', '/api', '//host', 'localhost:4010'],
    ],
    ['must have a host and a port that exist.', 'http://', 'https://', 'http://a b', 'HTTP://host:65536'],
    [
      'must be an http or https URL without user, query or hash.',
      ...['ftp://host', 'file:///etc', 'http://user@host', `http://:${secret}@host`],
      ...[`https://host?key=${secret}`, `https://host/#${secret}`, 'https://host?', 'mailto:http://host'],
    ],
  ])('baseUrl %s', async ([what, ...baseUrls]) => {
    for (const baseUrl of baseUrls) {
      const error = await usageErrorOf(() => clientOf(baseUrl));
      expect(error, baseUrl).toMatchObject({ option: 'baseUrl', message: `Option baseUrl ${what}` });
    }
  });

  test.for<[string, unknown]>([
    ['null', null],
    ['a text', origin],
    ['a Map', new Map([['apiKey', secret]])],
    ['a list', [{ apiKey: secret }]],
    ['a URLSearchParams', new URLSearchParams(`apiKey=${secret}`)],
    ['a signal', new AbortController().signal],
  ])('%s instead of all, whose content would be ignored', async ([, options]) => {
    const error = await usageErrorOf(() => createTrainingCatalogClient(options as ClientOptions));
    expect(error.option).toBe('options');
    expect(error.message).toMatch(/^Pass the options as an object, such as { timeoutMs: 5000 }/);
    expect(error.message).not.toContain(secret);
  });
});

describe('A wrong option of a call is a usage error before anything is sent:', () => {
  const whole = 'Pass the options as an object, such as { timeoutMs: 5000 }';
  test.for<[string, unknown, string]>([
    ['a controller', { signal: new AbortController() }, 'Option signal must be an AbortSignal.'],
    ['a flag', { signal: true }, 'Option signal must be an AbortSignal.'],
    ['no time', { timeoutMs: 0 }, 'Option timeoutMs must be a whole number from 1 to 2147483647.'],
    ['another name', { timeout: 5 }, 'Unknown option timeout (did you mean timeoutMs?); known are signal,'],
    ['a header line', { headers: 'a: b' }, 'Option headers must be of type object.'],
    ['a number', 5, whole],
    ['the signal', new AbortController().signal, `${whole}; this is [object AbortSignal].`],
    ['a Headers', new Headers({ authorization: 'x' }), `${whole}; this is [object Headers].`],
  ])('%s', async ([, call, message]) => {
    const fetch = recordingFetch();
    const client = clientOf(origin, { fetch, retry: true });
    const error = await failureOf('usage', client.listModels({}, call as CallOptions));
    expect(error.message).toContain(message);
    expect(fetch.calls).toHaveLength(0);
  });
});

describe('An option', () => {
  test('that is undefined or null has its default', async () => {
    const { url } = await serve(ok);
    const names = [
      ...['headers', 'secretHeaders', 'fetch', 'init', 'timeoutMs', 'totalTimeoutMs', 'retry'],
      ...['maxResponseBytes', 'validate', 'onDrift', 'onAttempt', 'allowInsecureHttp'],
    ];
    for (const unset of [undefined, null]) {
      const options = Object.fromEntries(names.map((name) => [name, unset]));
      const client = createTrainingCatalogClient({ ...options, baseUrl: url, apiKey: null });
      const call = { signal: unset, timeoutMs: unset, headers: unset, init: unset } as CallOptions;
      expect((await client.listModels({}, call)).total).toBe(page.total);
    }
  });

  test('may be at either end of its range', async () => {
    const { url } = await serve(ok);
    const most = 2 ** 31 - 1;
    const client = clientOf(url, {
      ...{ timeoutMs: most, totalTimeoutMs: most, maxResponseBytes: most },
      retry: { limit: 0, minDelayMs: 0, maxDelayMs: most, maxRetryAfterMs: most },
    });
    expect((await client.listModels({}, { timeoutMs: most })).total).toBe(page.total);
  });

  test('baseUrl takes any case, port and path', async () => {
    const fetch = recordingFetch();
    for (const baseUrl of ['HTTPS://Example.COM:443', 'https://example.com:8443/a//', 'http://[::1]:80/b'])
      await clientOf(baseUrl, { fetch }).listModels();
    expect(fetch.calls.map(({ url }) => url.replace('/api/v1/training/catalog', ''))).toEqual([
      'https://example.com',
      'https://example.com:8443/a',
      'http://[::1]/b',
    ]);
  });
});

describe('The environment', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.unstubAllGlobals();
  });

  async function sent(options: ClientOptions): Promise<[url: string, authorization: string | undefined]> {
    const fetch = recordingFetch();
    await createTrainingCatalogClient({ ...options, fetch }).listModels();
    const [call] = fetch.calls;
    return [new URL(call?.url ?? '').origin, call?.init.headers['authorization']];
  }

  test('gives the server and the key, but is weaker than the options; with null no key is sent', async () => {
    vi.stubEnv('DREADNODE_SERVER', 'http://127.0.0.1:4010');
    vi.stubEnv('DREADNODE_API_KEY', 'from-env');
    const fromEnvironment = ['http://127.0.0.1:4010', 'Bearer from-env'];
    expect(await sent({})).toEqual(fromEnvironment);
    expect(await sent({ baseUrl: undefined, apiKey: undefined })).toEqual(fromEnvironment);
    const own = { baseUrl: 'https://a.example', apiKey: 'mine' };
    expect(await sent(own)).toEqual(['https://a.example', 'Bearer mine']);
    expect(await sent({ apiKey: null })).toEqual(['http://127.0.0.1:4010', undefined]);
  });

  test.for([undefined, ''])(
    'without the variables (%o) leaves the contract’s server and no key',
    async (value) => {
      vi.stubEnv('DREADNODE_SERVER', value);
      vi.stubEnv('DREADNODE_API_KEY', value);
      expect(await sent({})).toEqual([serverUrl, undefined]);
    },
  );

  test('that holds a wrong key is a usage error which names the variable and does not show the key', async () => {
    vi.stubEnv('DREADNODE_API_KEY', `${secret}\n`);
    const error = await usageErrorOf(() => createTrainingCatalogClient());
    expect(error).toMatchObject({ option: 'apiKey', message: expect.stringContaining('DREADNODE_API_KEY') });
    expect(error.message).not.toContain(secret);
  });

  test.for<[string, unknown]>([
    ['there is no process', undefined],
    ['process has no env', {}],
    [
      'reading it is refused, as by Deno',
      {
        get env() {
          throw new Error('NotCapable');
        },
      },
    ],
  ])('is not missed where %s', async ([, process]) => {
    vi.stubGlobal('process', process);
    const outcome = await sent({});
    vi.unstubAllGlobals();
    expect(outcome).toEqual([serverUrl, undefined]);
  });
});
