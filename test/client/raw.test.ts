import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { createRawClient } from '../../src/client/raw.ts';
import { serverUrl } from '../contract/from-yaml.ts';
import { answer, cut, endless, envelope, hangUp, ok, page, serve, silence } from './fault-server.ts';
import { atOnce, failureOf, recordingFetch, usageErrorOf } from './support.ts';

const path = '/api/v1/training/catalog';
const origin = 'http://127.0.0.1';
type RawClient = ReturnType<typeof createRawClient>;

describe('The raw client', () => {
  test('gives the page and the Response, after the retries of the exchange', async () => {
    const { url, requests } = await serve(hangUp, envelope(503), cut(), ok);
    const client = createRawClient({ baseUrl: url, apiKey: 'KEY', retry: { ...atOnce, limit: 3 } });
    const query = { query: 'a b', limit: 5 };
    const { data, error, response } = await client.GET(path, { params: { query } });
    expect(data).toEqual(page);
    expect(error).toBeUndefined();
    expect(response.status).toBe(200);
    expect(requests).toHaveLength(4);
    expect(requests[3]?.target).toBe(`${path}?query=a%20b&limit=5`);
    expect(requests[3]?.header('authorization')).toEqual(['Bearer KEY']);
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
    const sent = ['authorization', 'x-a', 'x-b', 'x-c'].flatMap((name) => requests[0]?.header(name));
    expect(sent).toEqual(['Bearer B', '1', '2', '3']);
  });

  test('leaves out what is null in one call’s headers, the key included, as openapi-fetch does', async () => {
    const { url, requests } = await serve(ok);
    const client = createRawClient({ baseUrl: url, apiKey: 'KEY', headers: { 'x-a': '1' } });
    await client.GET(path, { headers: { authorization: null, 'x-a': null } });
    await client.GET(path);
    const sent = requests.map(({ header }) => [...header('authorization'), ...header('x-a')]);
    expect(sent).toEqual([[], ['Bearer KEY', '1']]);
  });

  test('sends a call by the call’s own fetch, with key, retries and limits all the same', async () => {
    const seen: unknown[] = [];
    const ofCall = async (request: Request) => {
      seen.push([request.headers.get('authorization'), request.redirect, request.signal.aborted]);
      return seen.length < 3 ? new Response('', { status: 503 }) : Response.json(page);
    };
    const fetch = recordingFetch();
    const client = createRawClient({ baseUrl: origin, apiKey: 'KEY', fetch, retry: atOnce });
    expect((await client.GET(path, { fetch: ofCall })).data).toEqual(page);
    expect((await client.request('get', path, { fetch: ofCall })).data).toEqual(page);
    expect(seen).toEqual(Array(4).fill(['Bearer KEY', 'manual', false]));
    const silent = () => new Promise<never>(() => {});
    const limited = createRawClient({ baseUrl: origin, apiKey: null, retry: false, timeoutMs: 20 });
    await failureOf('timeout', limited.GET(path, { fetch: silent }));
    expect(fetch.calls).toEqual([]);
  });

  test('passes on a body as it came, without the headers of its encoded form', async () => {
    const headers = { 'content-encoding': 'gzip', 'content-length': '9' };
    const fetch = recordingFetch(() => new Response('{"any":"thing"}', { headers }));
    const { data, response } = await createRawClient({ apiKey: null, fetch }).GET(path);
    expect(data).toEqual({ any: 'thing' });
    expect([...response.headers.keys()]).toEqual(['content-type']);
  });

  test('gives a Response with address, reason and every cookie, as do its copies', async () => {
    const lines = ['HTTP/1.1 200 Well done', 'set-cookie: a=1, b', 'set-cookie: c=2', 'content-length: 2'];
    const { url } = await serve((socket) => socket.write(`${lines.join('\r\n')}\r\n\r\n{}`));
    const client = createRawClient({ baseUrl: url, apiKey: null });
    const copies: Response[] = [];
    client.use({ onResponse: ({ response }) => void copies.push(response.clone().clone()) });
    const { response } = await client.GET(path, { params: { query: { limit: 5 } } });
    for (const each of [response, ...copies]) {
      expect(each.url).toBe(`${url}${path}?limit=5`);
      expect(each.statusText).toBe('Well done');
      expect(each.headers.getSetCookie()).toEqual(['a=1, b', 'c=2']);
    }
    expect(await copies[0]?.json()).toEqual({});
  });

  test('gives a body that is no text as its bytes, and takes JSON with a byte-order mark', async () => {
    const bytes = new Uint8Array([0x50, 0x4b, 0x00, 0xff, 0xfe, 0x80]);
    const zip = answer(200, bytes, { 'content-type': 'application/zip' });
    const { url } = await serve(zip, answer(200, `\uFEFF${JSON.stringify(page)}`));
    const client = createRawClient({ baseUrl: url, apiKey: null });
    const { response } = await client.GET(path, { parseAs: 'stream' });
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(bytes);
    expect((await client.GET(path)).data).toEqual(page);
  });

  test('accepts whatever an operation may answer, JSON first, unless told otherwise', async () => {
    const { url, requests } = await serve(ok);
    await createRawClient({ baseUrl: url, apiKey: null }).GET(path);
    await createRawClient({ baseUrl: url, apiKey: null, headers: { accept: 'text/csv' } }).GET(path);
    await createRawClient({ baseUrl: url, apiKey: null }).GET(path, { headers: { accept: 'text/html' } });
    const accepted = requests.flatMap((request) => request.header('accept'));
    expect(accepted).toEqual(['application/json, */*;q=0.8', 'text/csv', 'text/html']);
  });

  test.for([204, 302, 304])('gives a %i as it is, followed nowhere', async (status) => {
    const elsewhere = await serve(ok);
    const { url } = await serve((socket) =>
      socket.write(`HTTP/1.1 ${status} S\r\nlocation: ${elsewhere.url}\r\ncontent-length: 0\r\n\r\n`),
    );
    const { response } = await createRawClient({ baseUrl: url, apiKey: null }).GET(path, {
      redirect: 'follow',
    });
    expect(response.status).toBe(status);
    expect(elsewhere.requests).toEqual([]);
  });

  test('throws what the typed client throws where there is no answer', async () => {
    const { url } = await serve(hangUp, silence);
    const options = { baseUrl: url, apiKey: null, retry: false };
    await failureOf('network', createRawClient(options).GET(path));
    await failureOf('timeout', createRawClient({ ...options, timeoutMs: 100 }).GET(path));
    await failureOf('aborted', createRawClient(options).GET(path, { signal: AbortSignal.abort() }));
    await usageErrorOf(() => createRawClient({ baseUrl: 'nowhere' }));
  });

  test('throws what it cannot pass on: a large body, a hidden redirect, what no Response can hold', async () => {
    const { url } = await serve(endless());
    const options = { apiKey: null, retry: false, maxResponseBytes: 1_000 };
    const large = await failureOf('response', createRawClient({ ...options, baseUrl: url }).GET(path));
    expect(large).toMatchObject({
      message: 'Status 200, but nothing to pass on: the body is larger than maxResponseBytes (1000).',
      ...{ status: 200, url: url + path, attempts: 1 },
    });
    for (const [status, words] of [
      [0, 'redirects are not followed'],
      [700, 'it is no answer that HTTP has'],
    ] as const) {
      const fetch = recordingFetch(() => ({
        status,
        headers: new Headers(),
        body: null,
        text: async () => '',
      }));
      const error = await failureOf('response', createRawClient({ ...options, fetch }).GET(path));
      expect(error.message).toBe(`Status ${status}, but nothing to pass on: ${words}.`);
    }
  });

  test('without options asks the hosted server', async () => {
    const fetch = recordingFetch();
    vi.stubGlobal('fetch', fetch);
    await createRawClient().GET(path);
    vi.unstubAllGlobals();
    expect(fetch.calls[0]?.url).toBe(serverUrl + path);
  });
});

describe('What else a call of the raw client says to fetch', () => {
  const own = ['method', 'headers', 'redirect', 'signal'];
  /** What the platform's fetch is given for a call, our own parts aside. */
  async function given(options: object, call: Record<string, unknown>): Promise<object> {
    const fetch = recordingFetch();
    await createRawClient({ apiKey: null, fetch, ...options }).GET(path, call);
    return Object.fromEntries(
      Object.entries(fetch.calls[0]?.init ?? {}).filter(([name]) => !own.includes(name)),
    );
  }

  test('is passed on: what a Request holds, and what it does not', async () => {
    const ofRequest = { cache: 'no-store', credentials: 'include', integrity: 'sha256-A', keepalive: true };
    const more = { mode: 'same-origin', referrer: '', referrerPolicy: 'no-referrer', priority: 'high' };
    const ofPlatforms = { next: { revalidate: 60 }, cf: { cacheTtl: 5 }, dispatcher: { dispatch() {} } };
    const call = { ...ofRequest, ...more, ...ofPlatforms };
    expect(await given({}, call)).toEqual(call);
  });

  test('overrides init, which is for all calls', async () => {
    const init = { cache: 'no-store', next: { revalidate: 60 } };
    expect(await given({ init }, {})).toEqual(init);
    expect(await given({ init }, { cache: 'default' })).toEqual({ ...init, cache: 'default' });
    expect(await given({ init }, { cache: 'reload', next: {} })).toEqual({ cache: 'reload', next: {} });
    await usageErrorOf(() => createRawClient({ init: { method: 'POST' } as never }));
  });

  test('is left out unless given, as some edge workers refuse the names alone', async () => {
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

describe('A body', () => {
  /** Sends a request of another method than the contract has. */
  const send = (method: string, options: object, body: RequestInit['body'] = '{"a":"é"}') => {
    const client = createRawClient({ apiKey: null, ...options });
    const headers = { 'content-type': 'application/json' };
    client.use({ onRequest: ({ request }) => new Request(request, { method, body, headers }) });
    return client.GET(path);
  };

  test('is sent again as it was, where the method allows it', async () => {
    const bodies: unknown[] = [];
    const fetch = recordingFetch((_url, { body, headers }, n) => {
      bodies.push([new TextDecoder().decode(body), headers['content-type']]);
      return n < 3 ? new Response('', { status: 503 }) : Response.json({});
    });
    await send('PUT', { fetch, retry: atOnce });
    expect(bodies).toEqual(Array(3).fill(['{"a":"é"}', 'application/json']));
  });

  test.for<[string, number, number]>([
    ['POST', 503, 1],
    ['PATCH', 500, 1],
    ['POST', 429, 3],
    ['PATCH', 429, 3],
    ['PUT', 503, 3],
    ['DELETE', 500, 3],
  ])('of a %s is sent after a %i %i times in all', async ([method, status, times]) => {
    const fetch = recordingFetch(() => new Response('', { status }));
    await send(method, { fetch, retry: atOnce });
    expect(fetch.calls).toHaveLength(times);
    fetch.calls.length = 0;
    await send(method, { fetch, retry: { ...atOnce, methods: [method] } });
    expect(fetch.calls).toHaveLength(3);
  });

  test('is sent once only, where a POST gets no answer', async () => {
    const fetch = recordingFetch(() => Promise.reject(new TypeError('fetch failed')));
    await failureOf('network', send('POST', { fetch, retry: atOnce }));
    expect(fetch.calls).toHaveLength(1);
  });

  test('that is empty is none', async () => {
    const fetch = recordingFetch();
    await send('POST', { fetch }, '');
    expect(fetch.calls).toMatchObject([{ init: { method: 'POST' } }]);
    expect(fetch.calls[0]?.init.body).toBeUndefined();
  });

  test('that middleware has read already is a usage error', async () => {
    const fetch = recordingFetch();
    const client = createRawClient({ apiKey: null, fetch });
    client.use({
      onRequest: async ({ request }) => {
        const changed = new Request(request, { method: 'POST', body: 'read by middleware' });
        await changed.text();
        return changed;
      },
    });
    expect(await failureOf('usage', client.GET(path))).toMatchObject({
      option: 'body',
      message: 'The body of the request could not be read. Middleware can read a clone.',
    });
    expect(fetch.calls).toHaveLength(0);
  });
});

describe('The key and the headers of the options go to the origin of baseUrl only:', () => {
  const options = { baseUrl: 'https://app.example/prefix', apiKey: 'KEY', headers: { 'x-api-key': 'OTHER' } };
  const sentTo = async (act: (client: RawClient) => Promise<unknown>) => {
    const fetch = recordingFetch();
    await act(createRawClient({ ...options, fetch }));
    const { url = '', init } = fetch.calls[0] ?? {};
    const { authorization, 'x-api-key': other } = init?.headers ?? {};
    return { origin: new URL(url).origin, key: authorization, other };
  };

  test('another path there gets them', async () => {
    const sent = await sentTo((client) => client.GET(path, { baseUrl: 'https://app.example/elsewhere' }));
    expect(sent).toEqual({ origin: 'https://app.example', key: 'Bearer KEY', other: 'OTHER' });
  });

  test.for([
    ...['http://app.example', 'https://app.example:8443', 'https://app.example.evil.example'],
    ...['https://elsewhere.example', 'http://127.0.0.1:9'],
  ])('a call to %s is made without them', async (baseUrl) => {
    expect(await sentTo((client) => client.GET(path, { baseUrl }))).toEqual({ origin: baseUrl });
    const byMiddleware = await sentTo((client) => {
      client.use({ onRequest: ({ request }) => new Request(`${baseUrl}/x`, request) });
      return client.GET(path);
    });
    expect(byMiddleware).toEqual({ origin: baseUrl });
  });

  test('what middleware sets goes where it sends it', async () => {
    const headers = { authorization: 'Bearer THEIRS' };
    const sent = await sentTo((client) => {
      client.use({ onRequest: () => new Request('https://elsewhere.example/x', { headers }) });
      return client.GET(path);
    });
    expect(sent).toEqual({ origin: 'https://elsewhere.example', key: 'Bearer THEIRS' });
  });
});
