import { once } from 'node:events';
import net from 'node:net';
import path from 'node:path';
import { afterEach, describe, expect, expectTypeOf, inject, test } from 'vitest';
import { type Mock, type MockOptions, type Preference, prefer, startMock } from '../../src/mock/index.ts';
import {
  catalogPath,
  errorStatuses,
  exampleOf,
  limit,
  queryNamesOfType,
  undocumentedStatus,
  unheardOf,
} from '../contract/from-yaml.ts';
import { faultsOf } from '../contract/judge.ts';
import { root, runSnippet } from '../run-script.ts';

const mockUrl = inject('catalogUrl');
const started: Mock[] = [];

afterEach(async () => {
  await Promise.all(started.splice(0).map((mock) => mock.close()));
});

async function start(options?: MockOptions): Promise<Mock> {
  const mock = await startMock(options);
  started.push(mock);
  return mock;
}

interface Question {
  query?: string;
  preference?: Preference;
  headers?: Record<string, string>;
  url?: string;
}

/** Asks for the catalog, with a key unless `headers` says otherwise. */
async function ask({
  query = '',
  preference = {},
  headers = { authorization: 'Bearer any' },
  url = mockUrl,
}: Question = {}) {
  const response = await fetch(url + catalogPath + query, {
    headers: { ...headers, prefer: prefer(preference) },
  });
  return { status: response.status, body: await response.json() };
}

/** The contract's statuses are known to the types, which a list that is read at run time does not have. */
type Code = NonNullable<Preference['code']>;
const codes = [200, ...errorStatuses] as Code[];

describe('what the mock answers', () => {
  test('is the first example of the catalog', async () => {
    expect(await ask()).toEqual({ status: 200, body: exampleOf(200) });
  });

  test.each(codes)('is the first example of status %i when that is preferred', async (code) => {
    const { status, body } = await ask({ preference: { code } });
    expect({ status, body }).toEqual({ status: code, body: exampleOf(code) });
    expect(faultsOf(code, body)).toBe('');
  });

  test.each(codes)('is random and keeps the contract of status %i when that is preferred', async (code) => {
    const asked = Array.from({ length: 5 }, () => ask({ preference: { code, dynamic: true } }));
    for (const { status, body } of await Promise.all(asked)) {
      expect({ status, faults: faultsOf(code, body) }).toEqual({ status: code, faults: '' });
    }
    if (code === 200) {
      expect(new Set((await Promise.all(asked)).map(({ body }) => JSON.stringify(body))).size).toBe(5);
    }
  });

  test('is random by default in a dynamic mock, and an example again when that is preferred', async () => {
    const { url } = await start({ dynamic: true });
    expect((await ask({ url })).body).not.toEqual(exampleOf(200));
    expect((await ask({ url, preference: { dynamic: false } })).body).toEqual(exampleOf(200));
  });

  test.each<[Preference, named: string]>([
    [{ example: 'nonesuch' }, 'nonesuch'],
    [{ code: undocumentedStatus as Code }, `${undocumentedStatus}`],
  ])('names what the contract does not have: %j', async (preference, named) => {
    expect(await ask({ preference })).toMatchObject({
      status: 404,
      body: { detail: expect.stringContaining(named) },
    });
  });

  test('can be set to the statuses of the contract and no other', () => {
    expectTypeOf<200 | 401 | 422>().toExtend<Preference['code']>();
    // @ts-expect-error: no status of any contract
    prefer({ code: 299 });
    expect(prefer({ code: undefined, example: 'a b', dynamic: undefined })).toBe('example=a b');
  });

  test.each<Question>([{}, { query: '?limit=0' }, { preference: { code: 429 } }])(
    'is 401 without a key, whatever else is asked for: %j',
    async (question) => {
      expect(await ask({ ...question, headers: {} })).toEqual({ status: 401, body: exampleOf(401) });
    },
  );

  test.each([
    `?limit=${limit.minimum}`,
    `?limit=${limit.maximum}`,
    '?min_size_b=-1&max_size_b=0.5',
    '?query=llama%203',
    // No member of the contract's lists: filters are open strings.
    `?family=${unheardOf}&algorithm=${unheardOf}`,
  ])('is the catalog for the query %s', async (query) => {
    expect(await ask({ query })).toEqual({ status: 200, body: exampleOf(200) });
  });

  test.each([
    `?limit=${limit.minimum - 1}`,
    `?limit=${limit.maximum + 1}`,
    '?limit=5.5',
    ...['integer', 'number'].flatMap(queryNamesOfType).map((name) => `?${name}=abc`),
  ])('is the first example of 422 for the query %s', async (query) => {
    expect(await ask({ query })).toEqual({ status: 422, body: exampleOf(422) });
  });
});

describe('the address of the mock', () => {
  test('is refused in one line that names the port when that is taken', async () => {
    const port = Number(new URL(mockUrl).port);
    await expect(startMock({ port })).rejects.toThrow(
      `Port ${port} of 127.0.0.1 is in use: choose another, or 0 for any free one.`,
    );
  });

  test('is refused in one line when the host is not one of this machine', async () => {
    await expect(startMock({ host: '192.0.2.1' })).rejects.toThrow(
      /^Cannot listen on port 0 of 192\.0\.2\.1: .+$/,
    );
  });

  test.each([-1, 65_536, 1.5])('is refused for the port %s', async (port) => {
    await expect(startMock({ port })).rejects.toThrow(RangeError);
    await expect(startMock({ port })).rejects.toThrow(String(port));
  });

  test.each(['0.0.0.0', '::'])('can be called even if it listens on all of %s', async (host) => {
    const { url } = await start({ host });
    expect(['127.0.0.1', '[::1]']).toContain(new URL(url).hostname);
    expect((await ask({ url })).status).toBe(200);
  });

  test('differs between two mocks, which run side by side', async () => {
    const other = await start({ dynamic: true });
    expect(other.url).not.toBe(mockUrl);
    await other.close();
    expect((await ask()).body).toEqual(exampleOf(200));
  });
});

describe('closing', () => {
  test('frees the port, and may be done twice', async () => {
    const first = await startMock();
    expect((await ask({ url: first.url })).status).toBe(200);
    await Promise.all([first.close(), first.close()]);
    const second = await start({ port: Number(new URL(first.url).port) });
    expect(second.url).toBe(first.url);
  });

  test('happens at the end of a block that says await using', async () => {
    let url: string;
    {
      await using mock = await startMock();
      url = mock.url;
      expect((await ask({ url })).status).toBe(200);
    }
    await expect(ask({ url })).rejects.toThrow();
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
    // A request over another connection shows that the mock has taken on the two before it.
    await ask({ url: closing.url });
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
    expect((await ask({ url })).body).toEqual(exampleOf(200));
  });

  test('are refused by path when there is no such file', async () => {
    await expect(startMock({ document: 'nonesuch.yaml' })).rejects.toThrow('nonesuch.yaml');
  });
});

describe('the log', () => {
  test('goes line by line to whoever asks for it', async () => {
    const lines: string[] = [];
    const { url } = await start({ log: (line) => lines.push(line) });
    await ask({ query: '?limit=0', url });
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
    expect(await silent).toEqual({ code: 0, stdout: '', stderr: '' });
  });
});
