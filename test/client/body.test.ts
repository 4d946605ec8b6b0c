import { describe, expect, test } from 'vitest';
import {
  answer,
  cut,
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

/** As fetches give it that have no web streams, such as node-fetch's. */
const withoutStream = (text: string, status = 200) => ({
  status,
  headers: new Headers(),
  body: { pipe() {} },
  text: async () => text,
});

describe('A success without a page of the catalog', () => {
  test.for<[string, Fault, number, string]>([
    ['an empty 200 without a length', unmeasured(200), 200, 'empty'],
    ['an empty 200 of length 0', answer(200), 200, 'empty'],
    ['a 204', (socket) => socket.write('HTTP/1.1 204 No Content\r\n\r\n'), 204, 'no such status'],
    ['a 304', (socket) => socket.write('HTTP/1.1 304 Not Modified\r\n\r\n'), 304, 'no such status'],
    ['a 201 with a good page', answer(201, page), 201, 'no such status'],
    ['the word null', answer(200, 'null'), 200, 'body: Input should be a valid dictionary'],
    ['a list', answer(200, '[]'), 200, 'body: Input should be a valid dictionary'],
    ['half of a JSON text', answer(200, '{"limit":20,"mod'), 200, '(application/json) is not JSON'],
  ])('%s is a response error with its status', async ([, fault, status, words]) => {
    const { url, requests } = await serve(fault);
    const error = await failureOf('response', clientOf(url, { retry: atOnce }).listModels());
    expect(error).toMatchObject({ status, attempts: 1 });
    expect(error.message).toContain(words);
    expect(requests).toHaveLength(1);
  });

  test('an answer that is not JSON keeps the start of its body, its type and the parser’s reason', async () => {
    const { url } = await serve(answer(200, html + '.'.repeat(5_000), { 'content-type': 'text/html' }));
    const error = await failureOf('response', clientOf(url).listModels());
    expect(error.snippet).toMatch(/^<!DOCTYPE html>.*…$/);
    expect(error.snippet).toHaveLength(200);
    expect(error.headers).toMatchObject({ 'content-type': 'text/html' });
    // The parser quotes what it reads, and with it could quote a part of a key.
    expect(error.cause).toMatchObject({
      name: 'SyntaxError',
      message: "Unexpected token '<', … is not valid JSON",
    });
    expect(error.errors).toEqual([]);
  });

  test('a body without any content type says so', async () => {
    const { url } = await serve((socket) => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi'));
    const error = await failureOf('response', clientOf(url).listModels());
    expect(error.message).toContain('(no content type) is not JSON');
  });
});

describe('A redirect', () => {
  test.for([301, 302, 303, 307, 308])('with %i is a response error that is not followed', async (status) => {
    const elsewhere = await serve(ok);
    const { url } = await serve(answer(status, '', { location: `${elsewhere.url}/login` }));
    const error = await failureOf('response', clientOf(url, { retry: atOnce, apiKey: 'KEY' }).listModels());
    expect(error).toMatchObject({ status, attempts: 1 });
    expect(error.message).toContain(`a redirect to ${elsewhere.url}/login, which is not followed`);
    expect(elsewhere.requests).toEqual([]);
  });

  test('whose status a browser hides is recognized; one without a target is no redirect', async () => {
    const { url } = await serve(answer(302));
    const lost = await failureOf('response', clientOf(url).listModels());
    expect(lost.message).toContain(
      'Status 302, but not an answer of this API: the contract has no such status',
    );
    const fetch = recordingFetch(() => ({ ...withoutStream('', 0), body: null }));
    const hidden = await failureOf('response', clientOf(url, { fetch }).listModels());
    expect(hidden).toMatchObject({ status: 0, message: expect.stringContaining('not followed') });
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
    ['before it is HTTP', garbage],
  ])('%s is a network error that names the server, with its cause', async ([, fault]) => {
    const { url } = await serve(fault);
    const error = await failureOf('network', clientOf(url).listModels());
    expect(error).toMatchObject({ attempts: 1, url: `${url}/api/v1/training/catalog` });
    expect(error.message).toContain(`No complete answer from ${url}: `);
    expect(error.cause).toBeInstanceOf(Error);
  });
});

describe('JSON is read', () => {
  test.for(['Application/JSON;charset=UTF-8', 'application/problem+json', 'text/plain', ''])(
    'whatever the content type says: "%s"',
    async (type) => {
      const { url } = await serve(
        answer(200, page, { 'content-type': type }),
        answer(429, rateLimited, { 'content-type': type }),
      );
      const client = clientOf(url);
      expect((await client.listModels()).total).toBe(page.total);
      expect(await failureOf('api', client.listModels())).toMatchObject({ ...rateLimited, status: 429 });
    },
  );

  test('behind a byte-order mark, in one piece and byte by byte', async () => {
    const marked = (body: object) => Buffer.from(`\uFEFF${JSON.stringify(body)}`);
    const small = { limit: 20, models: [], total: 0 };
    const { url } = await serve(
      answer(200, marked(small)),
      drip(200, marked(small), 1),
      answer(429, marked(rateLimited)),
    );
    const client = clientOf(url);
    expect(await client.listModels()).toEqual(small);
    expect(await client.listModels()).toEqual(small);
    expect(await failureOf('api', client.listModels())).toMatchObject(rateLimited);
  });

  test('with its multi-byte characters whole, wherever the pieces are cut', async () => {
    const body = { limit: 20, total: 1, models: [{ ...page.models[0], display_name: 'é日本😀' }] };
    const { url } = await serve(...[1, 2, 3, 5].map((size) => drip(200, body, size)));
    const client = clientOf(url);
    for (let call = 1; call <= 4; call += 1)
      expect((await client.listModels()).models[0]?.display_name).toBe('é日本😀');
  });
});

describe('The size limit', () => {
  test('allows a body of exactly its size and refuses one byte more, web stream or not', async () => {
    const size = JSON.stringify(page).length;
    const { url } = await serve(ok);
    for (const fetch of [undefined, recordingFetch(() => withoutStream(JSON.stringify(page)))]) {
      const allowed = await clientOf(url, { fetch, maxResponseBytes: size }).listModels();
      expect(allowed.total).toBe(page.total);
      const refused = clientOf(url, { fetch, maxResponseBytes: size - 1 }).listModels();
      expect((await failureOf('response', refused)).message).toContain(
        `larger than maxResponseBytes (${size - 1})`,
      );
    }
  });

  test('ends an endless body while it is read, and closes its connection', async () => {
    const { url, requests } = await serve(endless());
    const client = clientOf(url, { maxResponseBytes: 100_000, retry: atOnce });
    const error = await failureOf('response', client.listModels());
    expect(error).toMatchObject({ status: 200, attempts: 1, snippet: '' });
    await requests[0]?.closed;
  });

  test('counts empty chunks as well, which a custom fetch may give faster than any timer', async () => {
    const read = async () => ({ done: false, value: new Uint8Array(0) });
    const cancel = () => Promise.reject(new Error('no'));
    const body = { getReader: () => ({ read, cancel }) };
    const fetch = recordingFetch(() => ({ ...withoutStream(''), body }));
    const client = clientOf('http://127.0.0.1', { fetch, maxResponseBytes: 10_000 });
    expect((await failureOf('response', client.listModels())).message).toContain('larger than');
  });

  test('holds for the answers of a server in trouble, which are asked for again', async () => {
    const { url, requests } = await serve(endless(503));
    const client = clientOf(url, { maxResponseBytes: 1_000, retry: atOnce });
    const error = await failureOf('response', client.listModels());
    expect(error).toMatchObject({ status: 503, attempts: 3 });
    await Promise.all(requests.map(({ closed }) => closed));
  });
});
