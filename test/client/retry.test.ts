import { afterEach, describe, expect, test, vi } from 'vitest';
import { errorResponses } from '../contract/from-yaml.ts';
import {
  answer,
  cut,
  endless,
  envelope,
  type Fault,
  hangUp,
  ok,
  page,
  reset,
  serve,
  silence,
  stall,
} from './fault-server.ts';
import { atOnce, clientOf, failureOf, recordingFetch } from './support.ts';

const retries3 = { ...atOnce, limit: 3 };
const forever = { timeoutMs: 2 ** 31 - 1, totalTimeoutMs: 2 ** 31 - 1 };

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe('A failure that may pass is tried again', () => {
  // Beside those of the contract, what gateways answer of their own.
  const retried = errorResponses.filter(({ retry }) => retry).map(({ status }) => status);
  test.for([...new Set([408, 503, ...retried])])(
    'status %i: up to the limit, then the last error, which says how often',
    async (status) => {
      const last = envelope(status, {}, { detail: 'the last' });
      const { url, requests } = await serve(envelope(status), envelope(status), envelope(status), last);
      const error = await failureOf('api', clientOf(url, { retry: retries3 }).listModels());
      expect(requests).toHaveLength(4);
      expect(error).toMatchObject({ status, attempts: 4, detail: 'the last' });
      expect(error.message).toContain('(after 4 attempts');
    },
  );

  test.for<[string, Fault]>([
    ['a closed connection', hangUp],
    ['a reset connection', reset],
    ['a cut body', cut()],
    ['a cut body of a server in trouble', cut(500)],
    ['silence', silence],
    ['a stalled body', stall()],
  ])('%s, and the page that comes at last is given', async ([, fault]) => {
    const { url, requests } = await serve(fault, ok);
    const client = clientOf(url, { retry: atOnce, timeoutMs: 500 });
    expect((await client.listModels()).total).toBe(page.total);
    expect(requests).toHaveLength(2);
  });

  test.for([
    Object.assign(new TypeError('fetch failed'), { cause: new Error('read ECONNRESET') }),
    new TypeError('NetworkError when attempting to fetch resource.'),
    new TypeError('Load failed'),
    new TypeError('Failed to fetch'),
  ])('a failure to connect in the words of any platform: %s', async (thrown) => {
    const fetch = recordingFetch(() => Promise.reject(thrown));
    const call = clientOf('http://127.0.0.1', { fetch, retry: atOnce }).listModels();
    const error = await failureOf('network', call);
    expect(fetch.calls).toHaveLength(3);
    expect(error.message).toContain('No complete answer from http://127.0.0.1 after 3 attempts: ');
    expect(error).toMatchObject({ attempts: 3, cause: { name: 'TypeError', message: thrown.message } });
  });
});

describe('Whether to try again is known at the headers', () => {
  test.for<[string, Fault]>([
    ['stalls', stall(503)],
    ['has no end', endless(503)],
  ])('so a 503 whose body %s is followed at once, and its connection is closed', async ([, fault]) => {
    const { url, requests } = await serve(fault, ok);
    const client = clientOf(url, { retry: atOnce, ...forever });
    expect((await client.listModels()).total).toBe(page.total);
    expect(client.events).toMatchObject([
      { attempt: 1, status: 503, delayMs: 0 },
      { attempt: 2, status: 200 },
    ]);
    await requests[0]?.closed;
  });

  test('a body that is no web stream is cancelled by the signal', async () => {
    const stalled = {
      status: 503,
      headers: new Headers(),
      body: {},
      text: () => new Promise<never>(() => {}),
    };
    const fetch = recordingFetch((_url, _init, n) => (n === 1 ? stalled : Response.json(page)));
    await clientOf('http://127.0.0.1', { fetch, retry: atOnce }).listModels();
    expect(fetch.calls.map(({ init }) => init.signal.aborted)).toEqual([true, false]);
  });
});

describe('A failure that another attempt cannot change is thrown at once', () => {
  test('a body that is cut, where its headers ask for a longer wait than is allowed', async () => {
    const later = 'HTTP/1.1 503 Later\r\nretry-after: 3600\r\ncontent-length: 9\r\n\r\n{';
    const { url, requests } = await serve((socket) => socket.end(later), ok);
    const error = await failureOf('network', clientOf(url, { retry: atOnce }).listModels());
    expect(error.attempts).toBe(1);
    expect(requests).toHaveLength(1);
  });

  test.for([...errorResponses.filter(({ retry }) => !retry).map(({ status }) => status), 418])(
    'status %i',
    async (status) => {
      const { url, requests } = await serve(envelope(status));
      const error = await failureOf('api', clientOf(url, { retry: retries3 }).listModels());
      expect(error).toMatchObject({ status, attempts: 1 });
      expect(requests).toHaveLength(1);
    },
  );
});

describe('How often', () => {
  test('is two more times by default', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(0);
    const { url, requests } = await serve(envelope(500));
    for (const retry of [undefined, true, {}, { limit: undefined }]) {
      requests.length = 0;
      await failureOf('api', clientOf(url, { retry }).listModels());
      expect(requests).toHaveLength(3);
    }
  });

  test.for([false, { limit: 0 }])('never with retry: %o', async (retry) => {
    const { url, requests } = await serve(envelope(500));
    await failureOf('api', clientOf(url, { retry }).listModels());
    expect(requests).toHaveLength(1);
  });
});

describe('onAttempt', () => {
  test('gets each attempt: its address, its answer, its duration and the wait after it', async () => {
    const { url } = await serve(hangUp, answer(503, '', { 'X-Request-Id': 'req-2' }), ok);
    const client = clientOf(url, { retry: atOnce });
    const start = performance.now();
    await client.listModels({ query: 'a b' });
    const allMs = performance.now() - start;
    const address = `${url}/api/v1/training/catalog?query=a%20b`;
    expect(client.events).toMatchObject([
      { attempt: 1, url: address, failure: 'network', headers: {}, delayMs: 0 },
      { attempt: 2, url: address, status: 503, headers: { 'x-request-id': 'req-2' }, delayMs: 0 },
      { attempt: 3, url: address, status: 200, headers: { 'content-type': 'application/json' } },
    ]);
    expect(client.events.map(Object.keys)).toEqual([
      ['attempt', 'durationMs', 'failure', 'delayMs'],
      ['attempt', 'durationMs', 'status', 'delayMs'],
      ['attempt', 'durationMs', 'status'],
    ]);
    for (const { durationMs } of client.events) expect(durationMs).toBeGreaterThan(0);
    expect(client.events.reduce((sum, { durationMs }) => sum + durationMs, 0)).toBeLessThanOrEqual(allMs);
  });
});

/** The waits before each new attempt after a failure of the server, with the random number fixed. */
async function waits(
  random: number,
  retry: object,
  headers: Record<string, string> = {},
  totalTimeoutMs = 1e9,
) {
  vi.useFakeTimers({ now: Date.UTC(2026, 0, 1) });
  vi.spyOn(Math, 'random').mockReturnValue(random);
  const begun: number[] = [];
  const fetch = recordingFetch(() => {
    begun.push(Date.now());
    return new Response('', { status: 503, headers });
  });
  const client = clientOf('http://127.0.0.1', { fetch, retry, totalTimeoutMs });
  const call = failureOf('response', client.listModels());
  await vi.runAllTimersAsync();
  const { retryAfterMs } = await call;
  const waited = begun.slice(1).map((time, index) => time - (begun[index] as number));
  expect(client.events.map(({ delayMs }) => delayMs)).toEqual([...waited.map(Math.round), undefined]);
  return { waited, retryAfterMs };
}

describe('Back-off', () => {
  test.for<[string, number, object, number[]]>([
    ['doubles up to 8 s', 1, { limit: 6 }, [500, 1_000, 2_000, 4_000, 8_000, 8_000]],
    [
      'doubles from minDelayMs up to maxDelayMs',
      1,
      { limit: 3, minDelayMs: 10, maxDelayMs: 25 },
      [10, 20, 25],
    ],
    ['may be nothing', 0, {}, [0, 0]],
    ['is drawn between nothing and that end', 0.5, {}, [250, 500]],
  ])('%s', async ([, random, retry, expected]) => {
    expect((await waits(random, retry)).waited).toEqual(expected);
  });

  test('does not begin if it would outlast the time of the whole call', async () => {
    // 500 ms fit; the 1,000 ms after them would end just when the time does.
    expect((await waits(1, {}, {}, 1_500)).waited).toEqual([500]);
  });
});

describe('Retry-After, with the clock at the start of 2026 and a back-off of 500 ms,', () => {
  const once = { limit: 1 };

  test.for<[string, number]>([
    ['0', 0],
    ['3', 3_000],
    ['003', 3_000],
    ['Thu, 01 Jan 2026 00:00:03 GMT', 3_000],
    ['Thursday, 01-Jan-26 00:00:03 GMT', 3_000],
    ['Wed, 31 Dec 2025 23:59:57 GMT', 0],
  ])('of "%s" is waited for: %i ms', async ([value, ms]) => {
    expect((await waits(1, once, { 'retry-after': value })).waited).toEqual([ms]);
  });

  test.for(['Thu, 01 Jan 2026 00:10:00 GMT', 'Wed, 31 Dec 2025 23:50:00 GMT'])(
    'as a date counts from the answer’s own Date, however wrong the clock is here: %s',
    async (date) => {
      const until = new Date(Date.parse(date) + 2_000).toUTCString();
      expect(await waits(1, once, { date, 'retry-after': until })).toEqual({
        waited: [2_000],
        retryAfterMs: 2_000,
      });
    },
  );

  test.for([
    ...['', '-1', '1.5', '1e3', '0x10', 'soon', '3 s', '3, 5', 'GMT'],
    ...['2026-01-01T00:00:03Z', 'Thu, 99 Jan 2026 00:00:03 GMT', 'Thu, 01 Jan 2026 00:00:03 +0100'],
    // Without a zone it would be a time of here.
    'Thu Jan  1 00:00:03 2026',
  ])('of "%s" is none, so that the back-off applies', async (value) => {
    expect(await waits(1, once, { 'retry-after': value })).toEqual({
      waited: [500],
      retryAfterMs: undefined,
    });
  });

  test('is waited for in full up to maxRetryAfterMs; beyond it the error comes at once', async () => {
    expect((await waits(1, once, { 'retry-after': '60' })).waited).toEqual([60_000]);
    expect(await waits(1, once, { 'retry-after': '61' })).toEqual({ waited: [], retryAfterMs: 61_000 });
    const short = { ...once, maxRetryAfterMs: 2_000 };
    expect((await waits(1, short, { 'retry-after': '2' })).waited).toEqual([2_000]);
    expect((await waits(1, short, { 'retry-after': '3' })).waited).toEqual([]);
  });

  test('beyond what is left of the call ends it at once', async () => {
    expect((await waits(1, {}, { 'retry-after': '30' }, 20_000)).waited).toEqual([]);
  });

  test.for(['9'.repeat(400), 'Fri, 31 Dec 9999 23:59:59 GMT'])(
    'of any length is a number of milliseconds: %s',
    async (value) => {
      const { waited, retryAfterMs } = await waits(1, once, { 'retry-after': value });
      expect(waited).toEqual([]);
      expect(Number.isSafeInteger(retryAfterMs)).toBe(true);
    },
  );
});
