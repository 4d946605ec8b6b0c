import { inspect } from 'node:util';
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

  test('finds the cookies of a platform that joins them into one text', async () => {
    const cookies = ['a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT', 'c=2'];
    const joined = new Map([['Set-Cookie', cookies.join(', ')]]);
    for (const more of [{ getSetCookie: () => cookies }, { raw: () => ({ 'set-cookie': cookies }) }]) {
      const headers = Object.assign(new Map(joined), more);
      const fetch = recordingFetch(() => ({ status: 200, headers, body: null, text: async () => '{}' }));
      const { response } = await createRawClient({ apiKey: null, fetch }).GET(path);
      expect(response.headers.getSetCookie()).toEqual(cookies);
    }
  });

  test('passes on headers that are no Headers, and a text that is empty', async () => {
    const headers = new Map([
      ['X-Request-Id', 'req-1'],
      ['Set-Cookie', 'a=1'],
    ]);
    const given = { status: 204, statusText: 5, headers, body: null, text: async () => '' };
    const fetch = recordingFetch(() => given);
    const { response } = await createRawClient({ apiKey: null, fetch }).GET(path);
    expect(response).toMatchObject({ status: 204, statusText: '' });
    expect([...response.headers]).toEqual([
      ['set-cookie', 'a=1'],
      ['x-request-id', 'req-1'],
    ]);
  });

  test('gives a body that is no text as its bytes', async () => {
    const bytes = new Uint8Array([0x50, 0x4b, 0x00, 0xff, 0xfe, 0x80]);
    const { url } = await serve(answer(200, bytes, { 'content-type': 'application/zip' }));
    const { data } = await createRawClient({ baseUrl: url, apiKey: null }).GET(path, {
      parseAs: 'arrayBuffer',
    });
    expect([...new Uint8Array(data as unknown as ArrayBuffer)]).toEqual([...bytes]);
  });

  test('takes JSON with a byte-order mark', async () => {
    const { url } = await serve(answer(200, `\uFEFF${JSON.stringify(page)}`));
    expect((await createRawClient({ baseUrl: url, apiKey: null }).GET(path)).data).toEqual(page);
  });

  test('accepts whatever an operation may answer, JSON first, unless told otherwise', async () => {
    const { url, requests } = await serve(ok, ok, ok);
    await createRawClient({ baseUrl: url, apiKey: null }).GET(path);
    await createRawClient({ baseUrl: url, apiKey: null, headers: { accept: 'text/csv' } }).GET(path);
    await createRawClient({ baseUrl: url, apiKey: null }).GET(path, { headers: { accept: 'text/html' } });
    const accepted = requests.map((request) => request.header('accept'));
    expect(accepted).toEqual([['application/json, */*;q=0.8'], ['text/csv'], ['text/html']]);
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
    const options = { baseUrl: url, apiKey: null, retry: false };
    await failureOf('network', createRawClient(options).GET(path));
    await failureOf('timeout', createRawClient({ ...options, timeoutMs: 100 }).GET(path));
    await failureOf('aborted', createRawClient(options).GET(path, { signal: AbortSignal.abort() }));
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

  test('sends a request whose body is empty without one', async () => {
    const fetch = recordingFetch();
    const client = createRawClient({ apiKey: null, fetch });
    client.use({ onRequest: ({ request }) => new Request(request, { method: 'POST', body: '' }) });
    await client.GET(path);
    expect(fetch.calls).toMatchObject([{ init: { method: 'POST' } }]);
    expect(fetch.calls[0]?.init).not.toHaveProperty('body');
  });

  test('ends with an error of ours where the body of a request can not be read', async () => {
    const streamed = (body: ReadableStream) => (request: Request) =>
      new Request(request, { method: 'POST', body, duplex: 'half' } as RequestInit);
    const failing = () =>
      streamed(
        new ReadableStream({
          pull() {
            throw new Error('secret-key-1');
          },
        }),
      );
    const read = () => async (request: Request) => {
      const changed = new Request(request, { method: 'POST', body: 'read by middleware' });
      await changed.text();
      return changed;
    };
    for (const [kind, words, make] of [
      ['usage', 'The body of the request could not be read. Middleware can read a clone.', failing],
      ['usage', 'The body of the request could not be read. Middleware can read a clone.', read],
      ['timeout', 'No complete body to send within 50 ms.', () => streamed(new ReadableStream())],
      ['aborted', 'Aborted by signal.', () => streamed(new ReadableStream())],
    ] as const) {
      const fetch = recordingFetch();
      const client = createRawClient({ apiKey: 'secret-key-1', totalTimeoutMs: 50, fetch });
      const change = make();
      client.use({ onRequest: ({ request }) => change(request) });
      const signal = kind === 'aborted' ? AbortSignal.timeout(10) : undefined;
      const error = await failureOf(kind, client.GET(path, { ...(signal && { signal }) }));
      expect(error.message).toBe(words);
      if (error.kind === 'usage') {
        expect(error.errors).toEqual([]);
        expect(error.cause).toMatchObject({ message: '[not shown]' });
      }
      expect(inspect(error, { depth: 5 })).not.toContain('secret-key-1');
      expect(fetch.calls).toHaveLength(0);
    }
  });

  test('sends what a Response can not hold on as a response error', async () => {
    const odd: [object, RegExp][] = [
      [
        { status: 700, headers: new Headers(), body: null, text: async () => '' },
        /^Status 700, but nothing to pass on: it is no answer that HTTP has.$/,
      ],
      [{ status: 204, headers: new Headers(), body: null, text: async () => 'not empty' }, /Status 204/],
    ];
    for (const [response, words] of odd) {
      const fetch = recordingFetch(() => response);
      const client = createRawClient({ baseUrl: 'http://127.0.0.1', apiKey: null, retry: false, fetch });
      expect((await failureOf('response', client.GET(path))).message).toMatch(words);
    }
  });

  describe('sends a body', () => {
    const send = (method: string, options: object, init: object = { body: { a: 'é' } }) =>
      (
        createRawClient({ apiKey: null, ...options }) as never as Record<
          string,
          (path: string, init: object) => Promise<unknown>
        >
      )[method]?.(path, init);

    test('again as it was, where the method allows it', async () => {
      const bodies: unknown[] = [];
      const fetch = recordingFetch((_url, { body, headers }, n) => {
        bodies.push([new TextDecoder().decode(body), headers['content-type']]);
        return n < 3 ? new Response('', { status: 503 }) : Response.json({});
      });
      await send('PUT', { fetch, retry: atOnce });
      expect(bodies).toEqual(Array(3).fill(['{"a":"é"}', 'application/json']));
    });

    test.for<[string, string, object, number]>([
      ['POST', 'after a 503', { status: 503 }, 1],
      ['PATCH', 'after a 500', { status: 500 }, 1],
      ['POST', 'after a 429', { status: 429 }, 3],
      ['PATCH', 'after a 429', { status: 429 }, 3],
      ['PUT', 'after a 503', { status: 503 }, 3],
      ['DELETE', 'after a 500', { status: 500 }, 3],
    ])('%s %s is sent %i times in all', async ([method, , init, times]) => {
      const fetch = recordingFetch(() => new Response('', init));
      await send(method, { fetch, retry: atOnce });
      expect(fetch.calls).toHaveLength(times);
      fetch.calls.length = 0;
      await send(method, { fetch, retry: { ...atOnce, methods: [method] } });
      expect(fetch.calls).toHaveLength(3);
    });

    test('once only, where a POST gets no answer', async () => {
      const fetch = recordingFetch(() => Promise.reject(new TypeError('fetch failed')));
      await send('POST', { fetch, retry: atOnce })?.catch(() => {});
      expect(fetch.calls).toHaveLength(1);
    });
  });
});

describe('The key and the headers of the options go to the origin of baseUrl only:', () => {
  const options = { baseUrl: 'https://app.example/prefix', apiKey: 'KEY', headers: { 'x-api-key': 'OTHER' } };
  const sentTo = async (act: (client: ReturnType<typeof createRawClient>) => Promise<unknown>) => {
    const fetch = recordingFetch();
    await act(createRawClient({ ...options, fetch }));
    const [{ url, init }] = fetch.calls as [(typeof fetch.calls)[number]];
    return {
      origin: new URL(url).origin,
      key: init.headers['authorization'],
      other: init.headers['x-api-key'],
    };
  };

  test('another path there gets them', async () => {
    const sent = await sentTo((client) => client.GET(path, { baseUrl: 'https://app.example/elsewhere' }));
    expect(sent).toEqual({ origin: 'https://app.example', key: 'Bearer KEY', other: 'OTHER' });
  });

  test.for([
    'http://app.example',
    'https://app.example:8443',
    'https://app.example.evil.example',
    'https://elsewhere.example',
    'http://127.0.0.1:9',
  ])('a call to %s is made without them', async (baseUrl) => {
    expect(await sentTo((client) => client.GET(path, { baseUrl }))).toEqual({ origin: baseUrl });
    const byMiddleware = await sentTo((client) => {
      client.use({ onRequest: ({ request }) => new Request(`${baseUrl}/x`, request) });
      return client.GET(path);
    });
    expect(byMiddleware).toEqual({ origin: baseUrl });
  });

  test('what middleware sets goes where it sends it', async () => {
    const sent = await sentTo((client) => {
      client.use({
        onRequest: () =>
          new Request('https://elsewhere.example/x', { headers: { authorization: 'Bearer THEIRS' } }),
      });
      return client.GET(path);
    });
    expect(sent).toEqual({ origin: 'https://elsewhere.example', key: 'Bearer THEIRS', other: undefined });
  });
});
