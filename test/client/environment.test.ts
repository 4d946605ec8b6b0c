import { afterEach, describe, expect, test, vi } from 'vitest';
import { envelope, hangUp, ok, page, serve } from './fault-server.ts';
import { atOnce, clientOf, failureOf, recordingFetch } from './support.ts';

const realFetch = globalThis.fetch;

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe('A custom fetch', () => {
  test('is given a string URL and a plain init, as fetches written for those expect', async () => {
    const { url, requests } = await serve(ok);
    const fetch = recordingFetch((target, init) => realFetch(String(target), init));
    const { signal } = new AbortController();
    await clientOf(url, { fetch, apiKey: 'KEY' }).listModels({ limit: 1 }, { signal });
    expect(fetch.calls).toEqual([
      {
        url: `${url}/api/v1/training/catalog?limit=1`,
        init: {
          method: 'GET',
          headers: { accept: 'application/json', authorization: 'Bearer KEY' },
          redirect: 'manual',
          signal: expect.any(AbortSignal),
        },
      },
    ]);
    expect(requests).toHaveLength(1);
  });

  test('is given none of the keys that edge workers refuse', async () => {
    const fetch = recordingFetch((target, init) => {
      for (const key of ['credentials', 'cache', 'mode'])
        if (Object.hasOwn(init, key)) throw new TypeError(`${key}!`);
      return realFetch(target, init);
    });
    const { url } = await serve(envelope(500), ok);
    expect((await clientOf(url, { fetch, retry: atOnce }).listModels()).total).toBe(page.total);
  });

  test.for(['option', 'global'])('as %s is called without a this, on retry too', async (where) => {
    const { url } = await serve(hangUp, ok);
    const fetch = function (this: unknown, ...args: Parameters<typeof realFetch>) {
      if (this !== undefined && this !== globalThis) throw new TypeError('Illegal invocation');
      return realFetch(...args);
    } as typeof realFetch;
    if (where === 'global') vi.stubGlobal('fetch', fetch);
    const client = clientOf(url, { retry: atOnce, fetch: where === 'option' ? fetch : undefined });
    expect((await client.listModels()).total).toBe(page.total);
    expect(client.events).toHaveLength(2);
  });

  test('that throws on the spot is like one that rejects', async () => {
    const fetch = () => {
      throw new Error('no network');
    };
    const error = await failureOf('network', clientOf('http://127.0.0.1', { fetch }).listModels());
    expect(error.message).toContain('no network');
  });
});

test('The global fetch is looked up at each call, so that one patched later is used', async () => {
  const client = clientOf('http://127.0.0.1');
  const fetch = recordingFetch();
  vi.stubGlobal('fetch', fetch);
  await client.listModels();
  expect(fetch.calls).toHaveLength(1);
});

test('Neither AbortSignal.any nor AbortSignal.timeout is needed', async () => {
  vi.stubGlobal('AbortSignal', class extends AbortSignal {});
  Object.assign(AbortSignal, { any: undefined, timeout: undefined });
  vi.resetModules();
  const { createTrainingCatalogClient } = await import('../../src/client/client.ts');
  const { url } = await serve(ok, hangUp);
  const client = createTrainingCatalogClient({ baseUrl: url, apiKey: null, retry: false, timeoutMs: 5_000 });
  const { signal } = new AbortController();
  expect(AbortSignal.any).toBeUndefined();
  expect((await client.listModels({}, { signal })).total).toBe(page.total);
  await failureOf('network', client.listModels({}, { signal }));
});

test('Where there is no Headers, as in Jest’s jsdom, the error says so', async () => {
  vi.stubGlobal('Headers', undefined);
  const error = await failureOf('usage', clientOf('http://127.0.0.1').listModels());
  expect(error.message).toContain('This platform lacks what fetch needs: Headers');
});

test('Where there is no TextDecoder, as in Jest’s jsdom, a page is read as the text that it is', async () => {
  const respond = () => Object.assign(Response.json(page), { text: async () => JSON.stringify(page) });
  vi.stubGlobal('TextDecoder', undefined);
  expect(await clientOf(undefined, { fetch: recordingFetch(respond) }).listModels()).toEqual(page);
});

test('Where nothing gives the bytes of a body, its text is held to the limit', async () => {
  const fetch = recordingFetch(() => ({
    status: 200,
    headers: new Headers(),
    body: { pipe() {} },
    text: async () => JSON.stringify(page),
  }));
  const size = JSON.stringify(page).length;
  expect(await clientOf(undefined, { fetch, maxResponseBytes: size }).listModels()).toEqual(page);
  const error = await failureOf(
    'response',
    clientOf(undefined, { fetch, maxResponseBytes: size - 1 }).listModels(),
  );
  expect(error.message).toContain('maxResponseBytes');
});

test('Where there is no fetch at all, the error says so', async () => {
  vi.stubGlobal('fetch', undefined);
  const error = await failureOf('usage', clientOf('http://127.0.0.1').listModels());
  expect(error.message).toContain('There is no fetch');
});
