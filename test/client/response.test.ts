import { describe, expect, test } from 'vitest';
import { answer, envelope, hangUp, ok, page, serve } from './fault-server.ts';
import { atOnce, clientOf, failureOf, recordingFetch } from './support.ts';

const path = '/api/v1/training/catalog';

/** Headers of a custom fetch of which nothing can be read. */
const refusing = {
  get() {
    throw new Error('no');
  },
  [Symbol.iterator]() {
    throw new Error('no');
  },
};

describe('A page comes with what is known of its answer:', () => {
  test('status, headers and address', async () => {
    const { url } = await serve(answer(200, page, { 'X-Request-Id': 'req-1' }));
    const { data, response } = await clientOf(url).listModels.withResponse({ limit: 5 });
    expect(data).toEqual(page);
    expect(response.status).toBe(200);
    expect(response.headers['x-request-id']).toBe('req-1');
    expect(response.url).toBe(`${url}${path}?limit=5`);
  });

  test('the address that the platform tells, where it tells one', async () => {
    const respond = (url: string) => () =>
      Object.defineProperty(Response.json(page), 'url', { value: url }) as Response;
    for (const [told, url] of [
      ['https://near.example/catalog', 'https://near.example/catalog'],
      ['', `https://app.dreadnode.io${path}`],
    ] as const) {
      const client = clientOf(undefined, { fetch: recordingFetch(respond(told)) });
      expect((await client.listModels.withResponse()).response.url).toBe(url);
    }
  });

  test('without secrets, and without cookies', async () => {
    const fetch = recordingFetch(() =>
      Object.defineProperty(
        Response.json(page, {
          headers: {
            'x-echo': 'Bearer secret-key-1',
            'set-cookie': 'session=1',
            'x-trace': 'cookie-value-1',
          },
        }),
        'url',
        { value: 'https://a.example/?key=secret-key-1' },
      ),
    );
    const client = clientOf(undefined, {
      apiKey: 'secret-key-1',
      headers: { cookie: 'id=cookie-value-1' },
      fetch,
    });
    const { response } = await client.listModels.withResponse();
    expect(response).toEqual({
      status: 200,
      url: 'https://a.example/?key=[secret]',
      headers: { 'content-type': 'application/json', 'x-echo': '[secret]', 'x-trace': '[secret]' },
    });
    expect(client.events[0]?.headers).toEqual(response.headers);
  });

  test('by lower-case names, whatever a fetch of the caller gives', async () => {
    const headers = new Map([
      ['X-Request-ID', 'req-1'],
      ['Set-Cookie', 'session=1'],
    ]);
    const fetch = recordingFetch(() => ({
      status: 200,
      headers,
      body: null,
      text: async () => JSON.stringify(page),
    }));
    const { response } = await clientOf(undefined, { fetch }).listModels.withResponse();
    expect(response.headers).toEqual({ 'x-request-id': 'req-1' });
  });

  test.for<[string, object, object]>([
    ['headers that throw', refusing, {}],
    [
      'headers that are no texts',
      {
        get: () => Symbol('no'),
        *[Symbol.iterator]() {
          yield ['x-a', {}];
          yield 5;
        },
      },
      { 'x-a': '[object Object]' },
    ],
    ['an address that is none', { get: () => null, *[Symbol.iterator]() {} }, {}],
  ])('or with what can be read of it: %s', async ([, headers, shown]) => {
    for (const status of [200, 302, 404, 503]) {
      const fetch = recordingFetch(() => ({
        ...{ status, statusText: 5, url: {}, headers, body: null },
        text: async () => JSON.stringify(page),
      }));
      const client = clientOf('http://127.0.0.1', { fetch });
      const outcome = await client.listModels.withResponse().catch((error) => ({
        response: { ...error, url: error.kind === 'response' && `http://127.0.0.1${path}` },
      }));
      expect(outcome.response).toMatchObject({ status, headers: shown, url: `http://127.0.0.1${path}` });
      expect(client.events).toMatchObject([{ status, headers: shown }]);
    }
  });

  test('and fails as listModels does', async () => {
    const { url } = await serve(envelope(401));
    expect(await failureOf('api', clientOf(url).listModels.withResponse())).toMatchObject({ status: 401 });
    await failureOf('usage', clientOf(url).listModels.withResponse({ limit: 0 }));
  });
});

test('onAttempt tells where each attempt went, and the headers of what came back', async () => {
  const { url } = await serve(hangUp, answer(503, '', { 'X-Request-Id': 'req-2' }), ok);
  const client = clientOf(url, { retry: atOnce });
  await client.listModels({ query: 'a b' });
  expect(client.events.map((event) => event.url)).toEqual(Array(3).fill(`${url}${path}?query=a%20b`));
  expect(client.events[0]).not.toHaveProperty('headers');
  expect(client.events[1]?.headers).toMatchObject({ 'x-request-id': 'req-2' });
  expect(client.events[2]?.headers).toMatchObject({ 'content-type': 'application/json' });
});

test('onAttempt sees no key that stands in the address', async () => {
  const client = clientOf('http://127.0.0.1:9', { apiKey: 'secret-key-1', fetch: recordingFetch() });
  await client.listModels({ query: 'secret-key-1' });
  expect(client.events[0]?.url).toBe(`http://127.0.0.1:9${path}?query=[secret]`);
});
