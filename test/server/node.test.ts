import { once } from 'node:events';
import { Agent, request as send } from 'node:http';
import { connect } from 'node:net';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { type CatalogHandler, createCatalogHandler } from '../../src/server/index.ts';
import { type Listening, type ListenOptions, listen } from '../../src/server/node.ts';
import { catalogPath, exampleOf, models, undocumentedStatus } from '../contract/from-yaml.ts';
import { judgeAnswer } from '../contract/judge.ts';
import { runSnippet } from '../run-script.ts';
import { exchange } from './ask.ts';

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

describe('the catalog over HTTP', () => {
  const handler = createCatalogHandler();

  test.each<[search: string, init: RequestInit]>([
    ['', {}],
    ['?limit=0&min_size_b=x', {}],
    ['', { headers: { ...headers, prefer: 'code=429' } }],
    ['', { headers: { ...headers, prefer: `code=${undocumentedStatus}` } }],
    ['?limit=0', { method: 'HEAD' }],
    ['', { method: 'POST', body: 'text' }],
    ['', { method: 'OPTIONS', headers: { 'access-control-request-method': 'GET' } }],
    ['/../catalog?query=%20%2B', {}],
  ])('answers %j %j as it does in process', async (search, init) => {
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
    ['headers without end', `${line}X: ${'x'.repeat(100_000)}`, [400]],
    ['the method TRACE', `TRACE ${catalogPath} HTTP/1.1\r\nHost: x\r\n${close}`, [404]],
    ['what is not HTTP', '\u0016\u0003\u0001 hello', [400]],
  ])('answers %s within the contract', async (_what, bytes, statuses) => {
    const { status, headers, body } = await exchange((await start(handler)).url, bytes);
    expect(statuses).toContain(status);
    const contentType = headers['content-type'] ?? null;
    expect(judgeAnswer({ method: 'GET', status: Number(status), contentType, body })).toBeUndefined();
  });
});

test('what a handler throws is answered with the 500 envelope, and the server goes on', async () => {
  let calls = 0;
  const server = await start(async () => {
    calls += 1;
    if (calls === 1) throw new Error('no such luck');
    return new Response('fine');
  });
  const failed = await get(server);
  expect(failed.status).toBe(500);
  expect(await failed.json()).toEqual({ ...exampleOf(500), detail: 'The handler failed: no such luck' });
  expect(await (await get(server)).text()).toBe('fine');
});

test('a body is passed on as it comes, and a broken one breaks the connection', async () => {
  const printed = vi.spyOn(console, 'error').mockImplementation(() => {});
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const server = await start(async () => new Response(readable));
  const { status, body: received } = await get(server);
  expect(status).toBe(200);
  const reader = (received as ReadableStream<Uint8Array>).getReader();
  const writer = writable.getWriter();
  await writer.write(new TextEncoder().encode('first'));
  expect(new TextDecoder().decode((await reader.read()).value)).toBe('first');
  await writer.abort(new Error('gone'));
  await expect(reader.read()).rejects.toThrow();
  expect(printed).toHaveBeenCalledExactlyOnceWith(new Error('gone'));
  printed.mockRestore();
});

test('listening leaves the Request and the Response of the process alone', async () => {
  const { stdout, stderr } = await runSnippet(`
    const { Request, Response } = globalThis;
    const { createCatalogHandler } = await import('./src/server/index.ts');
    const { listen } = await import('./src/server/node.ts');
    const server = await listen(createCatalogHandler());
    await fetch(server.url);
    await server.close();
    console.log(globalThis.Request === Request, globalThis.Response === Response);
  `);
  expect({ stdout, stderr }).toEqual({ stdout: 'true true\n', stderr: '' });
});

describe('the log', () => {
  test('has a line for each request, without its key and without what a terminal would obey', async () => {
    const lines: string[] = [];
    const { url } = await start(undefined, { log: (line) => lines.push(line) });
    const close = 'Authorization: Bearer SECRET\r\nConnection: close\r\n\r\n';
    await exchange(url, `GET ${catalogPath}?limit=1 HTTP/1.1\r\nHost: x\r\n${close}`);
    for (const target of ['/[2J', '/\u009b2J', '/\u001b[2J']) {
      const bytes = Buffer.from(`POST ${target} HTTP/1.1\r\nHost: x\r\n${close}`, 'latin1');
      await exchange(url, bytes);
    }
    expect(lines).toEqual([
      expect.stringMatching(`^GET ${catalogPath}\\?limit=1 200 \\d+ ms$`),
      expect.stringMatching(/^POST \/\[2J 404 \d+ ms$/),
    ]);
  });

  test('has a line for a caller who left', async () => {
    const lines: string[] = [];
    const log = (line: string) => lines.push(line);
    const intercept = vi.fn(
      ({ signal }: Request) =>
        new Promise<undefined>((resolve) => {
          signal.addEventListener('abort', () => resolve(undefined));
        }),
    );
    const server = await start(createCatalogHandler({ intercept }), { log });
    const controller = new AbortController();
    const answer = get(server, '', { signal: controller.signal }).catch(() => 'left');
    await vi.waitFor(() => expect(intercept).toHaveBeenCalled());
    controller.abort();
    expect(await answer).toBe('left');
    await vi.waitFor(() => expect(lines).toEqual([expect.stringMatching(/^GET \S+ closed early \d+ ms$/)]));
  });
});

describe('the address', () => {
  test('is a free port of 127.0.0.1 unless said', async () => {
    expect((await start()).url).toMatch(/^http:\/\/127\.0\.0\.1:[1-9]\d+$/);
  });

  test.each([
    ['::1', /^http:\/\/\[::1\]:\d+$/],
    ['0.0.0.0', /^http:\/\/127\.0\.0\.1:\d+$/],
    ['::', /^http:\/\/\[::1\]:\d+$/],
    ['localhost', /^http:\/\/(127\.0\.0\.1|\[::1\]):\d+$/],
  ])('can be called when listening at %s', async (host, url) => {
    const server = await start(undefined, { host });
    expect(server.url).toMatch(url);
    expect((await get(server)).status).toBe(200);
  });
});

describe('what cannot be listened at is refused in one line:', () => {
  test('a port in use', async () => {
    const port = Number(new URL((await start()).url).port);
    await expect(start(undefined, { port })).rejects.toThrow(
      /^Port \d+ of 127\.0\.0\.1 is in use: choose another, or 0 for any free one\.$/,
    );
  });

  test.each([{ port: 65536 }, { host: '192.0.2.1' }])('%j', async (options) => {
    await expect(start(undefined, options)).rejects.toThrow(/^Cannot listen on port [^\n]+$/);
  });
});

describe('close', () => {
  const portIsFree = async ({ url }: Listening) => {
    const again = await listen(createCatalogHandler(), { port: Number(new URL(url).port) });
    await again.close();
  };

  test('ends idle connections, and those that never sent a byte', async () => {
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
    const intercept = vi.fn(
      () =>
        new Promise<undefined>((resolve) => {
          answerNow = () => resolve(undefined);
        }),
    );
    const server = await start(createCatalogHandler({ intercept }));
    const answer = get(server);
    await vi.waitFor(() => expect(intercept).toHaveBeenCalled());
    const closed = server.close();
    answerNow();
    expect(await (await answer).json()).toMatchObject({ total: models.length });
    await closed;
    await portIsFree(server);
  });

  test('does not wait for ever for an answer that never comes', async () => {
    const handler = vi.fn(() => new Promise<Response>(() => {}));
    const server = await start(handler);
    const answer = get(server).catch(() => 'cut off');
    await vi.waitFor(() => expect(handler).toHaveBeenCalled());
    await server.close();
    expect(await answer).toBe('cut off');
  });

  test('can be called twice', async () => {
    const server = await start();
    await Promise.all([server.close(), server.close()]);
    await server.close();
  });

  test('happens at the end of a block that says await using', async () => {
    let server: Listening;
    {
      await using used = await listen(createCatalogHandler());
      server = used;
      expect((await get(server)).status).toBe(200);
    }
    await expect(get(server)).rejects.toThrow();
  });
});
