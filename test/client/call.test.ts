/** The call of an operation by its description; the operations of a contract that grows are in `test/growth`. */
import { describe, expect, test } from 'vitest';
import { list_training_catalog_endpoint as operation } from '../../generated/operations.ts';
import type { Operation, Violation } from '../../generated/types.ts';
import { answer, ok, page, serve } from './fault-server.ts';
import { clientOf, failureOf, recordingFetch } from './support.ts';

const path = '/api/v1/training/catalog';
const origin = 'http://127.0.0.1';

describe('A call gives, beside the data,', () => {
  test('the status, headers and address of the answer', async () => {
    const { url } = await serve(answer(200, page, { 'X-Request-Id': 'req-1', 'Set-Cookie': 'session=1' }));
    const { data, response } = await clientOf(url).call(operation, { query: { limit: 5 } });
    expect(data).toEqual(page);
    expect(response).toEqual({
      status: 200,
      url: `${url}${path}?limit=5`,
      headers: {
        'content-length': expect.any(String),
        'content-type': 'application/json',
        'x-request-id': 'req-1',
      },
    });
  });

  test('the address that the platform tells, where it tells one', async () => {
    for (const [told, expected] of [
      ['https://near.example/catalog', 'https://near.example/catalog'],
      ['', origin + path],
    ] as const) {
      const fetch = recordingFetch(() => Object.defineProperty(Response.json(page), 'url', { value: told }));
      expect((await clientOf(origin, { fetch }).call(operation)).response.url).toBe(expected);
    }
  });
});

describe('A call', () => {
  test.for<[string, unknown, string, string]>([
    ['a wrong value', { query: { limit: 0 } }, 'query', 'limit: Input should be greater than or equal to 1.'],
    [
      'a misspelt part',
      { qurey: {} },
      'qurey',
      'Unknown part of a request qurey (did you mean query?); known are path, query, header, body.',
    ],
    [
      'a Map as a part',
      { query: new Map() },
      'query',
      'Pass the query as an object, such as { name: value }; this is [object Map].',
    ],
    [
      'a list',
      [],
      'request',
      'Pass what is sent as an object, such as { query: { limit: 5 } }; this is [object Array].',
    ],
  ])('with %s is a usage error, and nothing is sent', async ([, request, option, message]) => {
    const fetch = recordingFetch();
    const call = clientOf(origin, { fetch }).call(operation as Operation, request as object);
    expect(await failureOf('usage', call)).toMatchObject({ option, message });
    expect(fetch.calls).toEqual([]);
  });
});

describe('Any description of an operation is enough:', () => {
  const anything = Object.assign(() => true, { errors: null });
  /** An operation that checks nothing, so that only what its description says is seen. */
  const describedBy = (more: Partial<Operation>): Operation => ({
    ...{ operationId: 'any', method: 'get', path: '/any', secured: false, responses: {} },
    parameters: { query: {}, path: {}, header: {}, cookie: {} },
    validators: { request: anything, responses: {} },
    ...more,
  });
  const parameter = { required: false, style: 'form', explode: true, schema: {} };
  const json = { mediaTypes: ['application/json'] };

  test.for([
    ['pipeDelimited', 'a|b'],
    ['spaceDelimited', 'a%20b'],
    ['form', 'a,b'],
  ])('lists in the query are written in the style %s', async ([style = '', written]) => {
    const { url, requests } = await serve(ok);
    const query = {
      tags: { ...parameter, style, explode: false },
      deep: { ...parameter, style: 'deepObject' },
    };
    const many = describedBy({
      parameters: { ...describedBy({}).parameters, query },
      responses: { 200: json },
    });
    await clientOf(url).call(many, { query: { tags: ['a', 'b'], deep: { c: 1 } } });
    expect(requests[0]?.target).toBe(`/any?tags=${written}&deep[c]=1`);
  });

  test.for(['', '.', '..'])(
    'no path parameter is "%s", which would change the path around it',
    async (id) => {
      const fetch = recordingFetch();
      const one = describedBy({ path: '/any/{id}/deeper' });
      const error = await failureOf('usage', clientOf(origin, { fetch }).call(one, { path: { id } }));
      expect(error).toMatchObject({ option: 'path', message: "path: id can't be empty or made of dots." });
      await clientOf(origin, { fetch }).call(describedBy({ ...one, responses: { '2XX': json } }), {
        path: { id: 'a/..' },
      });
      expect(fetch.calls.map(({ url }) => url)).toEqual([`${origin}/any/a%2F../deeper`]);
    },
  );

  test('a parameter that is a document is sent as JSON, and one that is not described as it is', async () => {
    const { url, requests } = await serve(ok);
    const query = { where: { ...parameter, mediaType: 'application/json' } };
    const filtered = describedBy({
      parameters: { ...describedBy({}).parameters, query },
      responses: { 200: json },
    });
    await clientOf(url).call(filtered, { query: { where: { a: [1] }, other: 'b' } });
    expect(requests[0]?.url.search).toBe('?where=%7B%22a%22%3A%5B1%5D%7D&other=b');
  });

  test.for<[string, string[] | undefined, unknown, unknown, string | undefined]>([
    ['JSON', ['application/json'], { a: 'é' }, '{"a":"é"}', 'application/json'],
    ['JSON of a vendor', ['text/plain', 'application/a+json'], [1], '[1]', 'application/a+json'],
    ['JSON, where no body is described', undefined, 5, '5', 'application/json'],
    ['a text', ['text/csv'], 'a,b', 'a,b', 'text/csv'],
    ['what the platform knows', ['multipart/form-data'], new FormData(), expect.any(FormData), undefined],
    ['nothing', ['application/json'], undefined, undefined, undefined],
  ])('a body is sent as %s', async ([, mediaTypes, body, sent, contentType]) => {
    const fetch = recordingFetch(() => new Response('text', { headers: { 'content-type': 'text/csv' } }));
    const requestBody = mediaTypes && { required: false, mediaTypes };
    const responses = { 200: { mediaTypes: ['application/json', 'text/csv'] } };
    const post = describedBy({ method: 'post', responses, ...(requestBody && { requestBody }) });
    const { data } = await clientOf(origin, { fetch }).call(post, { body });
    expect(fetch.calls[0]?.init.body).toEqual(sent);
    expect(fetch.calls[0]?.init.headers['content-type']).toBe(contentType);
    expect(data).toBe('text');
  });

  test('an answer may be described by its class, as text only, or without a body', async () => {
    for (const [mediaTypes, expected] of [
      [['text/*'], 'hello'],
      [[], undefined],
    ] as const) {
      const { url } = await serve(answer(201, 'hello', { 'content-type': 'text/plain' }));
      const { data } = await clientOf(url).call(describedBy({ responses: { '2XX': { mediaTypes } } }));
      expect(data).toBe(expected);
    }
  });

  test.for<[string, object[], string, RegExp]>([
    [
      'a text in place of a boolean',
      [{ instancePath: '/query/flag', keyword: 'type', params: { type: 'boolean' } }],
      'query',
      /^flag: .* It is a text: pass a boolean\.$/,
    ],
    [
      'a part of a parameter that there is not',
      [{ instancePath: '/query/flag', keyword: 'additionalProperties', params: { additionalProperty: 'x' } }],
      'query',
      /^flag\.x: Extra inputs are not permitted\.$/,
    ],
    [
      'a parameter where there are none',
      [{ instancePath: '/query', keyword: 'additionalProperties', params: { additionalProperty: 'flag' } }],
      'query',
      /^Unknown parameter flag; known are none\.$/,
    ],
    [
      'a path as such',
      [{ instancePath: '/path', keyword: 'minProperties', params: { limit: 1 } }],
      'path',
      /^path: /,
    ],
    ['what no rule names', [], 'request', /^$/],
  ])('%s is named', async ([, violations, option, words]) => {
    const errors = violations.map((violation) => ({ schemaPath: '', ...violation }) as Violation);
    const refuse = Object.assign(() => false, { errors });
    const refusing = describedBy({ validators: { request: refuse, responses: {} } });
    const error = await failureOf('usage', clientOf(origin).call(refusing, { query: { flag: 'yes' } }));
    expect(error.option).toBe(option);
    expect(error.message).toMatch(words);
  });

  test('header parameters may be in any case, and those of the call’s options replace them', async () => {
    const { url, requests } = await serve(ok);
    const header = { 'X-Organization': parameter, 'X-Team': parameter };
    const named = describedBy({
      parameters: { ...describedBy({}).parameters, header },
      responses: { 200: json },
    });
    const own = { 'x-organization': 'acme', 'X-Team': 5, 'X-Other': 'o' };
    await clientOf(url).call(named, { header: own }, { headers: { 'x-team': 'other' } });
    expect(requests[0]?.header('x-organization')).toEqual(['acme']);
    expect(requests[0]?.header('x-team')).toEqual(['other']);
    expect(requests[0]?.header('x-other')).toEqual(['o']);
  });

  test('retries and advice are found by the status, its class or default', async () => {
    const retried = { ...json, retry: true, advice: 'wait' } as const;
    for (const [name, status] of [
      ['507', 507],
      ['5XX', 599],
      ['default', 418],
    ] as const) {
      const { url, requests } = await serve(answer(status, '{"message":"no"}'));
      const call = clientOf(url, { retry: { limit: 1, minDelayMs: 0 } }).call(
        describedBy({ responses: { 404: json, [name]: retried } }),
      );
      const error = await failureOf('response', call);
      expect(error.message).toContain('no (after 2 attempts; what to do: wait).');
      expect(requests).toHaveLength(2);
    }
  });
});
