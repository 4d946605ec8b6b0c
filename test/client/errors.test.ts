import { inspect } from 'node:util';
import { describe, expect, test, vi } from 'vitest';
import { type ApiError, isApiError, isCatalogError } from '../../src/client/errors.ts';
import * as ours from '../../src/transport/errors.ts';
import { errorResponses, valuesOf } from '../contract/from-yaml.ts';
import { answer, cut, envelope, invalid, rateLimited, serve } from './fault-server.ts';
import { atOnce, clientOf, failureOf, usageErrorOf } from './support.ts';

const htmlPage = `<!DOCTYPE html><html>${'<p>Bad gateway</p>'.repeat(1_200)}</html>`;

describe('The envelope of the API', () => {
  test.for(errorResponses)('with status $status says what to do: $advice', async ({ status, advice }) => {
    const { url } = await serve(envelope(status, {}, { detail: 'No such luck' }));
    const client = clientOf(url);
    const error = await failureOf('api', client.listModels());
    expect(error).toMatchObject({ status, code: status, type: 'server_error', detail: 'No such luck' });
    expect(error.message).toBe(`${status} server_error: No such luck (what to do: ${advice}).`);
    expect(client.drifts).toEqual([]);
  });

  test('keeps its type, each that the contract has', async () => {
    for (const type of valuesOf('APIErrorPayload', 'type')) {
      const { url } = await serve(envelope(400, {}, { type }));
      const error = await failureOf('api', clientOf(url).listModels());
      expect(isApiError(error, type)).toBe(true);
    }
  });

  test('carries each problem of a request that failed validation', async () => {
    const { url } = await serve(answer(422, invalid));
    const error = await failureOf('api', clientOf(url).listModels());
    expect(error.errors).toEqual(invalid.errors);
    expect(error.errors.length).toBeGreaterThan(0);
  });

  test.for([undefined, null, []])('with errors: %s has an empty list of them', async (errors) => {
    const { url } = await serve(envelope(403, {}, { errors }));
    expect((await failureOf('api', clientOf(url).listModels())).errors).toEqual([]);
  });

  test('carries the headers by lower-case name, without what is set in cookies', async () => {
    const { url } = await serve(envelope(403, { 'X-Request-Id': 'r1', 'Set-Cookie': 'session=abc' }));
    const { headers } = await failureOf('api', clientOf(url).listModels());
    expect(headers).toMatchObject({ 'x-request-id': 'r1', 'content-type': 'application/json' });
    expect(headers).not.toHaveProperty('set-cookie');
  });

  test.for([400, 999])(
    'is believed about its status by the status line, and the difference is drift: %i',
    async (code) => {
      const { url } = await serve(envelope(404, {}, { code }));
      const client = clientOf(url);
      const error = await failureOf('api', client.listModels());
      expect(error).toMatchObject({ status: 404, code });
      expect(client.drifts).toEqual([{ at: 'code', value: code }]);
    },
  );

  test('with a status that the contract has not is an api error, and drift', async () => {
    const { url } = await serve(envelope(418, {}, { type: 'teapot_error', detail: 'Short and stout' }));
    const client = clientOf(url);
    const error = await failureOf('api', client.listModels());
    expect(error).toMatchObject({ status: 418, code: 418, type: 'teapot_error' });
    expect(error.message).toBe('418 teapot_error: Short and stout');
    expect(client.drifts).toEqual([
      { at: 'code', value: 418 },
      { at: 'type', value: 'teapot_error' },
      { at: 'status', value: 418 },
    ]);
  });

  test('with a very long detail makes a message of less than 500 characters, and keeps the detail', async () => {
    const detail = 'x'.repeat(5_000);
    const { url } = await serve(envelope(403, {}, { detail }));
    const error = await failureOf('api', clientOf(url).listModels());
    expect(error.message.length).toBeLessThan(500);
    expect(error.detail).toBe(detail);
  });

  test('is found among any number of other fields, and keeps a hundred problems', async () => {
    const others = Object.fromEntries(Array.from({ length: 3_000 }, (_, i) => [`x${i}`, i]));
    const errors = Array.from({ length: 3_000 }, () => ({ loc: ['query', 'limit'], msg: 'no', type: 'x' }));
    const { url } = await serve(
      answer(422, { ...others, errors, code: 422, type: 'server_error', detail: 'here' }),
    );
    const error = await failureOf('api', clientOf(url).listModels());
    expect(error.detail).toBe('here');
    expect(error.errors).toEqual(errors.slice(0, 100));
  });

  test('with a new type that is the caller’s key is no envelope, and does not show it', async () => {
    const key = 'SECRET_0123456789';
    const { url } = await serve(envelope(403, {}, { type: key }));
    const error = await failureOf('response', clientOf(url, { apiKey: key }).listModels());
    expect(inspect(error)).not.toContain(key);
    expect(error.errors).toEqual([
      { loc: ['body', 'type'], msg: 'Value error, a secret of the request', type: 'value_error' },
    ]);
  });

  test.for([400, 418])(
    'of status %i keeps its type, even if a header of the caller’s is the same',
    async (status) => {
      const { url } = await serve(envelope(status, {}, { detail: 'server_error' }));
      const error = await failureOf(
        'api',
        clientOf(url, { headers: { 'x-last': 'server_error', 'x-n': '400400400' } }).listModels(),
      );
      expect(error).toMatchObject({ type: 'server_error', code: status, detail: '[secret]' });
    },
  );

  test('is shown twelve levels deep', async () => {
    const nested = (depth: number): object => (depth === 0 ? { end: true } : [nested(depth - 1)]);
    const depthOf = (value: unknown): number =>
      typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0;
    for (const ctx of [nested(50), { a: { b: { c: nested(50) } } }]) {
      const problem = { loc: ['query', 'limit'], msg: 'no', type: 'x', ctx };
      const { url } = await serve(answer(422, { ...invalid, errors: [problem] }));
      expect(depthOf((await failureOf('api', clientOf(url).listModels())).errors)).toBe(13);
    }
  });

  test('with a very long type makes a message of less than 500 characters too', async () => {
    const { url } = await serve(envelope(403, {}, { type: 'x'.repeat(5_000) }));
    expect((await failureOf('api', clientOf(url).listModels())).message).toHaveLength(499);
  });
});

describe('An error status without the envelope', () => {
  test.for<[string, string | object, string]>([
    ['an HTML page without a title', htmlPage, 'is not JSON'],
    ['nothing', '', 'is empty'],
    ['the word null', 'null', 'body: Input should be a valid dictionary'],
    ['an object without a word', { ok: false }, 'code: Field required'],
    [
      'a mistyped field',
      { code: '502', type: 'server_error', detail: null },
      'code: Input should be a valid integer',
    ],
  ])('%s is a response error that invents no code and no type', async ([, body, words]) => {
    const { url } = await serve(answer(502, body));
    const error = await failureOf('response', clientOf(url).listModels());
    expect(error.status).toBe(502);
    expect(error.message).toContain('Status 502, but not an answer of this API');
    expect(error.message).toContain(words);
    expect(error).not.toHaveProperty('code');
    expect(error).not.toHaveProperty('type');
  });

  test('is retried like any 502; its last page stays out of the message and is cut to a snippet', async () => {
    const { url, requests } = await serve(answer(502, htmlPage));
    const error = await failureOf('response', clientOf(url, { retry: atOnce }).listModels());
    expect(requests).toHaveLength(3);
    expect(error).toMatchObject({ status: 502, attempts: 3 });
    expect(error.message.length).toBeLessThan(500);
    expect(error.message).not.toContain('<');
    expect(error.snippet).toHaveLength(200);
    expect(inspect(error).length).toBeLessThan(5_000);
  });

  test.for<[string, number, string, string]>([
    ['a short text', 502, 'no JSON', "Unexpected token 'o', … is not valid JSON"],
    ['a long text', 502, `{"a":1} ${'x y '.repeat(50)}`, 'after JSON at position 8'],
    ['a text of two lines', 502, 'no\nJSON', "Unexpected token 'o', … is not valid JSON"],
    ['a page', 502, htmlPage, "Unexpected token '<', … is not valid JSON"],
    ['a success', 200, 'no JSON', "Unexpected token 'o', … is not valid JSON"],
  ])(
    'has the reason why %s is not JSON as its cause, which does not quote it',
    async ([, status, body, reason]) => {
      const { url } = await serve(answer(status, body));
      const error = await failureOf('response', clientOf(url).listModels());
      expect(error.message).toMatch(/: the body \(application\/json\) is not JSON; check baseUrl[. ]/);
      expect((error.cause as Error).message).toContain(reason);
      expect(error.errors).toEqual([]);
    },
  );

  test('is told to have no content type, where it has none', async () => {
    const { url } = await serve((socket) => socket.end('HTTP/1.1 502 Bad\r\n\r\nwords'));
    const error = await failureOf('response', clientOf(url).listModels());
    expect(error.message).toContain('the body (no content type) is not JSON; check baseUrl');
  });

  test('names the place where the envelope breaks off', async () => {
    const item = { loc: ['query', 'limit'], msg: 5, type: 'x' };
    const { url } = await serve(envelope(500, {}, { errors: [item] }));
    const { errors } = await failureOf('response', clientOf(url).listModels());
    expect(errors).toEqual([
      { loc: ['body', 'errors', 0, 'msg'], type: 'string_type', msg: 'Input should be a valid string' },
    ]);
  });
});

describe('Every error', () => {
  test('is a real Error with a name, which prints with its kind', async () => {
    const { url } = await serve(envelope(404));
    const error = await failureOf('api', clientOf(url).listModels());
    expect(error).toBeInstanceOf(Error);
    expect(error.name).toBe('CatalogError');
    expect(error.stack).toContain('CatalogError: 404 server_error: Sorry');
    expect(String(error)).toContain('CatalogError: 404');
    expect(inspect(error)).toMatch(/^CatalogError: 404[\s\S]*kind: 'api'/);
  });

  test('serialises with its name, its message and its fields', async () => {
    const { url } = await serve(envelope(404, { 'retry-after': '7' }));
    const error = await failureOf('api', clientOf(url).listModels());
    expect(JSON.parse(JSON.stringify({ error })).error).toEqual({
      name: 'CatalogError',
      message: error.message,
      kind: 'api',
      status: 404,
      headers: expect.objectContaining({ 'retry-after': '7' }),
      attempts: 1,
      retryAfterMs: 7_000,
      code: 404,
      type: 'server_error',
      detail: 'Sorry',
      errors: [],
    });
  });

  test('says where it could not connect and why, with the reason as its cause', async () => {
    const server = await serve();
    await server.close();
    const error = await failureOf('network', clientOf(server.url).listModels());
    expect(error.message).toContain(`No complete answer from ${server.url}: connect ECONNREFUSED`);
    expect(error.cause).toMatchObject({
      name: 'TypeError',
      message: 'fetch failed',
      cause: { code: 'ECONNREFUSED' },
    });
  });

  test('is truthy and typed, even where a custom fetch throws nothing at all', async () => {
    const withWords = ['text', { message: 'text' }, new Error('text')];
    for (const thrown of [undefined, null, 0, '', {}, { message: 5 }, new Error(''), ...withWords]) {
      const fetch = () => Promise.reject(thrown);
      const error = await failureOf('network', clientOf('http://127.0.0.1', { fetch }).listModels());
      expect(error.cause).toBeInstanceOf(Error);
      const reason = withWords.includes(thrown as string) ? 'text' : 'no reason given';
      expect(error.message).toContain(`127.0.0.1: ${reason}.`);
    }
  });

  test('keeps where a custom fetch threw', async () => {
    const fetch = function fetchOfTheirs() {
      return Promise.reject(new Error('no'));
    };
    const error = await failureOf('network', clientOf('http://127.0.0.1', { fetch }).listModels());
    expect((error.cause as Error).stack).toContain('fetchOfTheirs');
  });

  test('has what can be read, where a getter of what a custom fetch throws throws in turn', async () => {
    const thrown = Object.defineProperty(new Error('a reason'), 'code', {
      get() {
        throw new TypeError('not now');
      },
    });
    const fetch = () => Promise.reject(thrown);
    const error = await failureOf('network', clientOf('http://127.0.0.1', { fetch }).listModels());
    expect(error.cause).toMatchObject({ message: 'a reason' });
  });

  test('has a chain of causes that ends, even where the one of a custom fetch does not', async () => {
    const endless = new Error('round');
    endless.cause = endless;
    const fetch = () => Promise.reject(endless);
    let each: unknown = await failureOf('network', clientOf('http://127.0.0.1', { fetch }).listModels());
    let depth = 0;
    for (; each instanceof Error; each = each.cause) depth += 1;
    expect(depth).toBe(6);
  });
});

describe('The guards', () => {
  test('tell the errors of another copy of the package', async () => {
    vi.resetModules();
    const copy = await import('../../src/transport/errors.ts');
    expect(copy.usage).not.toBe(ours.usage);
    const error = copy.failure<ApiError>('no', {
      ...{ kind: 'api', status: 401, headers: {}, attempts: 1 },
      ...{ code: 401, type: 'token_error', detail: 'no', errors: [] },
    });
    expect(isCatalogError(error)).toBe(true);
    expect(isCatalogError(error, 'api')).toBe(true);
    expect(isApiError(error, 'token_error')).toBe(true);
    expect(error.name).toBe('CatalogError');
  });

  test('say no to another kind and another type', async () => {
    const { url } = await serve(answer(429, rateLimited), cut());
    const client = clientOf(url);
    const api = await failureOf('api', client.listModels());
    const network = await failureOf('network', client.listModels());
    expect(isCatalogError(api, 'network')).toBe(false);
    expect(isCatalogError(network, 'network')).toBe(true);
    expect(isApiError(api)).toBe(true);
    expect(isApiError(network)).toBe(false);
    expect(isApiError(api, 'token_error')).toBe(false);
    expect(isApiError(api, 'usage_limit_exceeded_error')).toBe(true);
  });

  test('say no to everything else that can be thrown', () => {
    const lookalike = Object.assign(new Error('no'), { name: 'CatalogError', kind: 'api' });
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    for (const other of [undefined, null, 0, 'api', {}, new Error('api'), lookalike, proxy]) {
      expect(isCatalogError(other)).toBe(false);
      expect(isApiError(other)).toBe(false);
    }
  });
});

test('A redirect that names no target is told as one', async () => {
  const { url } = await serve(answer(302));
  const error = await failureOf('response', clientOf(url).listModels());
  expect(error.message).toBe(
    'Status 302, but not an answer of this API: a redirect, which is not followed (location: none).',
  );
  expect(error.errors).toEqual([]);
});

test('A usage error lists no problems of a query where the query is not at fault', async () => {
  const error = await usageErrorOf(() => clientOf('nowhere'));
  expect(error.errors).toEqual([]);
});
