import { inspect } from 'node:util';
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { createTrainingCatalogClient } from '../../src/client/client.ts';
import type { ClientOptions } from '../../src/client/options.ts';
import type { HeadersInput } from '../../src/transport/headers.ts';
import type { CallOptions } from '../../src/transport/options.ts';
import { ok, page, serve } from './fault-server.ts';
import { clientOf, failureOf, recordingFetch, usageErrorOf } from './support.ts';

const secret = 'SECRET123';
const origin = 'http://127.0.0.1';

describe('A wrong option is a usage error at creation that names it and shows no value:', () => {
  test.for<[string, unknown]>([
    ['baseUrl', 5],
    ['apiKey', 5],
    ['apiKey', { key: secret }],
    ['headers', `x-api-key: ${secret}`],
    ['fetch', 'fetch'],
    ['timeoutMs', 0],
    ['timeoutMs', 1.5],
    ['timeoutMs', '30'],
    ['timeoutMs', Number.NaN],
    ['timeoutMs', Number.POSITIVE_INFINITY],
    ['timeoutMs', 2 ** 31],
    ['totalTimeoutMs', 0],
    ['retry', 3],
    ['maxResponseBytes', 0],
    ['validate', 'yes'],
    ['onDrift', {}],
    ['onAttempt', true],
    ['allowInsecureHttp', 1],
  ])('%s: %o', async ([name, value]) => {
    const error = await usageErrorOf(() => createTrainingCatalogClient({ baseUrl: origin, [name]: value }));
    expect(error.message).toMatch(new RegExp(`^Option ${name} must be (a whole number|of type) `));
    expect(error.message).not.toContain(secret);
  });

  test.for<[string, unknown]>([
    ['limit', -1],
    ['limit', 0.5],
    ['minDelayMs', -1],
    ['maxDelayMs', '8000'],
    ['maxRetryAfterMs', Number.POSITIVE_INFINITY],
  ])('retry.%s: %o', async ([name, value]) => {
    const error = await usageErrorOf(() => clientOf(origin, { retry: { [name]: value } }));
    expect(error.message).toBe(`Option ${name} must be a whole number from 0 to 2147483647.`);
  });

  test.for(['GET', { 0: 'GET' }, [5], ['GET', 5]])('retry.methods: %o', async (methods) => {
    const error = await usageErrorOf(() => clientOf(origin, { retry: { methods } as never }));
    expect(error.message).toBe('Option methods must be a list of texts.');
  });

  test.for([
    'nowhere',
    '',
    '/api',
    '//host',
    'ftp://host',
    'file:///etc',
    'javascript:0',
    'http://',
    'http://user@host',
    'http://:SECRET123@host',
    'https://host?key=SECRET123',
    'https://host/#SECRET123',
    'https://host?',
    'http://a b',
  ])('baseUrl "%s"', async (baseUrl) => {
    const error = await usageErrorOf(() => clientOf(baseUrl));
    expect(error.message).toMatch(/^Option baseUrl must be an http or https URL/);
    expect(error.message).not.toContain(secret);
  });

  test.for(['timeout', 'apikey', 'baseURL', 'constructor', 'toString', '__proto__'])(
    'the unknown %s',
    async (name) => {
      const wrong = JSON.parse(`{"${name}":"${secret}"}`);
      const error = await usageErrorOf(() => createTrainingCatalogClient(wrong));
      expect(error.message).toMatch(`Unknown option ${name}; known are baseUrl, apiKey, headers, fetch,`);
      expect(error.message).not.toContain(secret);
      const inRetry = await usageErrorOf(() => clientOf(origin, { retry: wrong }));
      expect(inRetry.message).toBe(
        `Unknown option ${name}; known are limit, minDelayMs, maxDelayMs, maxRetryAfterMs, methods.`,
      );
    },
  );

  test.for([null, 5, 'http://127.0.0.1', true])('%o in place of all options', async (options) => {
    const error = await usageErrorOf(() => createTrainingCatalogClient(options as ClientOptions));
    expect(error.message).toBe('Pass the options as an object.');
  });
});

describe('A wrong option of a call is a usage error before anything is sent:', () => {
  test.for<[unknown, string]>([
    [{ signal: new AbortController() }, 'Option signal must be an AbortSignal.'],
    [{ signal: true }, 'Option signal must be an AbortSignal.'],
    [{ timeoutMs: 0 }, 'Option timeoutMs must be a whole number from 1 to 2147483647.'],
    [{ timeout: 5 }, 'Unknown option timeout; known are signal, timeoutMs, headers, init.'],
    [{ headers: 'a: b' }, 'Option headers must be of type object.'],
    [5, 'Pass the options of a call as an object, such as { signal }.'],
  ])('%o', async ([call, message]) => {
    const fetch = recordingFetch();
    const client = clientOf(origin, { fetch, retry: true });
    const error = await failureOf('usage', client.listModels({}, call as CallOptions));
    expect(error.message).toBe(message);
    expect(fetch.calls).toHaveLength(0);
  });
});

describe('An option', () => {
  test('that is undefined or null stands for its default', async () => {
    const { url } = await serve(ok);
    const names = [
      'headers',
      'fetch',
      'timeoutMs',
      'totalTimeoutMs',
      'retry',
      'maxResponseBytes',
      'validate',
      'onDrift',
      'onAttempt',
      'allowInsecureHttp',
    ];
    for (const unset of [undefined, null]) {
      const options = Object.fromEntries(names.map((name) => [name, unset]));
      const client = createTrainingCatalogClient({ ...options, baseUrl: url, apiKey: null });
      expect((await client.listModels({}, { signal: unset as undefined, timeoutMs: undefined })).total).toBe(
        page.total,
      );
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

describe('Options are read alike, whatever made them', () => {
  class Options {
    get baseUrl() {
      return 'http://127.0.0.1:9';
    }
    get apiKey() {
      return 'of-the-class';
    }
  }
  const sentWith = async (options: ClientOptions) => {
    const fetch = recordingFetch();
    vi.stubGlobal('fetch', fetch);
    onTestFinished(() => void vi.unstubAllGlobals());
    await createTrainingCatalogClient(options).listModels();
    const [{ url, init }] = fetch.calls as [(typeof fetch.calls)[number]];
    return [new URL(url).origin, init.headers['authorization']];
  };

  test.for<[string, () => ClientOptions]>([
    ['a class with getters', () => new Options()],
    ['one that extends it', () => new (class extends Options {})()],
    ['an object that inherits', () => Object.create(new Options())],
    ['a proxy', () => new Proxy({ baseUrl: 'http://127.0.0.1:9', apiKey: 'of-the-class' }, {})],
    [
      'an object without a prototype',
      () => Object.assign(Object.create(null), { baseUrl: 'http://127.0.0.1:9', apiKey: 'of-the-class' }),
    ],
  ])('%s', async ([, make]) => {
    expect(await sentWith(make())).toEqual(['http://127.0.0.1:9', 'Bearer of-the-class']);
  });

  test('each once, so that what was checked is what is used', async () => {
    let reads = 0;
    const options = {
      baseUrl: 'http://127.0.0.1:9',
      get apiKey() {
        reads += 1;
        return reads === 1 ? 'first' : 'line\nend';
      },
    };
    expect(await sentWith(options)).toEqual(['http://127.0.0.1:9', 'Bearer first']);
  });

  test.for<[string, () => unknown]>([
    ['a Map', () => new Map([['apiKey', secret]])],
    ['a list', () => [{ apiKey: secret }]],
    ['a URL', () => new URL('http://127.0.0.1:9')],
    ['a promise', () => Promise.resolve({})],
    [
      'a getter that throws',
      () => ({
        get apiKey() {
          throw new Error(secret);
        },
      }),
    ],
    [
      'a proxy that throws',
      () =>
        new Proxy(
          {},
          {
            ownKeys() {
              throw new Error(secret);
            },
          },
        ),
    ],
  ])('or not at all: %s is a usage error', async ([, make]) => {
    const error = await usageErrorOf(() => createTrainingCatalogClient(make() as ClientOptions));
    expect(error.message).toMatch(/^Pass the options as an object; this /);
    expect(error.errors).toEqual([]);
    if (error.message.includes('could not be read')) {
      expect(error.cause).toMatchObject({ message: '[not shown]' });
    }
    expect(inspect(error)).not.toContain(secret);
  });

  test.for<[string, () => unknown]>([
    ['the signal itself', () => new AbortController().signal],
    ['a Headers', () => new Headers({ authorization: 'x' })],
    ['a URLSearchParams', () => new URLSearchParams('timeoutMs=5')],
  ])('in place of a call’s options %s is a usage error', async ([, make]) => {
    const fetch = recordingFetch();
    const error = await failureOf('usage', clientOf(origin, { fetch }).listModels({}, make() as CallOptions));
    expect(error.message).toMatch(/^Pass the options of a call as an object, such as { signal }; this is /);
    expect(fetch.calls).toHaveLength(0);
  });

  test('headers that can not be read are a usage error', async () => {
    const headers = {
      get authorization(): string {
        throw new Error(secret);
      },
    };
    const error = await usageErrorOf(() => clientOf(origin, { headers }));
    expect(error.message).toBe('Option headers could not be read.');
    expect(error.errors).toEqual([]);
    expect(error.cause).toMatchObject({ message: '[not shown]' });
    expect(inspect(error)).not.toContain(secret);
  });

  test('a number in the place of a header’s text is sent as one', async () => {
    const fetch = recordingFetch(() =>
      Response.json({ code: 401, type: 'token_error', detail: 'no' }, { status: 401 }),
    );
    const headers = { 'x-request-id': 5 } as never;
    expect(await failureOf('api', clientOf(origin, { fetch, headers }).listModels())).toMatchObject({
      status: 401,
    });
    expect(fetch.calls[0]?.init.headers).toMatchObject({ 'x-request-id': '5' });
    for (const value of [{}, [], true, Symbol('a')]) {
      const error = await usageErrorOf(() => clientOf(origin, { headers: { 'x-a': value } as never }));
      expect(error.message).toContain('"x-a"');
    }
  });

  test.for<[string, HeadersInput]>([
    ['a whole line', [[`Authorization: Bearer ${secret}`]]],
    ['a whole line before an empty value', { [`Authorization: Bearer ${secret}`]: '' }],
    ['a value', { [`Bearer ${secret}`]: 'authorization' }],
  ])('%s in the place of a header’s name is a usage error that does not show it', async ([, headers]) => {
    const fetch = recordingFetch();
    const outcomes = [
      await usageErrorOf(() => clientOf(origin, { fetch, headers })),
      await failureOf('usage', clientOf(origin, { fetch }).listModels({}, { headers })),
    ];
    for (const error of outcomes) {
      expect(error.message).toBe("Option headers: HTTP can't carry one of the names.");
      expect(inspect(error)).not.toContain(secret);
    }
    expect(fetch.calls).toHaveLength(0);
  });

  test.for<[string, (proxy: never) => ClientOptions & CallOptions]>([
    ['a signal', (signal) => ({ signal })],
    ['a pair of headers', (pair) => ({ headers: [pair] })],
    ['a list of methods', (methods) => ({ retry: { methods } })],
  ])('%s that can not be read is a usage error', async ([, make]) => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    const { signal, ...options } = make(proxy as never);
    const call = async () =>
      clientOf(origin, { fetch: recordingFetch(), ...options }).listModels({}, { signal });
    await failureOf('usage', call());
  });

  test('a signal that nobody can listen to is a usage error, and leaves nothing behind', async () => {
    const setTimer = vi.spyOn(globalThis, 'setTimeout');
    onTestFinished(() => setTimer.mockRestore());
    const fetch = recordingFetch();
    const refuse = () => {
      throw new TypeError('Illegal invocation');
    };
    const sound = { aborted: false, reason: undefined, addEventListener() {}, removeEventListener() {} };
    for (const [parts, message] of [
      [{ aborted: 'no' }, 'Option signal must be an AbortSignal.'],
      [{ addEventListener: 1 }, 'Option signal must be an AbortSignal.'],
      [{ removeEventListener: undefined }, 'Option signal must be an AbortSignal.'],
      [{ addEventListener: refuse }, "Option signal can't be listened to."],
    ] as const) {
      const signal = { ...sound, ...parts } as never;
      const error = await failureOf('usage', clientOf(origin, { fetch }).listModels({}, { signal }));
      expect(error.message).toBe(message);
    }
    expect(fetch.calls).toHaveLength(0);
    expect(setTimer).not.toHaveBeenCalled();
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

  test('gives the server and the key', async () => {
    vi.stubEnv('DREADNODE_SERVER', 'http://127.0.0.1:4010');
    vi.stubEnv('DREADNODE_API_KEY', 'from-env');
    expect(await sent({})).toEqual(['http://127.0.0.1:4010', 'Bearer from-env']);
    expect(await sent({ baseUrl: undefined, apiKey: undefined })).toEqual([
      'http://127.0.0.1:4010',
      'Bearer from-env',
    ]);
  });

  test('is weaker than the options; with null no key is sent', async () => {
    vi.stubEnv('DREADNODE_SERVER', 'http://127.0.0.1:4010');
    vi.stubEnv('DREADNODE_API_KEY', 'from-env');
    expect(await sent({ baseUrl: 'https://a.example', apiKey: 'mine' })).toEqual([
      'https://a.example',
      'Bearer mine',
    ]);
    expect(await sent({ apiKey: null })).toEqual(['http://127.0.0.1:4010', undefined]);
  });

  test.for([undefined, ''])(
    'without the variables (%o) leaves the contract’s server and no key',
    async (value) => {
      vi.stubEnv('DREADNODE_SERVER', value);
      vi.stubEnv('DREADNODE_API_KEY', value);
      expect(await sent({})).toEqual(['https://app.dreadnode.io', undefined]);
    },
  );

  test('that is wrong is a usage error which names the variable and does not show the key', async () => {
    vi.stubEnv('DREADNODE_SERVER', 'localhost:4010');
    expect((await usageErrorOf(() => createTrainingCatalogClient())).message).toContain('DREADNODE_SERVER');
    vi.stubEnv('DREADNODE_SERVER', undefined);
    vi.stubEnv('DREADNODE_API_KEY', `${secret}\n`);
    const error = await usageErrorOf(() => createTrainingCatalogClient());
    expect(error.message).toContain('DREADNODE_API_KEY');
    expect(error.message).not.toContain(secret);
  });

  test.for<[string, unknown]>([
    ['there is none', undefined],
    ['process has no env', {}],
    [
      'reading it is refused',
      {
        env: new Proxy(
          {},
          {
            get: () => {
              throw new Error('NotCapable');
            },
          },
        ),
      },
    ],
  ])('is not missed where %s', async ([, process]) => {
    vi.stubGlobal('process', process);
    const outcome = await sent({});
    vi.unstubAllGlobals();
    expect(outcome).toEqual(['https://app.dreadnode.io', undefined]);
  });
});
