/** A fetch of the caller's, and what else the platform's own takes. */
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { FetchResponse, InitOptions } from '../../src/transport/fetch.ts';
import { envelope, hangUp, ok, page, serve } from './fault-server.ts';
import { atOnce, clientOf, failureOf, recordingFetch, usageErrorOf } from './support.ts';

const realFetch = globalThis.fetch;
const own = ['headers', 'method', 'redirect', 'signal'];

afterEach(() => vi.unstubAllGlobals());

describe('A custom fetch', () => {
  test('is given a string URL and a plain init, with none of the keys that edge workers refuse', async () => {
    const { url, requests } = await serve(ok);
    const fetch = recordingFetch(realFetch);
    const { signal } = new AbortController();
    await clientOf(url, { fetch, apiKey: 'KEY' }).listModels({ limit: 1 }, { signal });
    expect(fetch.calls).toEqual([
      {
        url: `${url}/api/v1/training/catalog?limit=1`,
        init: {
          method: 'GET',
          headers: { accept: expect.any(String), authorization: 'Bearer KEY' },
          redirect: 'manual',
          signal: expect.any(AbortSignal),
        },
      },
    ]);
    expect(requests).toHaveLength(1);
  });

  test.for(['option', 'global'])('as %s is called without a this, on retry too', async (where) => {
    const { url } = await serve(hangUp, ok);
    const fetch = function (this: unknown, ...args: Parameters<typeof realFetch>) {
      if (this !== undefined && this !== globalThis) throw new TypeError('Illegal invocation');
      return realFetch(...args);
    };
    if (where === 'global') vi.stubGlobal('fetch', fetch);
    const client = clientOf(url, { retry: atOnce, fetch: where === 'option' ? fetch : undefined });
    expect((await client.listModels()).total).toBe(page.total);
    expect(client.events).toHaveLength(2);
  });

  test('may add headers to a request, which are in that request only', async () => {
    const seen: string[][] = [];
    const fetch = recordingFetch((_url, { headers }) => {
      seen.push(Object.keys(headers));
      headers['x-trace'] = '1';
      return Response.json(page);
    });
    const client = clientOf('http://127.0.0.1', { fetch });
    await client.listModels();
    await client.listModels();
    expect(seen).toEqual([['accept'], ['accept']]);
  });

  test.for<[string, () => unknown]>([
    ['a TypeError', () => (undefined as never as { json: unknown }).json],
    ['a ReferenceError', () => new Function('return nothingByThisName')()],
    ['a RangeError', () => new Array(-1)],
    ['a SyntaxError', () => JSON.parse('{')],
  ])('with a mistake in it is named with its message, and asked once: %s', async ([name, mistake]) => {
    const fetch = recordingFetch(() => mistake() as FetchResponse);
    const client = clientOf('http://127.0.0.1', { fetch, retry: atOnce });
    const error = await failureOf('usage', client.listModels());
    expect(fetch.calls).toHaveLength(1);
    expect(error).toMatchObject({ option: 'fetch', attempts: 1, cause: { name: name.slice(2) } });
    expect(error.message).toBe(`Option fetch threw ${name}: ${(error.cause as Error).message}`);
  });

  test.for<[string, object]>([
    ['a code', { code: 'ECONNRESET' }],
    ['a cause', { cause: new Error('read ECONNRESET') }],
  ])('that throws what has %s had no mistake in it, whatever the words', async ([, more]) => {
    const fetch = recordingFetch(() => Promise.reject(Object.assign(new TypeError('x is not a y'), more)));
    const client = clientOf('http://127.0.0.1', { fetch, retry: atOnce });
    expect(await failureOf('network', client.listModels())).toMatchObject({ reason: 'reset', attempts: 3 });
  });

  test('that gives something else than a Response is named, and asked once', async () => {
    for (const given of [undefined, null, 'text', {}, { status: '200' }, { status: 200, headers: {} }]) {
      const fetch = recordingFetch(() => given as never);
      const client = clientOf('http://127.0.0.1', { fetch, retry: atOnce });
      const error = await failureOf('usage', client.listModels());
      expect(error).toMatchObject({ option: 'fetch', message: 'Option fetch gave no Response.' });
      expect(fetch.calls).toHaveLength(1);
    }
  });
});

describe('The platform’s fetch', () => {
  test('is looked up at each call, so that one patched later is used', async () => {
    const client = clientOf('http://127.0.0.1');
    const fetch = recordingFetch();
    vi.stubGlobal('fetch', fetch);
    await client.listModels();
    expect(fetch.calls).toHaveLength(1);
  });

  test('that is missing is a usage error', async () => {
    vi.stubGlobal('fetch', undefined);
    const error = await failureOf('usage', clientOf('http://127.0.0.1').listModels());
    expect(error).toMatchObject({ option: 'fetch', message: expect.stringContaining('There is no fetch') });
  });

  test('needs neither AbortSignal.any nor AbortSignal.timeout beside it', async () => {
    vi.stubGlobal('AbortSignal', class extends AbortSignal {});
    Object.assign(AbortSignal, { any: undefined, timeout: undefined });
    vi.resetModules();
    const { createTrainingCatalogClient } = await import('../../src/client/client.ts');
    const { url } = await serve(envelope(500), ok);
    const client = createTrainingCatalogClient({ baseUrl: url, apiKey: null, retry: atOnce });
    const { signal } = new AbortController();
    expect((await client.listModels({}, { signal })).total).toBe(page.total);
  });
});

describe('init', () => {
  /** What a fetch was given, our own parts aside. */
  const extras = (init: object | undefined) =>
    Object.fromEntries(Object.entries(init ?? {}).filter(([name]) => !own.includes(name)));

  test('is passed on untouched, on each attempt', async () => {
    const dispatcher = { dispatch() {} };
    const init = { cache: 'no-store', next: { revalidate: 60 }, cf: { cacheTtl: 5 }, dispatcher } as const;
    const fetch = recordingFetch((_url, _init, n) =>
      n < 3 ? new Response('', { status: 503 }) : Response.json(page),
    );
    await clientOf(undefined, { fetch, init, retry: atOnce }).listModels();
    expect(fetch.calls.map((call) => extras(call.init))).toEqual([init, init, init]);
    expect(Reflect.get(fetch.calls[2]?.init ?? {}, 'dispatcher')).toBe(dispatcher);
  });

  test('of a call adds to the client’s, and replaces equal fields', async () => {
    const fetch = recordingFetch();
    const client = clientOf(undefined, { fetch, init: { cache: 'no-store', keepalive: true } });
    await client.listModels({}, { init: { cache: 'reload', next: { tags: ['models'] } } });
    await client.findModel(page.models[0].tinker_id, { init: { cache: 'reload' } });
    await client.listModels();
    expect(fetch.calls.map((call) => extras(call.init))).toEqual([
      { cache: 'reload', keepalive: true, next: { tags: ['models'] } },
      { cache: 'reload', keepalive: true },
      { cache: 'no-store', keepalive: true },
    ]);
  });

  test.for(['method', 'body', 'headers', 'signal', 'redirect'])('takes no %s', async (name) => {
    const init = { [name]: null } as InitOptions;
    const inOptions = await usageErrorOf(() => clientOf(undefined, { init }));
    expect(inOptions).toMatchObject({ option: 'init' });
    expect(inOptions.message).toMatch(`Option init takes no ${name}: `);
    const fetch = recordingFetch();
    const inCall = await failureOf('usage', clientOf(undefined, { fetch }).listModels({}, { init }));
    expect(inCall.message).toBe(inOptions.message);
    expect(fetch.calls).toEqual([]);
  });

  test('is no Map or list, whose content would be ignored', async () => {
    for (const init of [new Map(), [['cache', 'no-store']]]) {
      const error = await usageErrorOf(() => clientOf(undefined, { init: init as never }));
      expect(error.message).toContain('Pass option init as an object, such as { keepalive: true }; this is ');
    }
  });

  test('that the platform does not take is named, and a dead network is still taken for one', async () => {
    const dead = 'http://127.0.0.1:9';
    const client = clientOf(dead, { retry: atOnce, init: { cache: 'sometimes' as never } });
    const error = await failureOf('usage', client.listModels());
    expect(error.option).toBe('init');
    expect(error.message).toMatch(/^Option init: fetch threw a TypeError: .*sometimes/);
    expect(client.events).toHaveLength(1);
    await failureOf('network', clientOf(dead, { init: { keepalive: true } }).listModels());
  });
});
