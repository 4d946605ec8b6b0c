import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ClientOptions, createTrainingCatalogClient, isCatalogError } from '../../src/index.ts';
import { catalogs, envelopes, statuses } from './judge.ts';
import { numRuns, printShares, seed } from './run.ts';

/** Ways in which a server, a proxy or a library writes a text that it was sent. */
const writings: Record<string, (secret: string) => string> = {
  plain: (secret) => secret,
  base64: (secret) => Buffer.from(secret).toString('base64'),
  base64url: (secret) => Buffer.from(secret).toString('base64url'),
  'percent-encoded': encodeURIComponent,
  'form-encoded': (secret) => new URLSearchParams({ secret }).toString().slice('secret='.length),
  'JSON-escaped': (secret) => JSON.stringify(secret).slice(1, -1),
};

/** Everything that a log could show of an error or an event. */
function renderings(value: unknown): string[] {
  const texts = [inspect(value, { depth: 10, showHidden: true }), JSON.stringify(value), String(value)];
  for (let at = value; at instanceof Error; at = at.cause) {
    texts.push(at.message, at.stack ?? '', inspect(at, { depth: 10, showHidden: true, getters: true }));
    for (const name of Object.getOwnPropertyNames(at))
      texts.push(inspect(Reflect.get(at, name), { depth: 10 }));
  }
  return texts;
}

function assertSecret(secret: string, texts: readonly string[]): void {
  for (const [name, write] of Object.entries(writings)) {
    // As it is, and as `inspect` and `JSON.stringify` show a text that has quotes or backslashes. The padding
    // of base64 tells nothing.
    const whole = write(secret);
    const written = name === 'base64' ? whole.replace(/=+$/, '') : whole;
    const shown = [written, JSON.stringify(written).slice(1, -1), written.replaceAll('\\', '\\\\')];
    const leak = texts.find((text) => shown.some((needle) => text.includes(needle)));
    assert.equal(leak, undefined, `${name} in: ${leak}`);
  }
}

const body = fc.constantFrom(
  'envelope',
  'detail',
  'type',
  'errors',
  'page',
  'family',
  'path',
  'broken JSON',
  'bare',
);
const failing = fc.constantFrom(
  'answer' as const,
  'answer' as const,
  'answer' as const,
  'throw' as const,
  'throw' as const,
  'throw text' as const,
  'throw object' as const,
  'refuse' as const,
  'hang' as const,
  'abort' as const,
  'cut' as const,
  'give the init' as const,
  'bad key' as const,
  'key function fails' as const,
  'bad header' as const,
  'insecure' as const,
);
const scheme = fc.constantFrom('', 'Bearer ', 'token ');

/** A body with the echo in some place. */
function echoing(place: string, echo: string, escaped: boolean): string {
  const envelope = { ...envelopes[0], type: 'validation_error' };
  const [catalog] = catalogs;
  const model = (catalog as { models: object[] }).models[0];
  const quoted = escaped ? echo : JSON.stringify(echo).slice(1, -1);
  const put = (value: unknown) => JSON.stringify(value).replaceAll('"ECHO"', () => `"you sent ${quoted}"`);
  switch (place) {
    case 'detail':
      return put({ ...envelope, detail: 'ECHO' });
    case 'type':
      return put({ ...envelope, type: 'ECHO' });
    case 'errors':
      return put({
        ...envelope,
        errors: [{ loc: ['header', 'ECHO'], msg: 'ECHO', type: 'ECHO', input: 'ECHO' }],
      });
    case 'family':
      return put({ limit: 20, total: 1, models: [{ ...model, family: 'ECHO', type: 'ECHO' }] });
    case 'path':
      return put({ limit: 20, total: 'ECHO', models: 'ECHO' });
    case 'page':
      return `<html><pre>GET / ${echo}</pre></html>`;
    case 'broken JSON':
      return `{"you sent": "${quoted}", `;
    case 'bare':
      return echo;
    default:
      return put(envelope);
  }
}

const secretText = (prefix: string) => fc.stringMatching(/^[!-~]{9,40}$/).map((text) => prefix + text);

test('neither the key nor a secret header shows in any error or event', async () => {
  const counts: Record<string, number> = {};
  const echoes: Record<string, number> = {};
  const cases = fc.record({
    key: secretText('k3Y_'),
    header: secretText('h3D-'),
    scheme,
    ownAuthorization: fc.boolean(),
    keyFunction: fc.constantFrom('none', 'sync', 'async'),
    failing,
    status: fc.constantFrom(...statuses, 201, 302, 307, 418, 503),
    body,
    writing: fc.constantFrom(...Object.keys(writings)),
  });
  const property = fc.asyncProperty(cases, async (sample) => {
    const { key, header, failing, status, writing, keyFunction } = sample;
    const write = writings[writing] as (secret: string) => string;
    const controller = new AbortController();
    const seen: unknown[] = [];
    const double = async (_url: string, init: { headers: Record<string, string> }): Promise<Response> => {
      const sent = Object.values(init.headers).join(' ');
      assert(sent.includes(header) && (sample.ownAuthorization || sent.includes(key)));
      const echo = `${write(key)} ${write(header)}`;
      const holding = { init, request: { headers: new Headers(init.headers) }, config: { ...init.headers } };
      switch (failing) {
        case 'throw':
          throw Object.assign(new Error(`request failed: ${echo}`, { cause: wrap(echo, holding) }), {
            ...holding,
            name: `Error of ${echo}`,
            code: `E_${echo}`,
          });
        case 'throw text':
          throw echo;
        case 'throw object':
          throw { message: echo, ...holding, toString: () => echo };
        case 'hang':
          return new Promise(() => {});
        case 'abort':
          controller.abort('enough');
          throw new Error(echo);
        case 'give the init':
          return init as never;
        case 'cut':
          return new Response(
            new ReadableStream({ pull: (stream) => stream.error(new TypeError(`terminated ${echo}`)) }),
          );
        default:
          return new Response(echoing(sample.body, echo, writing.startsWith('JSON')), {
            status,
            headers: {
              'content-type': `text/html; sent=${ascii(echo)}`,
              location: `/login?key=${ascii(echo)}`,
              'x-echo': ascii(echo),
              'set-cookie': `session=${ascii(echo)}`,
            },
          });
      }
    };

    const bad = failing === 'bad key' ? `${key}\n` : key;
    const functions = {
      none: bad,
      sync: () => bad,
      async: async () => bad,
      fails: () => {
        throw Object.assign(new Error(`vault said no to ${header}`), { key });
      },
    };
    const value = `${sample.scheme}${header}${failing === 'bad header' ? '\n' : ''}`;
    const options: ClientOptions = {
      baseUrl: failing === 'insecure' ? 'http://catalog.example' : 'http://127.0.0.1:9',
      apiKey: functions[failing === 'key function fails' ? 'fails' : (keyFunction as 'none')],
      headers: { [sample.ownAuthorization ? 'Authorization' : 'X-Secret']: value },
      ...(failing !== 'refuse' && { fetch: double as never }),
      timeoutMs: failing === 'hang' ? 5 : 30_000,
      retry: false,
      onAttempt: (event) => seen.push(event),
      onDrift: (drift) => seen.push(drift),
    };
    let outcome = 'resolved';
    try {
      await createTrainingCatalogClient(options).listModels({}, { signal: controller.signal });
    } catch (error) {
      if (error instanceof assert.AssertionError) throw error;
      assert(isCatalogError(error));
      seen.push(error);
      outcome = error.kind;
    }
    counts[outcome] = (counts[outcome] ?? 0) + 1;
    if (/answer|throw|cut/.test(failing)) echoes[writing] = (echoes[writing] ?? 0) + 1;
    const texts = [...new Set(seen.flatMap(renderings))];
    if (!sample.ownAuthorization) assertSecret(key, texts);
    assertSecret(header, texts);
  });
  await fc.assert(property, { seed, numRuns });

  const shares = printShares('failures that had a secret to tell', counts);
  for (const kind of ['api', 'response', 'network', 'timeout', 'aborted', 'usage'])
    expect(shares[kind] ?? 0, kind).toBeGreaterThanOrEqual(0.03);
  const written = printShares('secrets sent back', echoes);
  for (const writing of Object.keys(writings))
    expect(written[writing] ?? 0, writing).toBeGreaterThanOrEqual(0.05);
}, 300_000);

/** An error inside errors, as libraries wrap them. */
function wrap(text: string, holding: object): Error {
  const inner = Object.assign(new Error(`inner ${text}`), holding);
  return new AggregateError([inner], `outer ${text}`, { cause: inner });
}

/** A header can't carry all that a text may have. */
const ascii = (text: string) => text.replace(/[^ -~]/g, '');
