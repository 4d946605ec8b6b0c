import { afterEach, describe, expect, test, vi } from 'vitest';
import {
  drip,
  endless,
  envelope,
  type Fault,
  ok,
  page,
  serve,
  silence,
  slowHead,
  stall,
} from './fault-server.ts';
import { atOnce, clientOf, failureOf, recordingFetch } from './support.ts';

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe('The time limit of an attempt', () => {
  test.for<[string, Fault]>([
    ['silence', silence],
    ['a head that does not end', slowHead],
    ['a stalled body', stall()],
    ['a stalled page of a gateway', stall(502, '<html>')],
    ['a body that drips', drip(200, page, 1)],
    ['a body without end', endless()],
  ])('covers %s, closes the connection and names the server', async ([, fault]) => {
    const { url, requests } = await serve(fault);
    const client = clientOf(url, { timeoutMs: 100, maxResponseBytes: 2 ** 31 - 1 });
    expect(await failureOf('timeout', client.listModels())).toMatchObject({
      message: `No complete answer from ${url}: it took more than 100 ms.`,
      url: `${url}/api/v1/training/catalog`,
      timeoutMs: 100,
      attempts: 1,
    });
    expect(client.events).toMatchObject([{ attempt: 1, failure: 'timeout' }]);
    await requests[0]?.closed;
  });

  test('begins anew with each attempt, and the error says how many there were', async () => {
    const { url, requests } = await serve(silence);
    const error = await failureOf('timeout', clientOf(url, { timeoutMs: 60, retry: atOnce }).listModels());
    expect(error).toMatchObject({ timeoutMs: 60, attempts: 3 });
    expect(error.message).toBe(
      `No complete answer from ${url} after 3 attempts: the last took more than 60 ms.`,
    );
    await Promise.all(requests.map(({ closed }) => closed));
  });

  test('of a call replaces that of the client', async () => {
    const { url } = await serve(silence);
    const call = clientOf(url, { timeoutMs: 2 ** 31 - 1 }).listModels({}, { timeoutMs: 50 });
    expect(await failureOf('timeout', call)).toMatchObject({ timeoutMs: 50 });
  });

  test('begins with the call, not with the client', async () => {
    const { url } = await serve(ok);
    const client = clientOf(url, { timeoutMs: 1_000, totalTimeoutMs: 1_000 });
    vi.useFakeTimers();
    await vi.advanceTimersByTimeAsync(2_000);
    vi.useRealTimers();
    expect((await client.listModels()).total).toBe(page.total);
  });

  test('covers a key function that hangs, and sends nothing for a key that comes later', async () => {
    const fetch = recordingFetch();
    let give: (key: string) => void = () => {};
    const key = new Promise<string>((resolve) => {
      give = resolve;
    });
    const client = clientOf('http://127.0.0.1', { fetch, timeoutMs: 20, apiKey: () => key });
    await failureOf('timeout', client.listModels());
    give('too-late');
    await new Promise((resolve) => setTimeout(resolve));
    expect(fetch.calls).toHaveLength(0);
  });

  test('covers a fetch that does not care about its signal', async () => {
    const fetch = recordingFetch(() => new Promise(() => {}));
    await failureOf('timeout', clientOf('http://127.0.0.1', { fetch, timeoutMs: 20 }).listModels());
    expect(fetch.calls[0]?.init.signal.aborted).toBe(true);
  });
});

describe('The time limit of the whole call', () => {
  test('cuts the last attempt short', async () => {
    const { url } = await serve(silence);
    const client = clientOf(url, { totalTimeoutMs: 100, retry: atOnce });
    expect(await failureOf('timeout', client.listModels())).toMatchObject({ timeoutMs: 100 });
    expect(client.events.at(-1)?.delayMs).toBeUndefined();
  });

  test('covers attempts and waits together: no attempt begins after it', async () => {
    vi.useFakeTimers();
    vi.spyOn(Math, 'random').mockReturnValue(1);
    const begun: number[] = [];
    const start = performance.now();
    const fetch = recordingFetch(async () => {
      begun.push(performance.now() - start);
      await new Promise((resolve) => setTimeout(resolve, 250));
      return new Response('', { status: 503 });
    });
    const retry = { limit: 3, minDelayMs: 100, maxDelayMs: 100 };
    const client = clientOf('http://127.0.0.1', { fetch, retry, timeoutMs: 300, totalTimeoutMs: 800 });
    let ended = 0;
    const call = failureOf('timeout', client.listModels()).finally(() => {
      ended = performance.now() - start;
    });
    await vi.runAllTimersAsync();
    expect(await call).toMatchObject({ timeoutMs: 100, attempts: 3 });
    expect(begun).toEqual([0, 350, 700]);
    expect(ended).toBe(800);
  });

  test('never gives an attempt less than a millisecond, even where a wait has ended late', async () => {
    const { url } = await serve(envelope(503), silence);
    const now = performance.now.bind(performance);
    let late = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => now() + late);
    const onAttempt = () => {
      late = 100_000;
    };
    const client = clientOf(url, { totalTimeoutMs: 60_000, retry: atOnce, onAttempt });
    expect(await failureOf('timeout', client.listModels())).toMatchObject({ timeoutMs: 1, attempts: 2 });
  });
});
