import { once } from 'node:events';
import net from 'node:net';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Mock, type MockOptions, type Preference, prefer, startMock } from '../../src/mock/index.ts';
import { catalogPath, errorStatuses, exampleOf, examplesOf } from '../contract/from-yaml.ts';
import { faultsOf } from '../contract/judge.ts';
import { root, runSnippet } from './run.ts';

let mock: Mock;
const others: Mock[] = [];

beforeAll(async () => {
  mock = await startMock();
});
afterEach(async () => {
  await Promise.all(others.splice(0).map((other) => other.close()));
});
afterAll(() => mock.close());

async function start(options?: MockOptions): Promise<Mock> {
  const other = await startMock(options);
  others.push(other);
  return other;
}

const call = (headers: Record<string, string> = {}, query = '', url = mock.url) =>
  fetch(url + catalogPath + query, { headers: { authorization: 'Bearer any', ...headers } });

const ask = (preference: Preference) => call({ prefer: prefer(preference) });

/** The contract's statuses are known to the types, which a list that is read at run time does not have. */
type Code = NonNullable<Preference['code']>;
const codes = errorStatuses as Code[];

describe('what the mock answers', () => {
  test('is the first example of the catalog', async () => {
    const response = await call();
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual(exampleOf(200));
  });

  test.each(codes)('is a valid envelope of status %i when that is preferred', async (code) => {
    const response = await ask({ code });
    const body = await response.json();
    expect(response.status).toBe(code);
    expect(faultsOf(code, body)).toBe('');
    expect(body.code).toBe(code);
  });

  const named = ([200, ...codes] as Code[]).flatMap((code) =>
    Object.entries(examplesOf(code)).map(([example, body]) => ({ code, example, body })),
  );
  test.each(named)(
    'is the example $example of status $code when it is named',
    async ({ code, example, body }) => {
      const response = await ask({ code, example });
      expect(response.status).toBe(code);
      expect(await response.json()).toEqual(body);
    },
  );

  test('is a different and valid catalog each time when dynamic bodies are preferred', async () => {
    const bodies = await Promise.all(
      Array.from({ length: 20 }, async () => (await ask({ dynamic: true })).json()),
    );
    expect(new Set(bodies.map((body) => JSON.stringify(body))).size).toBe(20);
    for (const body of bodies) expect(faultsOf(200, body)).toBe('');
  });

  test('is dynamic by default in a dynamic mock, and an example again when that is preferred', async () => {
    const { url } = await start({ dynamic: true });
    expect(await (await call({}, '', url)).json()).not.toEqual(exampleOf(200));
    const still = await call({ prefer: prefer({ dynamic: false }) }, '', url);
    expect(await still.json()).toEqual(exampleOf(200));
  });

  test('names the example that does not exist', async () => {
    const response = await ask({ example: 'nonesuch' });
    expect(response.status).toBe(404);
    expect((await response.json()).detail).toContain('nonesuch');
  });

  test('names the status that does not exist', async () => {
    const response = await ask({ code: 299 as 200 });
    expect(response.status).toBe(404);
    expect((await response.json()).detail).toContain('299');
  });

  test('is 401 without a key whatever else is asked for', async () => {
    const response = await fetch(`${mock.url}${catalogPath}?limit=0`, {
      headers: { prefer: prefer({ code: 429 }) },
    });
    expect(response.status).toBe(401);
  });

  test('is 422 for a query outside the contract', async () => {
    expect((await call({}, '?limit=0')).status).toBe(422);
  });
});

describe('the address of the mock', () => {
  test('is refused in one line that names the port when that is taken', async () => {
    const port = Number(new URL(mock.url).port);
    await expect(startMock({ port })).rejects.toThrow(
      `Port ${port} of 127.0.0.1 is in use: choose another, or 0 for any free one.`,
    );
  });

  test('is refused in one line when the host is not one of this machine', async () => {
    await expect(startMock({ host: '192.0.2.1' })).rejects.toThrow(
      /^Cannot listen on port 0 of 192\.0\.2\.1: .+$/,
    );
  });

  test.each([-1, 65_536, 1.5, Number.NaN, '1;echo x' as unknown as number])(
    'is refused for the port %s',
    async (port) => {
      await expect(startMock({ port })).rejects.toThrow(RangeError);
      await expect(startMock({ port })).rejects.toThrow(String(port));
    },
  );

  test('has brackets around IPv6', async () => {
    const { url } = await start({ host: '::1' });
    expect(url).toMatch(/^http:\/\/\[::1\]:\d+$/);
    expect((await call({}, '', url)).status).toBe(200);
  });

  test.each(['0.0.0.0', '::'])('can be called even if it listens on all of %s', async (host) => {
    const { url } = await start({ host });
    expect(['127.0.0.1', '[::1]']).toContain(new URL(url).hostname);
    expect((await call({}, '', url)).status).toBe(200);
  });

  test('differs between two mocks, which do not mind each other', async () => {
    const other = await start({ dynamic: true });
    expect(other.url).not.toBe(mock.url);
    await other.close();
    expect(await (await call()).json()).toEqual(exampleOf(200));
  });
});

describe('closing', () => {
  test('frees the port, and may be done twice', async () => {
    const first = await startMock();
    expect((await call({}, '', first.url)).status).toBe(200);
    await Promise.all([first.close(), first.close()]);
    const second = await start({ port: Number(new URL(first.url).port) });
    expect(second.url).toBe(first.url);
  });

  test('ends connections that never sent a whole request', async () => {
    const closing = await startMock();
    const port = Number(new URL(closing.url).port);
    const sockets = ['', 'GET / HTTP/1.1\r\nhost: x\r\n'].map((start) => {
      const socket = net.connect(port, '127.0.0.1');
      socket.write(start);
      return socket;
    });
    await Promise.all(sockets.map((socket) => once(socket, 'connect')));
    const ended = Promise.all(sockets.map((socket) => once(socket, 'close')));
    // A request over a connection of its own shows that the mock has taken on the two before it.
    await call({}, '', closing.url);
    await closing.close();
    await ended;
  });
});

describe('other documents', () => {
  const document = (schema: object) => ({
    openapi: '3.1.0',
    info: { title: 'Other', version: '1' },
    paths: {
      '/other': {
        get: {
          responses: { 200: { description: 'Yes', content: { 'application/json': { schema } } } },
        },
      },
    },
  });

  test('are mocked from a parsed document, which is left as it was', async () => {
    const other = {
      ...document({ $ref: '#/components/schemas/Yes' }),
      components: { schemas: { Yes: { const: 'yes' } } },
    };
    const before = structuredClone(other);
    const { url } = await start({ document: other, dynamic: true });
    expect(await (await fetch(`${url}/other`)).json()).toBe('yes');
    expect(other).toEqual(before);
  });

  test('are mocked from a path', async () => {
    const { url } = await start({ document: path.join(root, 'openapi/openapi.yaml') });
    expect(await (await call({}, '', url)).json()).toEqual(exampleOf(200));
  });

  test('are refused by path when there is no such file', async () => {
    await expect(startMock({ document: 'nonesuch.yaml' })).rejects.toThrow('nonesuch.yaml');
  });

  test('may ask for fake data, whose library is loaded only then', async () => {
    const schema = { type: 'string', 'x-faker': 'internet.email' };
    const { url } = await start({ document: document(schema), dynamic: true });
    expect(await (await fetch(`${url}/other`)).json()).toMatch(/^\S+@\S+\.\w+$/);
  });

  test('may be of Swagger 2, whose reader is loaded only then', async () => {
    const swagger = {
      swagger: '2.0',
      info: { title: 'Old', version: '1' },
      produces: ['application/json'],
      paths: { '/old': { get: { responses: { 200: { description: 'Yes', schema: { enum: ['old'] } } } } } },
    };
    const { url } = await start({ document: swagger, dynamic: true });
    expect(await (await fetch(`${url}/old`)).json()).toBe('old');
  });
});

describe('the log', () => {
  test('goes line by line to whoever asks for it', async () => {
    const lines: string[] = [];
    const { url } = await start({ log: (line) => lines.push(line) });
    await call({}, '?limit=0', url);
    expect(lines).toContain(`info    GET ${catalogPath} Request received`);
    expect(lines.some((line) => line.startsWith('error   ') && line.includes('limit'))).toBe(true);
    expect(lines.filter((line) => line.includes('Bearer') || line.includes('\n'))).toEqual([]);
  });

  test('is not printed unless asked for', async () => {
    const silent = runSnippet(`
      import { startMock } from './src/mock/index.ts';
      const mock = await startMock();
      await fetch(mock.url + '${catalogPath}?limit=0');
      await mock.close();
    `);
    expect(await silent.ended).toBe(0);
    expect(silent.output()).toEqual({ stdout: '', stderr: '' });
  });
});
