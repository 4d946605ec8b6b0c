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

describe('A failure that may pass is tried again', () => {
  // Beside those of the contract, what gateways answer of their own.
  const retried = errorResponses.filter(({ retry }) => retry).map(({ status }) => status);
  test.for([...new Set([408, 429, 500, 502, 503, 504, ...retried])])(
    'status %i: up to the limit, then the last error',
    async (status) => {
      const last = envelope(status, {}, { detail: 'the last' });
      const { url, requests } = await serve(envelope(status), envelope(status), envelope(status), last);
      const error = await failureOf('api', clientOf(url, { retry: retries3 }).listModels());
      expect(requests).toHaveLength(4);
      expect(error).toMatchObject({ status, attempts: 4, detail: 'the last' });
    },
  );

  test('a 429 whose envelope says that a quota is used up', async () => {
    const { url, requests } = await serve(envelope(429, {}, { type: 'quota_exceeded' }));
    await failureOf('api', clientOf(url, { retry: retries3 }).listModels());
    expect(requests).toHaveLength(4);
  });

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
    Object.assign(new TypeError('fetch failed'), {
      cause: Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }),
    }),
    new TypeError('NetworkError when attempting to fetch resource.'),
    new TypeError('Load failed'),
    new TypeError('Failed to fetch'),
  ])('a failure to connect in the words of any platform: %s', async (thrown) => {
    const fetch = recordingFetch(() => Promise.reject(thrown));
    const error = await failureOf(
      'network',
      clientOf('http://127.0.0.1', { fetch, retry: atOnce }).listModels(),
    );
    expect(fetch.calls).toHaveLength(3);
    expect(error.attempts).toBe(3);
    expect(error.cause).toMatchObject({ name: 'TypeError', message: thrown.message });
  });
});

describe('Whether to try again is known at the headers', () => {
  test('so a 503 whose body stalls is followed at once, and its connection is closed', async () => {
    const { url, requests } = await serve(stall(503), ok);
    const client = clientOf(url, { retry: atOnce, timeoutMs: 2 ** 31 - 1, totalTimeoutMs: 2 ** 31 - 1 });
    expect((await client.listModels()).total).toBe(page.total);
    expect(client.events).toMatchObject([
      { attempt: 1, status: 503, delayMs: 0 },
      { attempt: 2, status: 200 },
    ]);
    await requests[0]?.closed;
  });

  test('so is one without an end', async () => {
    const { url, requests } = await serve(endless(503), ok);
    const client = clientOf(url, { retry: atOnce, timeoutMs: 2 ** 31 - 1, totalTimeoutMs: 2 ** 31 - 1 });
    expect((await client.listModels()).total).toBe(page.total);
    await requests[0]?.closed;
  });

  test('a body that is not a web stream is let go by the signal', async () => {
    const fetch = recordingFetch((_url, _init, n) =>
      n === 1
        ? { status: 503, headers: new Headers(), body: { pipe() {} }, text: () => new Promise(() => {}) }
        : Response.json(page),
    );
    await clientOf('http://127.0.0.1', { fetch, retry: atOnce }).listModels();
    expect(fetch.calls.map(({ init }) => init.signal.aborted)).toEqual([true, false]);
  });

  test('a connection whose body came soon is used again', async () => {
    const { url, connections } = await serve(envelope(503), ok);
    await clientOf(url, { retry: { ...atOnce, minDelayMs: 40, maxDelayMs: 40 } }).listModels();
    expect(connections()).toBe(1);
  });
});

describe('A failure that another attempt cannot change is told at once', () => {
  test.for([400, 401, 403, 404, 409, 422, 426])('status %i', async (status) => {
    const { url, requests } = await serve(envelope(status));
    const error = await failureOf('api', clientOf(url, { retry: retries3 }).listModels());
    expect(error).toMatchObject({ status, attempts: 1 });
    expect(requests).toHaveLength(1);
  });

  test('a page that breaks the contract', async () => {
    const { url, requests } = await serve(answer(200, '{}'));
    await failureOf('response', clientOf(url, { retry: retries3 }).listModels());
    expect(requests).toHaveLength(1);
  });

  test('a fetch that gives something else than a Response', async () => {
    for (const given of [undefined, null, 'text', {}, { status: '200' }]) {
      const fetch = recordingFetch(() => given);
      const error = await failureOf(
        'usage',
        clientOf('http://127.0.0.1', { fetch, retry: retries3 }).listModels(),
      );
      expect(error.message).toContain('Option fetch');
      expect(fetch.calls).toHaveLength(1);
    }
  });
});

describe('How often', () => {
  test('is two more times unless something else is said', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(0);
    const { url, requests } = await serve(envelope(500));
    for (const retry of [undefined, true, {}, { limit: undefined }]) {
      requests.length = 0;
      await failureOf('api', clientOf(url, { retry }).listModels());
    }
    expect(requests).toHaveLength(3);
    vi.restoreAllMocks();
  });

  test.for([false, { limit: 0 }])('never with retry: %o', async (retry) => {
    const { url, requests } = await serve(envelope(500));
    await failureOf('api', clientOf(url, { retry }).listModels());
    expect(requests).toHaveLength(1);
  });

  test('each attempt is told of, with its status or failure, its duration and the wait after it', async () => {
    const { url } = await serve(hangUp, envelope(503), ok);
    const client = clientOf(url, { retry: atOnce });
    const start = performance.now();
    await client.listModels();
    const allMs = performance.now() - start;
    const answered = { url: expect.any(String), headers: expect.any(Object) };
    expect(client.events).toEqual([
      { attempt: 1, url: expect.any(String), failure: 'network', durationMs: expect.any(Number), delayMs: 0 },
      { attempt: 2, ...answered, status: 503, durationMs: expect.any(Number), delayMs: 0 },
      { attempt: 3, ...answered, status: 200, durationMs: expect.any(Number) },
    ]);
    for (const { durationMs } of client.events) expect(durationMs).toBeGreaterThan(0);
    expect(client.events.reduce((sum, { durationMs }) => sum + durationMs, 0)).toBeLessThanOrEqual(allMs);
  });
});

describe('Back-off', () => {
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  /** The waits before each new attempt, with the random number fixed. */
  async function waits(random: number, retry: object): Promise<(number | undefined)[]> {
    vi.useFakeTimers();
    vi.spyOn(Math, 'random').mockReturnValue(random);
    const fetch = recordingFetch(() => new Response('', { status: 500 }));
    const client = clientOf('http://127.0.0.1', { fetch, retry, totalTimeoutMs: 1_000_000 });
    const call = failureOf('response', client.listModels());
    await vi.runAllTimersAsync();
    await call;
    return client.events.map(({ delayMs }) => delayMs);
  }

  test('doubles from minDelayMs up to maxDelayMs', async () => {
    expect(await waits(1, { limit: 6 })).toEqual([500, 1_000, 2_000, 4_000, 8_000, 8_000, undefined]);
    expect(await waits(1, { limit: 3, minDelayMs: 10, maxDelayMs: 25 })).toEqual([10, 20, 25, undefined]);
  });

  test('is drawn between nothing and that end', async () => {
    expect(await waits(0, { limit: 2 })).toEqual([0, 0, undefined]);
    expect(await waits(0.5, { limit: 2 })).toEqual([250, 500, undefined]);
  });

  test('is really waited for', async () => {
    vi.useFakeTimers();
    vi.spyOn(Math, 'random').mockReturnValue(1);
    const fetch = recordingFetch((_url, _init, n) =>
      n === 1 ? new Response('', { status: 500 }) : Response.json(page),
    );
    const call = clientOf('http://127.0.0.1', { fetch, retry: {} }).listModels();
    await vi.advanceTimersByTimeAsync(499);
    expect(fetch.calls).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(fetch.calls).toHaveLength(2);
    expect((await call).total).toBe(page.total);
  });

  test('does not begin if it would outlast the time of the whole call', async () => {
    vi.useFakeTimers();
    vi.spyOn(Math, 'random').mockReturnValue(1);
    const fetch = recordingFetch(() => new Response('', { status: 500 }));
    const client = clientOf('http://127.0.0.1', { fetch, retry: {}, totalTimeoutMs: 1_500 });
    // 500 ms fit; the 1,000 ms after them would end just when the time does.
    const call = failureOf('response', client.listModels());
    await vi.runAllTimersAsync();
    expect(await call).toMatchObject({ attempts: 2, status: 500 });
  });
});
