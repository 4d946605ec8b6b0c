import { inspect } from 'node:util';
import { describe, expect, test, vi } from 'vitest';
import { type ApiError, isApiError, isCatalogError } from '../../src/client/errors.ts';
import * as ours from '../../src/transport/errors.ts';
import { errorResponses, undocumentedStatus, unheardOf } from '../contract/from-yaml.ts';
import { answer, cut, envelope, rateLimited, serve } from './fault-server.ts';
import { clientOf, failureOf } from './support.ts';

describe('The envelope of the API', () => {
  test.for(errorResponses)('with status $status says what to do: $advice', async ({ status, advice }) => {
    const { url } = await serve(envelope(status, {}, { detail: 'No such luck' }));
    const client = clientOf(url, { apiKey: 'any-key' });
    const error = await failureOf('api', client.listModels());
    expect(error).toMatchObject({ status, code: status, type: 'server_error', detail: 'No such luck' });
    expect(error.message).toContain(`${status} server_error: No such luck (what to do: ${advice}`);
    expect(client.drifts).toEqual([]);
  });

  test.for([undefined, null, []])('with errors: %s has an empty list of them', async (errors) => {
    const { url } = await serve(envelope(403, {}, { errors }));
    expect((await failureOf('api', clientOf(url).listModels())).errors).toEqual([]);
  });

  test.for([400, 999])(
    'is believed about its status by the status line, and the difference is drift: %i',
    async (code) => {
      const { url } = await serve(envelope(404, {}, { code }));
      const client = clientOf(url);
      expect(await failureOf('api', client.listModels())).toMatchObject({ status: 404, code });
      expect(client.drifts).toEqual([{ at: 'code', value: code }]);
    },
  );

  test('with a status and a type that the contract has not is an api error, and drift', async () => {
    const status = undocumentedStatus;
    const { url } = await serve(envelope(status, {}, { type: unheardOf, detail: 'Short and stout' }));
    const client = clientOf(url);
    expect(await failureOf('api', client.listModels())).toMatchObject({
      message: `${status} ${unheardOf}: Short and stout`,
      ...{ status, code: status, type: unheardOf },
    });
    expect(client.drifts).toEqual([
      { at: 'code', value: status },
      { at: 'type', value: unheardOf },
      { at: 'status', value: status },
    ]);
  });

  test('makes a message of less than 500 characters, however long a detail, a type or a name is', async () => {
    const long = 'x'.repeat(5_000);
    const { url } = await serve(envelope(403, {}, { detail: long }), envelope(403, {}, { type: long }));
    const error = await failureOf('api', clientOf(url).listModels());
    expect(error.message.length).toBeLessThan(500);
    expect(error.detail).toBe(long);
    const { message, type } = await failureOf('api', clientOf(url).listModels());
    expect(message.length).toBeLessThan(500);
    expect(type).toBe(`${'x'.repeat(299)}…`);
    const usage = await failureOf('usage', clientOf(url).listModels({ [long]: 1 }));
    expect(usage.message).toHaveLength(499);
  });

  test('is found among any number of other fields, and keeps a hundred problems, twelve levels deep', async () => {
    const others = Object.fromEntries(Array.from({ length: 3_000 }, (_, i) => [`x${i}`, i]));
    let ctx: unknown = 'too deep';
    for (let level = 0; level < 50; level += 1) ctx = [ctx];
    const errors = Array(3_000).fill({ loc: ['query', 'limit'], msg: 'no', type: 'x', ctx });
    const { url } = await serve(
      answer(422, { ...others, errors, code: 422, type: 'server_error', detail: 'here' }),
    );
    const error = await failureOf('api', clientOf(url).listModels());
    expect(error.detail).toBe('here');
    expect(error.errors).toHaveLength(100);
    expect(error.errors[99]).toMatchObject({ loc: ['query', 'limit'], msg: 'no', type: 'x' });
    expect(JSON.stringify(error.errors[0])).not.toContain('too deep');
  });

  test('with a mistyped field is a response error that names the field', async () => {
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
    const { url } = await serve(envelope(403));
    const error = await failureOf('api', clientOf(url).listModels());
    expect(error).toBeInstanceOf(Error);
    expect(error.name).toBe('CatalogError');
    expect(String(error)).toContain('CatalogError: 403');
    expect(inspect(error)).toMatch(/^CatalogError: 403 server_error: Sorry[\s\S]*kind: 'api'/);
  });

  test('serialises with its name, its message and its fields, without cookies', async () => {
    const headers = { 'X-Request-Id': 'r1', 'Set-Cookie': 'session=abc', 'retry-after': '7' };
    const { url } = await serve(envelope(403, headers));
    const error = await failureOf('api', clientOf(url).listModels({ limit: 3 }));
    expect(JSON.parse(JSON.stringify({ error })).error).toEqual({
      name: 'CatalogError',
      message: error.message,
      kind: 'api',
      status: 403,
      url: `${url}/api/v1/training/catalog?limit=3`,
      headers: {
        'content-length': expect.any(String),
        'content-type': 'application/json',
        'retry-after': '7',
        'x-request-id': 'r1',
      },
      attempts: 1,
      retryAfterMs: 7_000,
      code: 403,
      type: 'server_error',
      detail: 'Sorry',
      errors: [],
    });
  });

  test('of a custom fetch that throws anything at all, on the spot, is truthy and typed, with the words there are', async () => {
    const endless = new Error('text');
    endless.cause = endless;
    const withWords: unknown[] = ['text', { message: 'text' }, new Error('text'), endless];
    for (const thrown of [undefined, null, 0, '', {}, { message: 5 }, new Error(''), ...withWords]) {
      const fetch = () => {
        throw thrown;
      };
      const error = await failureOf('network', clientOf('http://127.0.0.1', { fetch }).listModels());
      expect(error).toMatchObject({ reason: 'other', cause: expect.any(Error) });
      expect(error.message).toContain(withWords.includes(thrown) ? ': text.' : ': no reason given.');
    }
  });

  test('keeps where a custom fetch threw', async () => {
    const fetch = function fetchOfTheirs() {
      return Promise.reject(new Error('no'));
    };
    const error = await failureOf('network', clientOf('http://127.0.0.1', { fetch }).listModels());
    expect((error.cause as Error).stack).toContain('fetchOfTheirs');
  });

  test.for(['network', 'timeout', 'aborted'] as const)(
    'of kind %s has a stack with the lines of the program that called',
    async (kind) => {
      const { url } = await serve((socket) => kind === 'network' && socket.destroy());
      const client = clientOf(url, { timeoutMs: kind === 'timeout' ? 50 : 10_000 });
      const call = kind === 'aborted' ? { signal: AbortSignal.timeout(50) } : {};
      const loadModels = async () => (await client.listModels({}, call)).models;
      const pickModel = async () => (await loadModels())[0];
      const trainNightly = async () => await pickModel();
      const { stack = '' } = await failureOf(kind, trainNightly());
      expect(stack.match(/\w+ \(\S+errors\.test\.ts/g)?.map((line) => line.split(' ')[0])).toEqual([
        'loadModels',
        'pickModel',
        'trainNightly',
      ]);
    },
  );
});

describe('The guards', () => {
  test('tell the errors of another copy of the package', async () => {
    vi.resetModules();
    const copy = await import('../../src/transport/errors.ts');
    expect(copy.usage).not.toBe(ours.usage);
    const answered = { status: 401, url: '', headers: {}, attempts: 1 };
    const fields = {
      kind: 'api',
      ...answered,
      code: 401,
      type: 'token_error',
      detail: 'no',
      errors: [],
    } as const;
    const error: ApiError = copy.failure('no', fields);
    expect(isCatalogError(error)).toBe(true);
    expect(isCatalogError(error, 'api')).toBe(true);
    expect(isApiError(error, 'token_error')).toBe(true);
  });

  test('say no to another kind and another type', async () => {
    const { url } = await serve(answer(429, rateLimited), cut());
    const client = clientOf(url);
    const api = await failureOf('api', client.listModels());
    const network = await failureOf('network', client.listModels());
    expect(isCatalogError(api, 'network')).toBe(false);
    expect(isApiError(api)).toBe(true);
    expect(isApiError(network)).toBe(false);
    expect(isApiError(api, 'token_error')).toBe(false);
    expect(isApiError(api, rateLimited.type)).toBe(true);
  });

  test('say no to everything else that can be thrown', () => {
    const lookalike = Object.assign(new Error('no'), { name: 'CatalogError', kind: 'api' });
    for (const other of [undefined, null, 0, 'api', {}, new Error('api'), lookalike]) {
      expect(isCatalogError(other)).toBe(false);
      expect(isApiError(other)).toBe(false);
    }
  });
});
