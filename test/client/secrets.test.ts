/** Nothing that is shown has a secret in it, and what is no secret stays readable. */
import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { list_training_catalog_endpoint as operation } from '../../generated/operations.ts';
import { type ClientOptions, isCatalogError } from '../../src/index.ts';
import { answer, envelope, page, serve } from './fault-server.ts';
import { envelopes, statuses } from './judge.ts';
import { numRuns, printShares, seed } from './run.ts';
import { atOnce, clientOf, failureOf, recordingFetch } from './support.ts';

const key = 'SECRET/123';

/** Ways in which a server, a proxy or a library writes a text that it was sent. */
const writings: Record<string, (secret: string) => string> = {
  plain: (secret) => secret,
  base64: (secret) => Buffer.from(secret).toString('base64'),
  base64url: (secret) => Buffer.from(secret).toString('base64url'),
  'percent-encoded': encodeURIComponent,
  'JSON-escaped': (secret) => JSON.stringify(secret).slice(1, -1),
};

/** Everything that a log could show of an error or an event, its causes included. */
function everythingShownBy(value: unknown): string[] {
  const texts = [inspect(value, { depth: 10, showHidden: true, getters: true }), JSON.stringify(value)];
  for (let at = value; at instanceof Error; at = at.cause) texts.push(String(at), at.stack ?? '');
  return texts;
}

function assertHidden(secret: string, texts: readonly string[]): void {
  for (const [name, write] of Object.entries(writings)) {
    // As it is, and as `inspect` and JSON show a text that has quotes or backslashes. Padding tells nothing.
    const written = write(secret).replace(name === 'base64' ? /=+$/ : /$^/, '');
    const shown = [written, JSON.stringify(written).slice(1, -1), written.replaceAll('\\', '\\\\')];
    const leak = texts.find((text) => shown.some((needle) => text.includes(needle)));
    assert.equal(leak, undefined, `${name} in: ${leak}`);
  }
}

/** A header can't carry all that a text may have. */
const ascii = (text: string) => text.replace(/[^ -~]/g, '');

/** A body with the echo in everything that it holds. */
function echoing(body: string, echo: string): string {
  const [model] = page.models;
  const bodies: Record<string, unknown> = {
    envelope: {
      ...{ ...envelopes[0], type: echo, detail: echo },
      errors: [{ loc: ['header', echo], msg: echo, type: echo, input: echo }],
    },
    page: { limit: 20, total: 1, models: [{ ...model, family: echo, type: echo }] },
    path: { limit: 20, total: echo, models: echo },
    words: { detail: { [echo]: [echo] } },
  };
  if (body === 'html') return `<html><title>${echo}</title><pre>GET / ${echo}</pre></html>`;
  return body === 'broken' ? `{"you sent": "${echo}", ` : JSON.stringify(bodies[body]);
}

const failing = [
  ...[
    'answer',
    'answer',
    'answer',
    'answer',
    'answer',
    'throw',
    'throw text',
    'throw object',
    'refuse',
    'hang',
    'abort',
    'cut',
  ],
  ...['no response', 'bad key', 'key function fails', 'bad header', 'insecure'],
];
const cases = fc.record({
  key: fc.stringMatching(/^[!-~]{9,40}$/).map((text) => `k3Y_${text}`),
  header: fc.stringMatching(/^[!-~]{9,40}$/).map((text) => `h3D-${text}`),
  scheme: fc.constantFrom('', 'Bearer ', 'token '),
  name: fc.constantFrom('Authorization', 'Cookie', 'X-Api-Key', 'x-session-id', 'X-Tenant'),
  failing: fc.constantFrom(...failing),
  status: fc.constantFrom(...statuses, 201, 302, 418, 503),
  body: fc.constantFrom('envelope', 'page', 'path', 'words', 'html', 'broken'),
  writing: fc.constantFrom(...Object.keys(writings)),
});

test('neither the key nor a secret header shows in any error or event', async () => {
  const counts: Record<string, number> = {};
  const property = fc.asyncProperty(cases, async ({ key, header, failing, name, ...sample }) => {
    const controller = new AbortController();
    const seen: unknown[] = [];
    const fetch = recordingFetch(async (_url, init) => {
      const write = writings[sample.writing] as (secret: string) => string;
      const echo = `${write(key)} ${write(header)}`;
      const holding = { init, request: { headers: new Headers(init.headers) }, config: { ...init.headers } };
      if (failing === 'throw') {
        const cause = Object.assign(new AggregateError([new Error(echo)], echo, { cause: echo }), holding);
        throw Object.assign(new Error(echo, { cause }), { ...holding, name: echo, code: echo });
      }
      if (failing === 'throw text') throw echo;
      if (failing === 'throw object') throw { message: echo, ...holding, toString: () => echo };
      if (failing === 'hang') return new Promise(() => {});
      if (failing === 'abort') controller.abort('enough');
      if (failing === 'abort') throw new Error(echo);
      if (failing === 'no response') return init as never;
      const cut = () => new ReadableStream({ pull: (stream) => stream.error(new TypeError(`cut ${echo}`)) });
      return new Response(failing === 'cut' ? cut() : echoing(sample.body, echo), {
        status: sample.status,
        headers: {
          'content-type': `text/html; sent=${ascii(echo)}`,
          location: `/login?key=${ascii(echo)}`,
          'x-echo': ascii(echo),
          'set-cookie': `session=${ascii(echo)}`,
        },
      });
    });
    const bad = failing === 'bad key' ? `${key}\n` : key;
    const vault = () => {
      if (failing === 'key function fails') throw Object.assign(new Error(`not with ${header}`), { key });
      return bad;
    };
    const options: ClientOptions = {
      apiKey: failing === 'bad key' ? bad : vault,
      headers: { [name]: `${sample.scheme}${header}${failing === 'bad header' ? '\n' : ''}` },
      secretHeaders: ['X-Tenant'],
      ...(failing !== 'refuse' && { fetch }),
      timeoutMs: failing === 'hang' ? 5 : 30_000,
      onAttempt: (event) => seen.push(event, event.url, event.headers),
      onDrift: (drift) => seen.push(drift),
    };
    const url = failing === 'insecure' ? 'http://catalog.example' : 'http://127.0.0.1:9';
    const call = async () => clientOf(url, options).listModels({}, { signal: controller.signal });
    const outcome = await call().catch((error: unknown) => error);
    assert(!(outcome instanceof Error) || isCatalogError(outcome), String(outcome));
    const kind = isCatalogError(outcome) ? outcome.kind : 'resolved';
    if (isCatalogError(outcome)) seen.push(outcome);
    counts[kind] = (counts[kind] ?? 0) + 1;
    const texts = seen.flatMap(everythingShownBy);
    if (name !== 'Authorization') assertHidden(key, texts);
    assertHidden(header, texts);
  });
  await fc.assert(property, { seed, numRuns });
  const shares = printShares('failures that had a secret to tell', counts);
  for (const kind of ['api', 'response', 'network', 'timeout', 'aborted', 'usage'])
    expect(shares[kind] ?? 0, kind).toBeGreaterThanOrEqual(0.02);
}, 300_000);

describe('Hidden is', () => {
  // Their base64 has both of its odd characters, and padding once.
  test.for(['k/"<&\'>>>???', 'k/"<&\'>>>???x'])('a key in each of its encodings: %s', async (apiKey) => {
    const json = JSON.stringify(apiKey).slice(1, -1);
    const percent = encodeURIComponent(apiKey);
    const base64 = Buffer.from(apiKey).toString('base64').replace(/=+$/, '');
    const forms = [
      apiKey,
      percent,
      percent.replace(/%../g, (byte) => byte.toLowerCase()),
      json,
      json.replaceAll('/', '\\/'),
      json.replace(/[<>&']/g, (each) => `\\u00${each.charCodeAt(0).toString(16).toUpperCase()}`),
      base64,
      Buffer.from(apiKey).toString('base64url'),
    ];
    expect(new Set(forms).size).toBe(forms.length);
    const { url } = await serve(envelope(403, {}, { detail: forms.join(' ') }));
    const { detail } = await failureOf('api', clientOf(url, { apiKey }).listModels());
    expect(detail).toBe(Array(forms.length).fill('[secret]').join(' '));
  });

  test('the value of a header that is named in secretHeaders, in any letter case', async () => {
    const { url } = await serve(envelope(403, {}, { detail: 'for acme-corp-1' }));
    const options = { headers: { 'x-tenant': 'acme-corp-1' }, secretHeaders: ['X-Tenant'] };
    expect((await failureOf('api', clientOf(url, options).listModels())).detail).toBe('for [secret]');
  });

  test('a key where a text is cut, so that no part of it is left, wherever the cut is', async () => {
    const { url } = await serve((socket, { url: { searchParams } }) => {
      const dots = '.'.repeat(Number(searchParams.get('limit')));
      const body = `<html>${'.'.repeat(100)}${dots}${key.repeat(3)}`;
      return answer(200, body, { 'content-type': `text/html; ${dots}${key}` })(socket, {} as never);
    });
    for (let limit = 50; limit <= 100; limit += 1) {
      const error = await failureOf('response', clientOf(url, { apiKey: key }).listModels({ limit }));
      expect(inspect(error)).not.toContain('SEC');
    }
  });

  test('the type of an envelope', async () => {
    const { url } = await serve(envelope(403, {}, { type: key }));
    const error = await failureOf('api', clientOf(url, { apiKey: key }).listModels());
    expect(error).toMatchObject({ type: '[secret]', code: 403 });
  });

  test.for<[what: string, words: string, shown: string, ...keys: string[]]>([
    [
      'a key of an earlier attempt',
      'first-key-1, second-key-2, third-key-3',
      '[secret], [secret], third-key-3',
      ...['first-key-1', 'second-key-2'],
    ],
    [
      'the longest of keys that begin alike, and a key of eight characters within a word, each time',
      'key-no-12, key-no-1, xkey-no-1x',
      '[secret], [secret], x[secret]x',
      ...['key-no-1', 'key-no-12'],
    ],
  ])('%s', async ([, words, shown, ...keys]) => {
    const { url } = await serve(envelope(503), envelope(403, {}, { detail: words }));
    const client = clientOf(url, { retry: atOnce, apiKey: () => keys.shift() });
    const { detail } = await failureOf('api', client.listModels());
    expect(detail).toBe(shown);
  });

  test('a key in an address, of an error, of an answer, and of an attempt', async () => {
    const fetch = recordingFetch(() => Response.json(page));
    const client = clientOf('http://127.0.0.1:9', { apiKey: 'secret-key-1', fetch });
    const { response } = await client.call(operation, { query: { query: 'secret-key-1' } });
    expect(response.url).toMatch(/\?query=\[secret]$/);
    expect(client.events[0]?.url).toBe(response.url);
  });

  test('each value of a cookie, and what stands behind a scheme', async () => {
    const words = 'sid=0123456789; other=9876543210, and 5566778899, and 1 and any';
    const { url } = await serve(envelope(403, {}, { detail: words }));
    const headers = { cookie: 'sid=0123456789; n=1; other=9876543210', 'x-key': 'Token 5566778899' };
    const { detail } = await failureOf('api', clientOf(url, { headers }).listModels());
    expect(detail).toBe('sid=[secret]; other=[secret], and [secret], and [secret] and any');
  });
});

describe('Left as it came is', () => {
  test.for(['e', 'any', 'a.b+c', 'seven77'])(
    'a word with %s in it, a key of few characters',
    async (apiKey) => {
      const words = `m${apiKey}y "${apiKey}" x${apiKey} ${apiKey}`;
      const { url } = await serve(envelope(403, {}, { detail: words }));
      const { detail } = await failureOf('api', clientOf(url, { apiKey }).listModels());
      expect(detail).toBe(`m${apiKey}y "[secret]" x${apiKey} [secret]`);
    },
  );

  test('a header whose name tells of no secret: ids, etags, sources', async () => {
    const sent = {
      'x-request-id': 'req-0123456789',
      'if-none-match': '"etag-0123456789"',
      'x-source': 'nightly-run',
    };
    const echo = Object.values(sent).join(' ');
    const { url } = await serve(envelope(403, sent, { detail: echo }));
    const error = await failureOf('api', clientOf(url, { headers: sent }).listModels());
    expect(error).toMatchObject({ detail: echo, headers: sent });
  });
});
