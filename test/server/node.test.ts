import { once } from 'node:events';
import { Agent, request as send } from 'node:http';
import { type AddressInfo, connect, createServer } from 'node:net';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { type CatalogHandler, createCatalogHandler } from '../../src/server/index.ts';
import { type Listening, type ListenOptions, listen } from '../../src/server/node.ts';
import { catalogPath, exampleOf, models, undocumentedStatus } from '../contract/from-yaml.ts';
import { judgeAnswer } from '../contract/judge.ts';

const open: Listening[] = [];

async function start(handler: CatalogHandler = createCatalogHandler(), options?: ListenOptions) {
  const server = await listen(handler, options);
  open.push(server);
  return server;
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

const headers = { authorization: 'Bearer key' };
const get = (server: Listening, search = '', init: RequestInit = {}) =>
  fetch(`${server.url}${catalogPath}${search}`, { headers, ...init });

/** Resolves when the server has ended the connection, with what it said. */
async function talk(server: Listening, text: string): Promise<string> {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  let answer = '';
  socket.on('data', (data) => {
    answer += data;
  });
  socket.write(text);
  await once(socket, 'close');
  return answer;
}

// The second one has web objects in between, and so goes the way of any other handler.
const both = [
  ['the catalog', () => createCatalogHandler()],
  [
    'the catalog behind another function',
    () =>
      (
        (catalog) => (request: Request) =>
          catalog(request)
      )(createCatalogHandler()),
  ],
] as const;

describe.each(both)('%s over HTTP', (_name, make) => {
  test.each<[search: string, init: RequestInit]>([
    ['', {}],
    ['?family=qwen&limit=3&query=%2B', {}],
    ['?limit=0&min_size_b=x', {}],
    ['', { headers: {} }],
    ['', { headers: { ...headers, prefer: 'code=429' } }],
    ['', { headers: { ...headers, prefer: `code=${undocumentedStatus}` } }],
    ['', { method: 'HEAD' }],
    ['?limit=0', { method: 'HEAD' }],
    ['', { method: 'POST', body: 'text' }],
    ['', { method: 'OPTIONS', headers: { 'access-control-request-method': 'GET' } }],
    ['/../catalog', {}],
    ['/', {}],
  ])('answers %j %j as it does in process', async (search, init) => {
    const handler = make();
    const server = await start(handler);
    const [answer, expected] = await Promise.all([
      get(server, search, init),
      handler(new Request(`${server.url}${catalogPath}${search}`, { headers, ...init })),
    ]);
    expect(answer.status).toBe(expected.status);
    for (const [name, value] of expected.headers) expect(answer.headers.get(name), name).toBe(value);
    expect(await answer.text()).toBe(await expected.text());
  });

  const close = 'Connection: close\r\n\r\n';
  const line = `GET ${catalogPath} HTTP/1.1\r\n`;
  test.each([
    ['an absolute target', `GET http://other.test${catalogPath} HTTP/1.1\r\nHost: x\r\n${close}`, [401]],
    ['a target that is no address', `GET * HTTP/1.1\r\nHost: x\r\n${close}`, [400, 404]],
    ['no Host', `${line}Authorization: Bearer k\r\n${close}`, [200]],
    ['two tokens', `${line}Authorization: Bearer k\r\nAuthorization: Bearer l\r\n${close}`, [401]],
    ['an expectation nobody has heard of', `${line}Expect: much\r\n${close}`, [401]],
    ['the wish for another protocol', `${line}Upgrade: h2c\r\nConnection: upgrade, close\r\n\r\n`, [401]],
    ['headers without end', `${line}X: ${'x'.repeat(100_000)}`, [400]],
    ['what is not HTTP', '\u0016\u0003\u0001 hello', [400]],
  ])('answers %s within the contract', async (_what, bytes, statuses) => {
    const text = await talk(await start(make()), bytes);
    const status = Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1]);
    expect(statuses).toContain(status);
    const contentType = /^content-type: (.*)$/im.exec(text)?.[1] ?? null;
    const body = text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1);
    expect(judgeAnswer({ method: 'GET', status, contentType, body })).toBeUndefined();
  });
});

test('a method that no Request can carry is refused with an envelope', async () => {
  const text = (server: Listening) =>
    talk(server, `TRACE ${catalogPath} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
  expect(await text(await start())).toMatch(/^HTTP\/1\.1 404 /);
  expect(await text(await start(async () => new Response('never')))).toMatch(
    /^HTTP\/1\.1 400 [\s\S]*"code":400/,
  );
});

test('what a handler throws is answered with the 500 envelope, and the server goes on', async () => {
  let calls = 0;
  const server = await start(async () => {
    calls += 1;
    if (calls === 1) throw new Error('no such luck');
    if (calls === 2) throw Object.create(null); // has no text at all
    return new Response('fine');
  });
  const failed = await get(server);
  expect(failed.status).toBe(500);
  expect(await failed.json()).toEqual({
    ...exampleOf(500),
    detail: 'The handler failed: no such luck',
  });
  expect(await (await get(server)).json()).toMatchObject({ code: 500, detail: 'The handler failed' });
  expect(await (await get(server)).text()).toBe('fine');
});

test('an answer comes through with its headers, repeated ones too, and its bytes', async () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, n) => n);
  const server = await start(
    async () =>
      new Response(bytes, {
        status: 418,
        headers: [
          ['set-cookie', 'a=1'],
          ['set-cookie', 'b=2'],
          ['retry-after', '3'],
        ],
      }),
  );
  const answer = await get(server);
  expect(answer.status).toBe(418);
  expect(answer.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  expect(answer.headers.get('retry-after')).toBe('3');
  expect(new Uint8Array(await answer.arrayBuffer())).toEqual(bytes);
});

test('a body is passed on as it comes, and a broken one breaks the connection', async () => {
  let push: ReadableStreamDefaultController<Uint8Array> | undefined;
  const body = new ReadableStream({
    start: (controller) => {
      push = controller;
    },
  });
  const server = await start(async () => new Response(body));
  const { status, body: received } = await get(server);
  expect(status).toBe(200);
  const reader = (received as ReadableStream<Uint8Array>).getReader();
  push?.enqueue(new TextEncoder().encode('first'));
  expect(new TextDecoder().decode((await reader.read()).value)).toBe('first');
  push?.error(new Error('gone'));
  await expect(reader.read()).rejects.toThrow();
});

test('headers reach the handler, and so does the whole address', async () => {
  let seen: Request | undefined;
  const server = await start(async (request) => {
    seen = request;
    return new Response(null, { status: 204 });
  });
  await get(server, '?query=%20%2B', { method: 'POST', headers: { 'x-one': 'two' } });
  expect(seen?.method).toBe('POST');
  expect(seen?.headers.get('x-one')).toBe('two');
  expect(new URL(seen?.url ?? '')).toMatchObject({ pathname: catalogPath, search: '?query=%20%2B' });
});

describe('the address', () => {
  test('is a free port of 127.0.0.1 unless said', async () => {
    expect((await start()).url).toMatch(/^http:\/\/127\.0\.0\.1:[1-9]\d+$/);
  });

  test('has brackets for IPv6', async () => {
    const server = await start(undefined, { host: '::1' });
    expect(server.url).toMatch(/^http:\/\/\[::1\]:\d+$/);
    expect((await get(server)).status).toBe(200);
  });

  test.each(['0.0.0.0', '::', 'localhost'])('can be called when listening at %s', async (host) => {
    const server = await start(undefined, { host });
    expect(server.url).toMatch(/^http:\/\/(127\.0\.0\.1|\[::1\]):\d+$/);
    expect((await get(server)).status).toBe(200);
  });
});

describe('what cannot be listened at is refused in one line', () => {
  const failure = (options: object) =>
    start(undefined, options as ListenOptions).then(
      () => 'it listens',
      (error: Error) => error.message,
    );

  test('a port in use', async () => {
    const blocker = createServer().listen(0, '127.0.0.1');
    await once(blocker, 'listening');
    const { port } = blocker.address() as AddressInfo;
    expect(await failure({ port })).toBe(
      `Port ${port} of 127.0.0.1 is in use: choose another, or 0 for any free one.`,
    );
    blocker.close();
  });

  test.each([
    { port: 65536 },
    { port: -1 },
    { port: 1.5 },
    { port: Number.NaN },
    { port: '1;echo x' },
    { host: '192.0.2.1' },
  ])('%j', async (options) => {
    expect(await failure(options)).toMatch(/^Cannot listen on port [^\n]+$/);
  });
});

describe('close', () => {
  const portIsFree = async ({ url }: Listening) => {
    const again = await listen(createCatalogHandler(), { port: Number(new URL(url).port) });
    await again.close();
  };

  test('ends idle connections, and those that never said a word', async () => {
    const server = await start();
    const agent = new Agent({ keepAlive: true });
    const answer = send(`${server.url}${catalogPath}`, { agent, headers }).end();
    const [incoming] = await once(answer, 'response');
    incoming.resume();
    await once(incoming, 'end');
    const silent = connect(Number(new URL(server.url).port), '127.0.0.1');
    await once(silent, 'connect');
    await get(server).then((response) => response.text()); // by now the silent one has been accepted

    const ended = Promise.all([once(silent, 'close'), once(answer.socket as never, 'close')]);
    vi.useFakeTimers({ toFake: ['setTimeout'] }); // so that it is not the second of grace that ends them
    await server.close();
    vi.useRealTimers();
    await ended;
    await portIsFree(server);
    agent.destroy();
  });

  test('lets an answer under way arrive', async () => {
    let answerNow = () => {};
    let arrived = () => {};
    const asked = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const server = await start(
      createCatalogHandler({
        intercept: () =>
          new Promise((resolve) => {
            answerNow = () => resolve(undefined);
            arrived();
          }),
      }),
    );
    const answer = get(server);
    await asked;
    const closed = server.close();
    answerNow();
    expect(await (await answer).json()).toMatchObject({ total: models.length });
    await closed;
    await portIsFree(server);
  });

  test('does not wait for ever for an answer that never comes', async () => {
    let arrived = () => {};
    const asked = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const server = await start(() => {
      arrived();
      return new Promise(() => {});
    });
    const answer = get(server).then(
      () => 'an answer',
      () => 'cut off',
    );
    await asked;
    await server.close();
    expect(await answer).toBe('cut off');
  });

  test('can be called twice', async () => {
    const server = await start();
    await Promise.all([server.close(), server.close()]);
    await server.close();
  });
});
