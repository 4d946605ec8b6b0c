/** What else the platform's fetch takes gets there as it is, by either client. */
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { createRawClient } from '../../src/client/raw.ts';
import type { InitOptions } from '../../src/transport/fetch.ts';
import { atOnce, clientOf, failureOf, recordingFetch, usageErrorOf } from './support.ts';

const path = '/api/v1/training/catalog';
const own = ['method', 'headers', 'redirect', 'signal'];

/** What a fetch was given, our own parts aside. */
function extras(init: object | undefined) {
  return Object.fromEntries(Object.entries(init ?? {}).filter(([name]) => !own.includes(name)));
}

describe('The typed client', () => {
  test('passes init on untouched, on each attempt', async () => {
    const dispatcher = { dispatch() {} };
    const init = { cache: 'no-store', next: { revalidate: 60 }, cf: { cacheTtl: 5 }, dispatcher } as const;
    const fetch = recordingFetch((_url, _init, n) => new Response('{}', { status: n < 3 ? 503 : 200 }));
    await clientOf(undefined, { fetch, init, validate: false, retry: atOnce })
      .listModels()
      .catch(() => {});
    expect(fetch.calls.map((call) => extras(call.init))).toEqual([init, init, init]);
    expect(fetch.calls[2]?.init).toHaveProperty(
      'dispatcher',
      expect.toSatisfy((one) => one === dispatcher),
    );
  });

  test('lets a call add to it, and win', async () => {
    const fetch = recordingFetch();
    const client = clientOf(undefined, { fetch, init: { cache: 'no-store', keepalive: true } });
    await client.listModels({}, { init: { cache: 'reload', next: { tags: ['models'] } } });
    await client.findModel('none', { init: { cache: 'reload' } }).catch(() => {});
    await client.listModels();
    expect(extras(fetch.calls[0]?.init)).toEqual({
      cache: 'reload',
      keepalive: true,
      next: { tags: ['models'] },
    });
    expect(extras(fetch.calls[1]?.init)).toEqual({ cache: 'reload', keepalive: true });
    expect(extras(fetch.calls.at(-1)?.init)).toEqual({ cache: 'no-store', keepalive: true });
  });

  test('says nothing to fetch that nobody has said', async () => {
    const fetch = recordingFetch();
    await clientOf(undefined, { fetch, init: {} }).listModels({}, { init: { cache: undefined } as never });
    expect(Object.keys(fetch.calls[0]?.init ?? {}).sort()).toEqual([...own].sort());
  });

  test('refuses what has none of its names', async () => {
    const error = await usageErrorOf(() => clientOf(undefined, { init: new Map() as never }));
    expect(error.message).toBe(
      'Pass option init as an object, such as { keepalive: true }; this is [object Map].',
    );
    expect(error.errors).toEqual([]);
  });

  test.for(['method', 'body', 'headers', 'signal', 'redirect'])('refuses %s in it', async (name) => {
    const init = { [name]: null } as InitOptions;
    const inOptions = await usageErrorOf(() => clientOf(undefined, { init }));
    expect(inOptions.message).toMatch(`Option init takes no ${name}: `);
    expect(inOptions.errors).toEqual([]);
    const fetch = recordingFetch();
    const inCall = await failureOf('usage', clientOf(undefined, { fetch }).listModels({}, { init }));
    expect(inCall.message).toBe(inOptions.message);
    expect(fetch.calls).toEqual([]);
  });

  test.for<[string, unknown]>([
    ['a Request', new Request('http://127.0.0.1')],
    ['a list', [['cache', 'no-store']]],
    ['a text', 'no-store'],
  ])('refuses %s for it', async ([, init]) => {
    await usageErrorOf(() => clientOf(undefined, { init: init as InitOptions }));
  });

  test('shows at once what the platform does not take of it', async () => {
    const client = clientOf('http://127.0.0.1:9', { retry: atOnce, init: { cache: 'sometimes' as never } });
    const error = await failureOf('usage', client.listModels());
    expect(error.message).toMatch(/^Option init: fetch threw a TypeError: .*sometimes/);
    expect(client.events).toHaveLength(1);
  });

  test('still takes a dead network for one', async () => {
    await failureOf('network', clientOf('http://127.0.0.1:9', { init: { keepalive: true } }).listModels());
  });
});

describe('The raw client', () => {
  /** What the platform's fetch is given for a call of the raw client. */
  async function given(options: object, call: Record<string, unknown>): Promise<object> {
    const fetch = recordingFetch();
    await createRawClient({ apiKey: null, fetch, ...options }).GET(path, call);
    return extras(fetch.calls[0]?.init);
  }

  test('passes on what a call says to fetch: what a Request holds, and what it does not', async () => {
    const dispatcher = { dispatch() {} };
    const call = {
      ...{
        cache: 'no-store',
        credentials: 'include',
        integrity: 'sha256-A',
        keepalive: true,
        mode: 'same-origin',
      },
      ...{ referrer: '', referrerPolicy: 'no-referrer', priority: 'high' },
      ...{ next: { revalidate: 60 }, cf: { cacheTtl: 5 }, dispatcher },
    };
    expect(await given({}, call)).toEqual(call);
  });

  test('says nothing to fetch that nobody has said', async () => {
    expect(await given({}, {})).toEqual({});
  });

  test('takes init for all calls, weaker than what a call says', async () => {
    const init = { cache: 'no-store', next: { revalidate: 60 } };
    expect(await given({ init }, {})).toEqual(init);
    expect(await given({ init }, { cache: 'default' })).toEqual({ ...init, cache: 'default' });
    expect(await given({ init }, { cache: 'reload', next: {} })).toEqual({ cache: 'reload', next: {} });
    await usageErrorOf(() => createRawClient({ init: { method: 'POST' } as never }));
  });

  test('works where the names alone are refused, as by some edge workers', async () => {
    const refused = ['cache', 'credentials', 'mode'];
    class EdgeRequest extends Request {
      constructor(input: string, init: RequestInit = {}) {
        const name = refused.find((each) => each in init);
        if (name) throw new TypeError(`The '${name}' field is not implemented.`);
        super(input, init);
      }
    }
    vi.stubGlobal('Request', EdgeRequest);
    onTestFinished(() => void vi.unstubAllGlobals());
    expect(await given({}, {})).toEqual({});
  });
});
