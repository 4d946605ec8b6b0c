import { describe, expect, test } from 'vitest';
import { createRawClient } from '../../src/client/raw.ts';
import {
  answer,
  cut,
  endless,
  envelope,
  hangUp,
  ok,
  page,
  rateLimited,
  serve,
  silence,
} from './fault-server.ts';
import { atOnce, failureOf, recordingFetch, usageErrorOf } from './support.ts';

const path = '/api/v1/training/catalog';

describe('The raw client', () => {
  test('gives the page and the Response, after the retries of the exchange', async () => {
    const { url, requests } = await serve(hangUp, envelope(503), cut(), ok);
    const client = createRawClient({ baseUrl: url, apiKey: 'KEY', retry: { ...atOnce, limit: 3 } });
    const { data, error, response } = await client.GET(path, {
      params: { query: { query: 'a b', limit: 5 } },
    });
    expect(data).toEqual(page);
    expect(error).toBeUndefined();
    expect(response.status).toBe(200);
    expect(requests).toHaveLength(4);
    expect(requests[3]?.target).toBe(`${path}?query=a%20b&limit=5`);
    expect(requests[3]?.header('authorization')).toEqual(['Bearer KEY']);
  });

  test('gives the envelope as error', async () => {
    const { url } = await serve(answer(429, rateLimited, { 'Retry-After': '3600' }));
    const { data, error, response } = await createRawClient({ baseUrl: url, apiKey: null }).GET(path);
    expect(data).toBeUndefined();
    expect(error).toEqual(rateLimited);
    expect(response.headers.get('retry-after')).toBe('3600');
  });

  test('runs middleware with real Request and Response objects, whose headers are sent', async () => {
    const { url, requests } = await serve(ok);
    const client = createRawClient({ baseUrl: url, apiKey: 'KEY', headers: { 'x-a': '1' } });
    const seen: unknown[] = [];
    client.use({
      onRequest({ request }) {
        seen.push(request instanceof Request);
        request.headers.set('x-b', '2');
        request.headers.set('authorization', 'Bearer B');
        return request;
      },
      onResponse({ response }) {
        seen.push(response instanceof Response, response.status);
      },
    });
    await client.GET(path, { headers: { 'x-c': '3' } });
    expect(seen).toEqual([true, true, 200]);
    expect(['authorization', 'x-a', 'x-b', 'x-c'].map((name) => requests[0]?.header(name))).toEqual([
      ['Bearer B'],
      ['1'],
      ['2'],
      ['3'],
    ]);
  });

  test('passes on a body as it came, without the headers of its encoded form', async () => {
    const fetch = recordingFetch(
      () =>
        new Response('{"any":"thing"}', { headers: { 'content-encoding': 'gzip', 'content-length': '9' } }),
    );
    const { data, response } = await createRawClient({
      baseUrl: 'http://127.0.0.1',
      apiKey: null,
      fetch,
    }).GET(path);
    expect(data).toEqual({ any: 'thing' });
    expect([...response.headers.keys()]).toEqual(['content-type']);
  });

  test.for([204, 304])('gives a %i, which has no body', async (status) => {
    const { url } = await serve((socket) => socket.write(`HTTP/1.1 ${status} Nothing\r\n\r\n`));
    const { response } = await createRawClient({ baseUrl: url, apiKey: null }).GET(path);
    expect(response.status).toBe(status);
  });

  test('does not follow a redirect', async () => {
    const { url, requests } = await serve(answer(302, '', { location: '/elsewhere' }), ok);
    const { response } = await createRawClient({ baseUrl: url, apiKey: null }).GET(path);
    expect(response.status).toBe(302);
    expect(requests).toHaveLength(1);
  });

  test('throws what the typed client throws where there is no answer', async () => {
    const { url } = await serve(hangUp, silence);
    const client = createRawClient({ baseUrl: url, apiKey: null, retry: false, timeoutMs: 100 });
    await failureOf('network', client.GET(path));
    await failureOf('timeout', client.GET(path));
    await failureOf('aborted', client.GET(path, { signal: AbortSignal.abort() }));
    await usageErrorOf(() => createRawClient({ baseUrl: 'nowhere' }));
  });

  test('throws what it cannot pass on: a body above the limit, a redirect that a browser hides', async () => {
    const { url } = await serve(endless());
    const options = { apiKey: null, maxResponseBytes: 1_000 };
    const large = await failureOf('response', createRawClient({ ...options, baseUrl: url }).GET(path));
    expect(large).toMatchObject({ status: 200, attempts: 1 });
    expect(large.message).toContain('larger than maxResponseBytes, 1000');
    const fetch = recordingFetch(() => ({
      status: 0,
      headers: new Headers(),
      body: null,
      text: async () => '',
    }));
    const hidden = await failureOf(
      'response',
      createRawClient({ ...options, baseUrl: url, fetch }).GET(path),
    );
    expect(hidden.message).toContain('redirects are not followed');
  });

  test('without options asks the hosted server', async () => {
    const fetch = recordingFetch();
    await createRawClient({ fetch }).GET(path);
    expect(fetch.calls[0]?.url).toBe(`https://app.dreadnode.io${path}`);
    expect(createRawClient().GET).toBeInstanceOf(Function);
  });
});
