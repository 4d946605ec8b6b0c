import { getEventListeners } from 'node:events';
import { describe, expect, test, vi } from 'vitest';
import { endless, envelope, type Fault, ok, serve, silence, stall } from './fault-server.ts';
import { atOnce, clientOf, failureOf, recordingFetch } from './support.ts';

const patient = { limit: 2, maxRetryAfterMs: 2 ** 31 - 1 };

describe('An abort', () => {
  test('before the call sends nothing, even through a fetch that ignores signals', async () => {
    const fetch = recordingFetch();
    const client = clientOf('http://127.0.0.1', { fetch, retry: atOnce });
    const error = await failureOf(
      'aborted',
      client.listModels({}, { signal: AbortSignal.abort('changed my mind') }),
    );
    expect(error).toMatchObject({ attempts: 0, cause: 'changed my mind' });
    expect(fetch.calls).toHaveLength(0);
    expect(client.events).toEqual([]);
  });

  test.for<[string, Fault]>([
    ['before the answer', silence],
    ['in the middle of a body', stall()],
    ['in a body without end', endless()],
  ])('%s ends the call at once and closes the connection', async ([, fault]) => {
    const { url, requests } = await serve(fault);
    const controller = new AbortController();
    const client = clientOf(url, { retry: atOnce, maxResponseBytes: 2 ** 31 - 1 });
    const call = failureOf('aborted', client.listModels({}, { signal: controller.signal }));
    await vi.waitUntil(() => requests.length);
    controller.abort();
    const error = await call;
    expect(error).toMatchObject({ attempts: 1, cause: { name: 'AbortError' } });
    expect(error.message).toBe('Aborted by signal.');
    expect(client.events).toMatchObject([{ attempt: 1, failure: 'aborted' }]);
    await requests[0]?.closed;
    expect(requests).toHaveLength(1);
  });

  test('in back-off ends the call at once; nothing more is sent', async () => {
    const { url, requests } = await serve(envelope(429, { 'Retry-After': '86400' }));
    const controller = new AbortController();
    const client = clientOf(url, { retry: patient, totalTimeoutMs: 2 ** 31 - 1 });
    const call = failureOf('aborted', client.listModels({}, { signal: controller.signal }));
    await vi.waitUntil(() => client.events.length);
    controller.abort(new Error('enough'));
    expect(await call).toMatchObject({ attempts: 1, cause: { message: 'enough' } });
    expect(requests).toHaveLength(1);
    expect(client.events).toMatchObject([{ attempt: 1, status: 429, delayMs: 86_400_000 }]);
    expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
  });

  test('by onAttempt, just before the back-off, ends the call at once', async () => {
    const { url, requests } = await serve(envelope(429, { 'Retry-After': '86400' }));
    const controller = new AbortController();
    const onAttempt = () => controller.abort('no patience');
    const client = clientOf(url, { retry: patient, totalTimeoutMs: 2 ** 31 - 1, onAttempt });
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
    const signal = AbortSignal.timeout(50);
    const error = await failureOf('aborted', clientOf(url).listModels({}, { signal }));
    expect(error.cause).toMatchObject({ name: 'TimeoutError' });
  });

  test('when the call has ended changes nothing', async () => {
    const { url } = await serve(ok, envelope(404));
    const controller = new AbortController();
    const client = clientOf(url);
    const page = await client.listModels({}, { signal: controller.signal });
    await failureOf('api', client.listModels({}, { signal: controller.signal }));
    controller.abort();
    expect(page.models.length).toBeGreaterThan(0);
  });
});

test('Any number of calls at once listen to one signal with one listener', async () => {
  const { url, requests } = await serve(silence);
  const controller = new AbortController();
  const calls = Array.from({ length: 30 }, () => clientOf(url).listModels({}, { signal: controller.signal }));
  await vi.waitUntil(() => requests.length > 20);
  expect(getEventListeners(controller.signal, 'abort')).toHaveLength(1);
  controller.abort('all of them');
  const outcomes = await Promise.allSettled(calls);
  for (const outcome of outcomes)
    expect(outcome).toMatchObject({ reason: { kind: 'aborted', cause: 'all of them' } });
  expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
});

test('A call that ends leaves the signal to those that still run', async () => {
  const { url, requests } = await serve(silence, ok);
  const controller = new AbortController();
  const { signal } = controller;
  const client = clientOf(url, { timeoutMs: 5_000 });
  const pending = failureOf('aborted', client.listModels({}, { signal }));
  await vi.waitUntil(() => requests.length === 1);
  await client.listModels({}, { signal });
  controller.abort();
  await pending;
});

test('No listener is left on the signal, whatever the call ends with', async () => {
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
