import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { parseRetryAfter } from '../../src/transport/retry-after.ts';
import { envelope, ok, page, serve } from '../client/fault-server.ts';
import { atOnce, clientOf, failureOf, recordingFetch } from '../client/support.ts';

describe('Retry-After, with the clock at the start of 2026', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: Date.UTC(2026, 0, 1) });
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  });

  test.for<[string, number]>([
    ['0', 0],
    ['3', 3_000],
    ['003', 3_000],
    ['Thu, 01 Jan 2026 00:00:03 GMT', 3_000],
    ['Thursday, 01-Jan-26 00:00:03 GMT', 3_000],
    ['Thu Jan  1 00:00:03 2026', 3_000],
    ['Thu Jan 11 00:00:00 2026', 864_000_000],
    ['Wed, 31 Dec 2025 23:59:57 GMT', 0],
    ['Sun Nov  6 08:49:37 1994', 0],
  ])('"%s" is %i ms', ([value, ms]) => {
    expect(parseRetryAfter(value)).toBe(ms);
  });

  test.for(['Thu Jan  1 00:00:03 2026', 'Thu, 01 Jan 2026 00:00:03 GMT'])(
    '"%s" is the same wait in New York, as HTTP dates mean GMT',
    (value) => {
      vi.stubEnv('TZ', 'America/New_York');
      expect(new Date().getTimezoneOffset()).toBe(300);
      expect(parseRetryAfter(value)).toBe(3_000);
    },
  );

  test.for([
    undefined,
    null,
    '',
    '-1',
    '1.5',
    '1e3',
    '0x10',
    'soon',
    '3 s',
    '3, 5',
    '2026-01-01T00:00:03Z',
    'Thu, 99 Jan 2026 00:00:03 GMT',
    'GMT',
    'Thu, 01 Jan 2026 00:00:03 +0100',
  ])('"%s" is none, so that the ordinary back-off applies', (value) => {
    expect(parseRetryAfter(value)).toBeUndefined();
  });

  /** When each attempt began, in milliseconds from the first, for these headers of a 429. */
  async function beginnings(header: string | null, retry: object = {}): Promise<number[]> {
    const begun: number[] = [];
    vi.spyOn(Math, 'random').mockReturnValue(1);
    const start = Date.now();
    const fetch = recordingFetch((_url, _init, n) => {
      begun.push(Date.now() - start);
      if (n > 1) return Response.json(page);
      return new Response('', { status: 429, headers: header === null ? {} : { 'retry-after': header } });
    });
    const call = clientOf('http://127.0.0.1', { fetch, retry, totalTimeoutMs: 1e9 }).listModels();
    const settled = Promise.allSettled([call]);
    await vi.runAllTimersAsync();
    await settled;
    return begun;
  }

  test('is honoured in place of the back-off', async () => {
    expect(await beginnings('3')).toEqual([0, 3_000]);
    expect(await beginnings('0')).toEqual([0, 0]);
    expect(await beginnings('Wed, 31 Dec 2025 00:00:00 GMT')).toEqual([0, 0]);
  });

  test('is honoured in full at the cap, and not at all beyond it', async () => {
    expect(await beginnings('60')).toEqual([0, 60_000]);
    expect(await beginnings('61')).toEqual([0]);
    expect(await beginnings('2', { maxRetryAfterMs: 2_000 })).toEqual([0, 2_000]);
    expect(await beginnings('3', { maxRetryAfterMs: 2_000 })).toEqual([0]);
  });

  test('that a browser hides, or that is no time, leaves the ordinary back-off', async () => {
    expect(await beginnings(null)).toEqual([0, 500]);
    expect(await beginnings('soon')).toEqual([0, 500]);
  });
});

describe('Over the wire', () => {
  test('a Retry-After beyond the cap ends the call at once, and the error says how long to wait', async () => {
    const { url, requests } = await serve(envelope(429, { 'Retry-After': '3600' }), ok);
    const client = clientOf(url, { retry: atOnce });
    const error = await failureOf('api', client.listModels());
    expect(error).toMatchObject({ status: 429, attempts: 1, retryAfterMs: 3_600_000 });
    expect(requests).toHaveLength(1);
    expect(client.events).toMatchObject([{ attempt: 1, status: 429 }]);
    expect(client.events[0]).not.toHaveProperty('delayMs');
  });

  test('a Retry-After beyond what is left of the call ends it at once too', async () => {
    const { url } = await serve(envelope(503, { 'Retry-After': '30' }), ok);
    const error = await failureOf(
      'api',
      clientOf(url, { retry: atOnce, totalTimeoutMs: 20_000 }).listModels(),
    );
    expect(error).toMatchObject({ status: 503, attempts: 1, retryAfterMs: 30_000 });
  });

  test('a Retry-After of 0 is retried at once', async () => {
    const { url } = await serve(envelope(429, { 'Retry-After': '0' }), ok);
    const client = clientOf(url, { retry: { minDelayMs: 60_000, maxDelayMs: 60_000 } });
    await client.listModels();
    expect(client.events[0]?.delayMs).toBe(0);
  });

  test('a gateway’s page carries retryAfterMs like an envelope; without the header there is none', async () => {
    const { url } = await serve(envelope(404, { 'Retry-After': '5' }, { detail: 1 }), envelope(404));
    const client = clientOf(url);
    expect(await failureOf('response', client.listModels())).toMatchObject({ retryAfterMs: 5_000 });
    expect(await failureOf('api', client.listModels())).not.toHaveProperty('retryAfterMs');
  });
});
