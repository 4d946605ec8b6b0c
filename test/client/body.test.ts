import { describe, expect, test, vi } from 'vitest';
import {
  answer,
  cut,
  delayed,
  drip,
  endless,
  type Fault,
  garbage,
  ok,
  page,
  rateLimited,
  serve,
  unmeasured,
} from './fault-server.ts';
import { atOnce, clientOf, failureOf, recordingFetch } from './support.ts';

const html = '<!DOCTYPE html><html><body>Please sign in</body></html>';
const bom = Buffer.from([0xef, 0xbb, 0xbf]);

describe('A success without a page of the catalog', () => {
  test.for<[string, Fault, number, string]>([
    ['an empty 200 without a length', unmeasured(200), 200, 'empty'],
    ['an empty 200 of length 0', answer(200), 200, 'empty'],
    ['a 204', (socket) => socket.write('HTTP/1.1 204 No Content\r\n\r\n'), 204, 'no such status'],
    ['a 201 with a good page', answer(201, page), 201, 'no such status'],
    ['the word null', answer(200, 'null'), 200, 'body: Input should be a valid dictionary'],
    ['a list', answer(200, '[]'), 200, 'body: Input should be a valid dictionary'],
    ['an HTML page', answer(200, html, { 'content-type': 'text/html' }), 200, '(text/html) is not JSON'],
    ['half of a JSON text', answer(200, '{"limit":20,"mod'), 200, '(application/json) is not JSON'],
  ])('%s is a response error with its status', async ([, fault, status, words]) => {
    const { url, requests } = await serve(fault);
    const error = await failureOf('response', clientOf(url, { retry: atOnce }).listModels());
    expect(error).toMatchObject({ status, attempts: 1 });
    expect(error.message).toContain(words);
    expect(error.message.length).toBeLessThan(500);
    expect(requests).toHaveLength(1);
  });

  test('an answer that is not JSON keeps the start of its body, its type and the parser’s reason', async () => {
    const { url } = await serve(answer(200, html + '.'.repeat(5_000), { 'content-type': 'text/html' }));
    const error = await failureOf('response', clientOf(url).listModels());
    expect(error.snippet).toMatch(/^<!DOCTYPE html>.*…$/);
    expect(error.snippet).toHaveLength(200);
    expect(error.headers).toMatchObject({ 'content-type': 'text/html' });
    expect(error.cause).toMatchObject({ name: 'SyntaxError', message: expect.stringContaining('JSON') });
  });

  test('a body without any content type says so', async () => {
    const { url } = await serve((socket) => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi'));
    const error = await failureOf('response', clientOf(url).listModels());
    expect(error.message).toContain('(no content type) is not JSON');
  });

  test.for([true, false])('null in place of a page is never passed on (validate: %s)', async (validate) => {
    const { url } = await serve(answer(200, 'null'));
    await failureOf('response', clientOf(url, { validate }).listModels());
  });
});

describe('Redirects', () => {
  test.for([301, 302, 303, 307, 308])('a %i is a response error that is not followed', async (status) => {
    const { url, requests } = await serve(answer(status, '', { location: '/login' }), ok);
    const error = await failureOf('response', clientOf(url, { retry: atOnce }).listModels());
    expect(error.status).toBe(status);
    expect(error.message).toContain('not followed');
    expect(error.message).toContain('/login');
    expect(requests).toHaveLength(1);
  });

  test.for([201, 204, 206, 304])('a %i is none, and is not called one', async (status) => {
    const { url } = await serve((socket) =>
      socket.write(`HTTP/1.1 ${status} Status\r\ncontent-length: 0\r\n\r\n`),
    );
    const error = await failureOf('response', clientOf(url).listModels());
    expect(error.status).toBe(status);
    expect(error.message).not.toContain('redirect');
    expect(error.message).toContain('the contract has no such status');
  });

  test('a redirect whose status a browser hides is a response error', async () => {
    const fetch = recordingFetch(() => ({
      status: 0,
      headers: new Headers(),
      body: null,
      text: async () => '',
    }));
    const error = await failureOf('response', clientOf('http://127.0.0.1', { fetch }).listModels());
    expect(error).toMatchObject({
      status: 0,
      message: expect.stringContaining('not followed'),
    });
  });
});

describe('A body that breaks off', () => {
  test.for<[string, Fault]>([
    ['after half of its length', cut()],
    [
      'before the end of its last chunk',
      (socket) => socket.end('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{"lim\r\n'),
    ],
    ['in the page of a gateway', cut(502, '<html>')],
  ])('%s is a network error with its cause', async ([, fault]) => {
    const { url } = await serve(fault);
    const error = await failureOf('network', clientOf(url).listModels());
    expect(error.attempts).toBe(1);
    expect(error.message).toContain(url);
    expect(error.cause).toBeInstanceOf(Error);
  });

  test('is asked for again', async () => {
    const { url, requests } = await serve(cut(), cut(), ok);
    const client = clientOf(url, { retry: atOnce });
    expect((await client.listModels()).models).toHaveLength(page.models.length);
    expect(requests).toHaveLength(3);
    expect(client.events.map(({ failure, status }) => failure ?? status)).toEqual([
      'network',
      'network',
      200,
    ]);
  });

  test('an answer that is not HTTP is a network error', async () => {
    const { url } = await serve(garbage);
    await failureOf('network', clientOf(url).listModels());
  });
});

describe('JSON is read', () => {
  test.for([
    'Application/JSON;charset=UTF-8',
    'application/problem+json; charset=utf-8',
    'text/plain',
    'application/octet-stream',
    '',
  ])('whatever the content type says: "%s"', async (type) => {
    const { url } = await serve(
      answer(200, page, { 'content-type': type }),
      answer(429, rateLimited, { 'content-type': type }),
    );
    const client = clientOf(url);
    expect((await client.listModels()).total).toBe(page.total);
    const error = await failureOf('api', client.listModels());
    expect(error).toMatchObject({ ...rateLimited, status: 429 });
  });

  test('without a content type', async () => {
    const text = JSON.stringify(rateLimited);
    const { url } = await serve((socket) =>
      socket.write(`HTTP/1.1 429 Slow down\r\ncontent-length: ${text.length}\r\n\r\n${text}`),
    );
    expect(await failureOf('api', clientOf(url).listModels())).toMatchObject(rateLimited);
  });

  test.for<[string, (status: number, body: Uint8Array) => Fault]>([
    ['in one piece', answer],
    ['byte by byte', (status, body) => drip(status, body, 1)],
  ])('behind a byte-order mark, %s', async ([, send]) => {
    const marked = (body: object) => Buffer.concat([bom, Buffer.from(JSON.stringify(body))]);
    const small = { limit: 20, models: [], total: 0 };
    const { url } = await serve(send(200, marked(small)), send(429, marked(rateLimited)));
    const client = clientOf(url);
    expect(await client.listModels()).toEqual(small);
    expect(await failureOf('api', client.listModels())).toMatchObject(rateLimited);
  });

  test('with its multi-byte characters whole, wherever the pieces are cut', async () => {
    const body = { limit: 20, total: 1, models: [{ ...page.models[0], display_name: 'é日本😀' }] };
    for (const size of [1, 2, 3, 5]) {
      const { url } = await serve(drip(200, body, size));
      const { models } = await clientOf(url).listModels();
      expect(models[0]?.display_name).toBe('é日本😀');
    }
  });

  test('from a custom fetch whose body is not a stream', async () => {
    const fetch = recordingFetch(() => ({
      status: 200,
      headers: new Headers(),
      body: { pipe() {} },
      text: async () => JSON.stringify(page),
    }));
    expect((await clientOf('http://127.0.0.1', { fetch }).listModels()).total).toBe(page.total);
  });
});

describe('The size limit', () => {
  test('counts empty chunks of a custom fetch as well, which come faster than any timer', async () => {
    const read = async () => ({ done: false, value: new Uint8Array(0) });
    const body = { getReader: () => ({ read, cancel: async () => {} }) };
    const fetch = recordingFetch(() => ({ status: 200, headers: new Headers(), body }));
    const client = clientOf('http://127.0.0.1', { fetch, maxResponseBytes: 10_000 });
    expect((await failureOf('response', client.listModels())).message).toContain('larger than');
  });

  test('ends an endless body while it is read, and closes its connection', async () => {
    const { url, requests } = await serve(endless());
    const client = clientOf(url, { maxResponseBytes: 100_000, retry: atOnce });
    const error = await failureOf('response', client.listModels());
    expect(error).toMatchObject({ status: 200, attempts: 1, snippet: '' });
    expect(error.message).toContain('larger than maxResponseBytes, 100000');
    await requests[0]?.closed;
  });

  test('holds for a body that is not a stream', async () => {
    const text = async () => JSON.stringify(page);
    const fetch = recordingFetch(() => ({ status: 200, headers: new Headers(), body: null, text }));
    const client = clientOf('http://127.0.0.1', { fetch, maxResponseBytes: 10 });
    expect((await failureOf('response', client.listModels())).message).toContain('larger than');
  });

  test('allows a body of exactly its size and refuses one byte more', async () => {
    const size = JSON.stringify(page).length;
    const { url } = await serve(ok);
    expect((await clientOf(url, { maxResponseBytes: size }).listModels()).total).toBe(page.total);
    await failureOf('response', clientOf(url, { maxResponseBytes: size - 1 }).listModels());
  });

  test('holds for the answers of a server in trouble, which are asked for again', async () => {
    const { url, requests } = await serve(endless(503));
    const client = clientOf(url, { maxResponseBytes: 1_000, retry: atOnce });
    const error = await failureOf('response', client.listModels());
    expect(error).toMatchObject({ status: 503, attempts: 3 });
    await Promise.all(requests.map(({ closed }) => closed));
  });
});

describe('A body that nobody waits for any more', () => {
  test('is let go, so that its connection closes', async () => {
    const { url, requests } = await serve(endless());
    await failureOf('timeout', clientOf(url, { timeoutMs: 100, maxResponseBytes: 2 ** 31 - 1 }).listModels());
    await requests[0]?.closed;
  });

  test('is let go where a custom fetch comes back only when all is over', async () => {
    let cancelled: (reason: unknown) => void;
    const whenCancelled = new Promise((resolve) => {
      cancelled = resolve;
    });
    const body = new ReadableStream({ cancel: (reason) => cancelled(reason) });
    let arrive: (response: Response) => void = () => {};
    const fetch = recordingFetch(
      () =>
        new Promise((resolve) => {
          arrive = resolve;
        }),
    );
    await failureOf('timeout', clientOf('http://127.0.0.1', { fetch, timeoutMs: 20 }).listModels());
    arrive(new Response(body));
    await whenCancelled;
  });

  test('is let go where a custom fetch does not care about its signal, and does no harm if that fails', async () => {
    const cancel = vi.fn(() => Promise.reject(new Error('no')));
    const reader = { read: () => new Promise<never>(() => {}), cancel };
    const fetch = recordingFetch(() => ({
      status: 200,
      headers: new Headers(),
      body: { getReader: () => reader },
    }));
    await failureOf('timeout', clientOf('http://127.0.0.1', { fetch, timeoutMs: 20 }).listModels());
    expect(cancel).toHaveBeenCalledOnce();
  });
});

describe('A custom fetch is at fault', () => {
  const response = { status: 200, headers: new Headers(), body: null, text: async () => '{}' };
  const readerOf = (reader: object) => ({ ...response, body: { getReader: () => reader } });
  const failing = (message: string) => () => {
    throw new Error(message);
  };

  test.for<[string, object]>([
    ['no status', { headers: new Headers() }],
    ['a status that is a text', { ...response, status: '200' }],
    ['no headers', { ...response, headers: undefined }],
    ['headers that are a plain object', { ...response, headers: {} }],
    ['headers that can not be listed', { ...response, headers: { get: () => null } }],
    ['headers that can only be listed', { ...response, headers: [['content-type', 'text/html']] }],
  ])('if what it gives has %s', async ([, given]) => {
    const client = clientOf('http://127.0.0.1', { fetch: recordingFetch(() => given), retry: atOnce });
    const error = await failureOf('usage', client.listModels());
    expect(error.message).toBe('Option fetch gave no Response.');
    expect(client.events).toHaveLength(1);
  });

  test.for<[string, object, string]>([
    ['was read already', { ...response, body: { getReader: failing('locked') } }, 'locked'],
    ['has a status that resists', Object.defineProperty({}, 'status', { get: failing('no') }), 'no'],
    ['has no text', { ...response, text: undefined }, 'response.text is not a function'],
    ['has a text that is none', { ...response, text: async () => undefined }, 'text() gave no text'],
    [
      'has chunks that are texts',
      readerOf({ read: async () => ({ done: false, value: '{' }), cancel: async () => {} }),
      'a chunk of the body is no Uint8Array',
    ],
    ['has a reader with nothing', readerOf({}), 'reader.read is not a function'],
  ])('if its Response %s', async ([, given, reason]) => {
    const client = clientOf('http://127.0.0.1', { fetch: recordingFetch(() => given), retry: atOnce });
    const error = await failureOf('usage', client.listModels());
    expect(error.message).toBe(`Option fetch gave a Response that can't be read: ${reason}`);
    expect(error.errors).toEqual([]);
    expect(error.cause).toMatchObject({ message: reason });
    expect(client.events).toHaveLength(1);
  });

  test('no more than a network is, if its reader fails', async () => {
    const given = readerOf({ read: failing('reset'), cancel: failing('no') });
    const fetch = recordingFetch(() => given);
    const error = await failureOf('network', clientOf('http://127.0.0.1', { fetch }).listModels());
    expect(error.message).toContain('reset');
  });
});

test('A slow answer within its time is as good as a fast one', async () => {
  const { url } = await serve(delayed(50, ok));
  expect((await clientOf(url).listModels()).limit).toBe(20);
});
