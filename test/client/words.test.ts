/** What a server says outside of the API's envelope reaches the caller. */
import { describe, expect, test } from 'vitest';
import { errorResponses } from '../contract/from-yaml.ts';
import { answer, serve } from './fault-server.ts';
import { clientOf, failureOf } from './support.ts';

const html = { 'content-type': 'text/html' };
const text = { 'content-type': 'text/plain; charset=utf-8' };
const problem = { 'content-type': 'application/problem+json' };

async function errorOf(status: number, body: string | object, headers: Record<string, string> = {}) {
  const { url } = await serve(answer(status, body, headers));
  return failureOf('response', clientOf(url).listModels());
}

describe('The words are told, of', () => {
  test.for<[string, string | object, Record<string, string>, string]>([
    ['FastAPI’s own errors', { detail: 'Not authenticated' }, {}, 'Not authenticated'],
    [
      'an object where FastAPI puts words',
      { detail: { reason: 'quota', message: 'No quota left' } },
      {},
      'No quota left',
    ],
    ['an object without words', { detail: { quota: 0 } }, {}, '{"quota":0}'],
    ['a gateway of AWS', { message: 'Forbidden' }, {}, 'Forbidden'],
    ['an older one', { Message: 'Forbidden' }, {}, 'Forbidden'],
    ['slowapi', { error: 'Rate limit exceeded: 5 per 1 minute' }, {}, 'Rate limit exceeded: 5 per 1 minute'],
    ['Google and OpenAI', { error: { code: 403, message: 'Denied' } }, {}, 'Denied'],
    ['OAuth', { error: 'invalid_token', error_description: 'It has expired' }, {}, 'It has expired'],
    ['a list of errors', { errors: [{ message: 'one' }, {}, { message: 'two' }] }, {}, 'one; two'],
    [
      'problem+json',
      { type: 'about:blank', title: 'Forbidden', detail: 'No access' },
      problem,
      'Forbidden: No access',
    ],
    ['problem+json with a title only', { title: 'Forbidden' }, problem, 'Forbidden'],
    ['a JSON text', '"No such thing"', {}, 'No such thing'],
    ['a page', '<html><head>\n<title>\n502 Bad\n Gateway</title></head><p>nginx', html, '502 Bad Gateway'],
    ['a page with a heading only', '<h1 class="x">Who are you?</h1>', html, 'Who are you?'],
    ['a page that calls itself JSON', '<title>Sorry</title>', {}, 'Sorry'],
    ['a plain text', 'upstream connect error\n', text, 'upstream connect error'],
    ['a plain text that ends like a tag', 'a <', text, 'a <'],
  ])('%s', async ([, body, headers, words]) => {
    const error = await errorOf(403, body, headers);
    expect(error.message).toContain(`Status 403, not in the API's envelope: ${words} (what to do: `);
    expect(error.message).not.toContain('[object Object]');
    expect(error).toMatchObject({ status: 403 });
  });

  test('nothing, where there are none', async () => {
    for (const body of ['', 'null', '{}', '[]', '5', '{"detail":{}}', '{"detail":"  "}', '<p>', '{"ok":']) {
      expect((await errorOf(503, body)).message).toContain('Status 503, but not an answer of this API: ');
    }
    for (const [body, type] of [
      [' <p>a page', 'text/plain'],
      ['words', 'application/not-text/plain'],
    ] as const) {
      const error = await errorOf(503, body, { 'content-type': type });
      expect(error.message).toContain('Status 503, but not an answer of this API: ');
    }
  });
});

describe('FastAPI’s list of problems', () => {
  const detail = [
    {
      loc: ['query', 'limit'],
      msg: 'Input should be less than or equal to 100',
      type: 'less_than_equal',
      input: '101',
    },
    { loc: ['body', 'models', 3], msg: 'Field required', type: 'missing' },
  ];

  test('is in errors, and in the message', async () => {
    const error = await errorOf(422, { detail });
    expect(error.errors).toEqual(detail);
    expect(error.message).toContain(
      'query.limit: Input should be less than or equal to 100; body.models.3: Field required',
    );
  });

  test('is told up to a hundred, however long it is', async () => {
    const error = await errorOf(422, { detail: Array.from({ length: 5_000 }, () => detail[1]) });
    expect(error.errors).toHaveLength(100);
    expect(error.message.length).toBeLessThan(500);
  });
});

test('Words that lie deep are found, and what lies deeper than that is let go', async () => {
  const nested = (depth: number): object =>
    depth === 0 ? { message: 'found' } : { error: nested(depth - 1) };
  expect((await errorOf(500, nested(5))).message).toContain('found');
  expect((await errorOf(500, nested(50))).message).toContain('Status 500');
});

test.for(errorResponses)(
  'With $status the advice is told whatever the body: $advice',
  async ({ status, advice }) => {
    for (const body of ['', '{}', '<title>Sorry</title>', '{"detail":"Sorry"}']) {
      expect((await errorOf(status, body)).message).toContain(`(what to do: ${advice}).`);
    }
  },
);

test.for([429, 503])('A %i with a far Retry-After says how long the server asks to wait', async (status) => {
  const error = await errorOf(status, { error: 'slow down' }, { 'retry-after': '3600' });
  expect(error.message).toMatch(/what to do: (.+; )?wait 3600 s, as the server asks\)/);
  expect(error).toMatchObject({ attempts: 1, retryAfterMs: 3_600_000 });
});

test('Problems of no known form are no problems, and do no harm', async () => {
  for (const step of [{ toString: 1, valueOf: 1 }, {}, [['query']], null]) {
    const error = await errorOf(422, { detail: [{ loc: ['query', step], msg: 'not told' }] });
    expect(error.errors).toMatchObject([{ loc: ['body', 'code'] }]);
  }
});

test('A content type is cut without leaving a part of the caller’s key', async () => {
  const key = 'SECRET0123456789';
  for (let before = 60; before < 110; before += 1) {
    const type = `text/html; ${'x'.repeat(before)} ${key}`;
    const { url } = await serve(answer(200, 'no JSON', { 'content-type': type }));
    const error = await failureOf('response', clientOf(url, { apiKey: key }).listModels());
    expect(error.message).not.toContain('SEC');
    expect(error.message).toContain('is not JSON; check baseUrl');
  }
});

test('Words are cut, and no word of the caller’s key is in them', async () => {
  const key = 'SECRET0123456789';
  const { url } = await serve(answer(403, { detail: `${key} ${'x'.repeat(5_000)}` }));
  const error = await failureOf('response', clientOf(url, { apiKey: key }).listModels());
  expect(error.message).toContain('[secret] xxx');
  expect(error.message.length).toBeLessThan(500);
});
