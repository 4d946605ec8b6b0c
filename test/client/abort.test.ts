import { getEventListeners } from 'node:events';
import { describe, expect, test, vi } from 'vitest';
import { endless, envelope, type Fault, ok, serve, silence, stall } from './fault-server.ts';
import { atOnce, clientOf, failureOf, recordingFetch } from './support.ts';

const patient = { retry: { maxRetryAfterMs: 2 ** 31 - 1 }, totalTimeoutMs: 2 ** 31 - 1 };
const aDay = { 'Retry-After': '86400' };

describe('An abort', () => {
  test('before the call sends nothing, even through a fetch that ignores signals', async () => {
    const fetch = recordingFetch();
    const client = clientOf('http://127.0.0.1', { fetch, retry: atOnce });
    const call = client.listModels({}, { signal: AbortSignal.abort('changed my mind') });
    expect(await failureOf('aborted', call)).toMatchObject({ attempts: 0, cause: 'changed my mind' });
    expect(fetch.calls).toHaveLength(0);
    expect(client.events).toEqual([]);
  });

  test.for<[string, Fault]>([
    ['before the answer', silence],
    ['in the middle of a body', stall()],
    ['in a body without end', endless()],
  ])('%s ends the call at once, closes the connection and names the server', async ([, fault]) => {
    const { url, requests } = await serve(fault);
    const controller = new AbortController();
    const client = clientOf(url, { retry: atOnce, maxResponseBytes: 2 ** 31 - 1 });
    const call = failureOf('aborted', client.listModels({ limit: 1 }, { signal: controller.signal }));
    await vi.waitUntil(() => requests.length);
    controller.abort();
    expect(await call).toMatchObject({
      message: `The call to ${url} was aborted by its signal.`,
      url: `${url}/api/v1/training/catalog?limit=1`,
      attempts: 1,
      cause: { name: 'AbortError' },
    });
    expect(client.events).toMatchObject([{ attempt: 1, failure: 'aborted' }]);
    await requests[0]?.closed;
    expect(requests).toHaveLength(1);
  });

  test('in back-off ends the call at once; nothing more is sent', async () => {
    const { url, requests } = await serve(envelope(429, aDay));
    const controller = new AbortController();
    const client = clientOf(url, patient);
    const call = failureOf('aborted', client.listModels({}, { signal: controller.signal }));
    await vi.waitUntil(() => client.events.length);
    controller.abort(new Error('enough'));
    expect(await call).toMatchObject({ attempts: 1, cause: { message: 'enough' } });
    expect(requests).toHaveLength(1);
    expect(client.events).toMatchObject([{ attempt: 1, status: 429, delayMs: 86_400_000 }]);
  });

  test('by onAttempt, just before the back-off, ends the call at once', async () => {
    const { url, requests } = await serve(envelope(429, aDay));
    const controller = new AbortController();
    const client = clientOf(url, { ...patient, onAttempt: () => controller.abort('no patience') });
    const error = await failureOf('aborted', client.listModels({}, { signal: controller.signal }));
    expect(error).toMatchObject({ attempts: 1, cause: 'no patience' });
    expect(requests).toHaveLength(1);
  });

  test('while a key is being got sends nothing', async () => {
    const controller = new AbortController();
    const fetch = recordingFetch();
    const apiKey = async () => {
      controller.abort();
      return 'key';
    };
    const client = clientOf('http://127.0.0.1', { fetch, apiKey });
    await failureOf('aborted', client.listModels({}, { signal: controller.signal }));
    await new Promise((resolve) => setTimeout(resolve));
    expect(fetch.calls).toHaveLength(0);
  });

  test('by AbortSignal.timeout is aborted, not timeout: it is the caller’s', async () => {
    const { url } = await serve(silence);
    const error = await failureOf(
      'aborted',
      clientOf(url).listModels({}, { signal: AbortSignal.timeout(50) }),
    );
    expect(error.cause).toMatchObject({ name: 'TimeoutError' });
  });
});

describe('On one signal', () => {
  test('any number of calls at once listen with one listener', async () => {
    const { url, requests } = await serve(silence);
    const controller = new AbortController();
    const call = { signal: controller.signal };
    const calls = Array.from({ length: 30 }, () => clientOf(url).listModels({}, call));
    await vi.waitUntil(() => requests.length > 20);
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(1);
    controller.abort('all of them');
    for (const outcome of await Promise.allSettled(calls))
      expect(outcome).toMatchObject({ reason: { kind: 'aborted', cause: 'all of them' } });
    expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
  });

  test('a call that ends leaves the others their abort', async () => {
    const { url, requests } = await serve(silence, ok);
    const controller = new AbortController();
    const client = clientOf(url, { timeoutMs: 2 ** 31 - 1, totalTimeoutMs: 2 ** 31 - 1 });
    const pending = failureOf('aborted', client.listModels({}, { signal: controller.signal }));
    await vi.waitUntil(() => requests.length === 1);
    await client.listModels({}, { signal: controller.signal });
    controller.abort();
    await pending;
  });

  test('no listener is left, whatever a call ends with', async () => {
    const { url } = await serve(ok, envelope(404), stall(), stall(500), envelope(500), ok);
    const { signal } = new AbortController();
    const client = clientOf(url, { timeoutMs: 200 });
    await client.listModels({}, { signal });
    await failureOf('api', client.listModels({}, { signal }));
    await failureOf('timeout', client.listModels({}, { signal }));
    await failureOf('timeout', client.listModels({}, { signal }));
    await clientOf(url, { retry: atOnce }).listModels({}, { signal });
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });
});
