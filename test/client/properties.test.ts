import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createTrainingCatalogClient } from '../../src/client/client.ts';
import { type CatalogError, isCatalogError } from '../../src/client/errors.ts';
import type { Drift } from '../../src/client/options.ts';
import type { Fetch } from '../../src/transport/fetch.ts';
import type { AttemptEvent } from '../../src/transport/options.ts';
import { parseRetryAfter } from '../../src/transport/retry-after.ts';
import { errorResponses } from '../contract/from-yaml.ts';
import { type Act, act, bodyOf, perform, sizeLimit } from './answers.ts';
import { hasUnsafeInteger, judgeCatalog, judgeEnvelope, judgeModel, judgeParameter } from './judge.ts';
import { numRuns, printShares, seed } from './run.ts';

type Outcome = 'resolved' | CatalogError['kind'];
type Body = Record<string, unknown>;

const kinds: Outcome[] = ['api', 'response', 'network', 'timeout', 'aborted', 'usage', 'incomplete'];

/** The parsed body, or undefined for what is not JSON. */
function parseBody(bytes: Uint8Array): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(new TextDecoder().decode(bytes)) };
  } catch {
    return undefined;
  }
}

/** What one act must come to, by the contract alone; several where numbers beyond 2^53 leave it open. */
function expected(act: Act): Outcome[] {
  if (act.kind === 'reject') return ['network'];
  if (act.kind === 'hang') return ['timeout'];
  if (act.kind === 'abort') return ['aborted'];
  if (act.kind === 'opaque') return ['response'];
  if (act.kind === 'not a response') return ['usage'];
  const bytes = bodyOf(act);
  if (bytes.length && act.kind === 'break') return ['network'];
  if (bytes.length && act.kind === 'stall') return ['timeout'];
  if (bytes.length > sizeLimit || (act.status !== 200 && act.status < 400)) return ['response'];
  const body = parseBody(bytes);
  if (!body) return ['response'];
  const verdict = act.status === 200 ? judgeCatalog(body.value) : judgeEnvelope(body.value);
  const { models, total } = (body.value ?? {}) as Body;
  const unproven = act.status === 200 && models === undefined && total !== 0;
  if (verdict === 'invalid' || unproven) return ['response'];
  const good = act.status === 200 ? 'resolved' : 'api';
  return hasUnsafeInteger(body.value) ? [good, 'response'] : [good];
}

/** The statuses that the contract has tried again, and two that gateways send. */
const retryable = [408, 503, ...errorResponses.filter(({ retry }) => retry).map(({ status }) => status)];

/** Whether another attempt follows, with waits of no length allowed only. */
function isTriedAgain(act: Act): boolean {
  const [outcome] = expected(act);
  if (outcome === 'network' || outcome === 'timeout') return true;
  if (!('status' in act) || !retryable.includes(act.status)) return false;
  const asked = new Headers(act.headers).get('retry-after') ?? '';
  const beyond = /^\d+$/.test(asked) ? Number(asked) > 0 : Date.parse(asked) > Date.now();
  // Anything else than these, two headers joined for one, leaves the ordinary back-off.
  return !beyond || !(/^\d+$/.test(asked) || /^[A-Z][a-z]+, [\w :-]+ GMT$/.test(asked));
}

function checkError(error: unknown): asserts error is CatalogError {
  assert(isCatalogError(error) && error instanceof Error, `not a CatalogError: ${String(error)}`);
  assert(kinds.includes(error.kind));
  assert.equal(error.name, 'CatalogError');
  assert(error.message.length > 0 && error.message.length < 500);
  assert.equal(JSON.parse(JSON.stringify(error)).kind, error.kind);
  if ('retryAfterMs' in error) assert((error.retryAfterMs as number) >= 0);
  if ('snippet' in error) assert(error.snippet.length <= 200);
}

describe('For whatever a server, a network or a custom fetch may do', () => {
  test('a call gives what the contract allows, or the one kind of error that fits', async () => {
    const counts: Record<string, number> = {};
    const exchange = fc.record({
      acts: fc.array(act, { minLength: 1, maxLength: 3 }),
      retries: fc.constantFrom(0, 0, 0, 1, 2),
    });
    const property = fc.asyncProperty(exchange, async ({ acts, retries }) => {
      const controller = new AbortController();
      const slow = acts.some(({ kind }) => kind === 'hang' || kind === 'stall');
      const events: AttemptEvent[] = [];
      const drifts: Drift[] = [];
      const client = createTrainingCatalogClient({
        baseUrl: 'http://127.0.0.1',
        apiKey: null,
        fetch: perform(acts, () => controller.abort('enough')) as unknown as Fetch,
        timeoutMs: slow ? 10 : 30_000,
        maxResponseBytes: sizeLimit,
        retry: retries > 0 && { limit: retries, minDelayMs: 0, maxDelayMs: 0, maxRetryAfterMs: 0 },
        onAttempt: (event) => events.push(event),
        onDrift: (drift) => drifts.push(drift),
      });

      let last = 0;
      while (last < retries && isTriedAgain(acts[Math.min(last, acts.length - 1)] as Act)) last += 1;
      const final = acts[Math.min(last, acts.length - 1)] as Act;
      const wanted = expected(final);

      let outcome: Outcome = 'resolved';
      try {
        const page = await client.listModels({}, { signal: controller.signal });
        assert(Array.isArray(page.models));
        const verdict = judgeCatalog(page);
        assert.notEqual(verdict, 'invalid');
        // A value that is newer than the contract never passes in silence.
        assert.equal(drifts.length > 0, verdict === 'newer');
        const sent = parseBody(bodyOf(final as never))?.value as Body & { models?: Body[] };
        const models = (sent.models ?? []).map((model) => ({ extended_context: false, ...model }));
        assert.deepEqual(page, { ...sent, models });
      } catch (error) {
        if (error instanceof assert.AssertionError) throw error;
        checkError(error);
        outcome = error.kind;
        if (error.kind === 'api' && 'body' in final) {
          const sent = parseBody(bodyOf(final))?.value as Body;
          assert.equal(error.status, final.status);
          assert.deepEqual(
            [error.code, error.type, error.detail],
            [sent['code'], sent['type'], sent['detail']],
          );
          assert.deepEqual(error.errors, sent['errors'] ?? []);
          assert.equal(error.attempts, last + 1);
        }
        if (error.kind === 'aborted') assert.equal(error.cause, 'enough');
      }
      counts[outcome] = (counts[outcome] ?? 0) + 1;
      // A machine that is busy may make any attempt of a case with a short time limit late.
      if (!slow || outcome !== 'timeout') {
        assert(wanted.includes(outcome), `${outcome} where ${wanted} was expected`);
        assert.equal(events.length, last + 1);
      }
    });
    await fc.assert(property, { seed, numRuns });

    const shares = printShares('outcomes of listModels', counts);
    expect(shares['resolved']).toBeGreaterThanOrEqual(0.1);
    for (const kind of kinds.filter((kind) => kind !== 'incomplete'))
      expect(shares[kind] ?? 0, kind).toBeGreaterThanOrEqual(0.01);
  }, 300_000);

  test('the methods of several calls give models that the contract allows, or one of our errors', async () => {
    const counts: Record<string, number> = {};
    const calls = fc.record({
      acts: fc.array(act, { minLength: 1, maxLength: 3 }),
      find: fc.boolean(),
    });
    const property = fc.asyncProperty(calls, async ({ acts, find }) => {
      const controller = new AbortController();
      const client = createTrainingCatalogClient({
        baseUrl: 'http://127.0.0.1',
        apiKey: null,
        fetch: perform(acts, () => controller.abort()) as unknown as Fetch,
        timeoutMs: acts.some(({ kind }) => kind === 'hang' || kind === 'stall') ? 10 : 30_000,
        maxResponseBytes: sizeLimit,
        retry: false,
      });
      const call = { signal: controller.signal };
      let outcome: string = 'resolved';
      try {
        const models = find
          ? [await client.findModel('Qwen/Qwen3.8-27B', call)].filter((model) => model !== undefined)
          : await client.listAllModels({}, { ...call, maxCalls: 5 });
        for (const model of models) assert.notEqual(judgeModel(model), 'invalid');
        if (find && !models.length) outcome = 'resolved to none';
      } catch (error) {
        checkError(error);
        outcome = error.kind;
      }
      counts[outcome] = (counts[outcome] ?? 0) + 1;
    });
    await fc.assert(property, { seed, numRuns });

    const shares = printShares('outcomes of listAllModels and findModel', counts);
    expect(shares['resolved']).toBeGreaterThanOrEqual(0.03);
    expect(shares['resolved to none']).toBeGreaterThanOrEqual(0.01);
    for (const kind of kinds) expect(shares[kind] ?? 0, kind).toBeGreaterThanOrEqual(0.01);
  }, 300_000);
});

/** Whether half of a surrogate pair stands alone in it: it has no UTF-8 form then. */
function isIllFormed(text: string): boolean {
  return Buffer.from(text).toString() !== text;
}

describe('For any query', () => {
  /** Strings of every code point there is, and now and then one that has half of a pair. */
  const wellFormed = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.constantFrom(
      'a+b %26&=#/?日本😀',
      ' ',
      '',
      'null',
      '%',
      '+',
      '%E0%A4%A',
      '\u0000',
      '\r\n',
      '/../',
      '..',
    ),
  );
  const half = fc.integer({ min: 0xd800, max: 0xdfff }).map((unit) => String.fromCharCode(unit));
  const illFormed = fc
    .tuple(wellFormed, half, wellFormed)
    .map((parts) => parts.join(''))
    .filter(isIllFormed);
  const nothing = fc.constantFrom(null, undefined);
  const size = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.constantFrom(0, -0, 0.1, 1e21, 5e-324, Number.MAX_VALUE),
  );
  const limit = fc.integer({ min: 1, max: 100 });

  test('a server reads exactly what was passed, and nothing that was not', async () => {
    let asked = '';
    const server = createServer((request, response) => {
      asked = request.url ?? '';
      response.end('{"limit":20,"total":0,"models":[]}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const client = createTrainingCatalogClient({
      baseUrl: `http://127.0.0.1:${port}/behind/a/prefix/`,
      apiKey: null,
      retry: false,
    });
    const maybe = <T>(value: fc.Arbitrary<T>) => fc.oneof({ weight: 3, arbitrary: value }, nothing);
    const query = fc.record(
      {
        query: maybe(wellFormed),
        family: maybe(wellFormed),
        algorithm: maybe(wellFormed),
        min_size_b: maybe(size),
        max_size_b: maybe(size),
        limit: maybe(limit),
      },
      { requiredKeys: [] },
    );
    const counts = { set: 0, 'left out': 0 };
    const property = fc.asyncProperty(query, async (query) => {
      await client.listModels(query);
      const url = new URL(asked, 'http://server');
      assert.equal(url.pathname, '/behind/a/prefix/api/v1/training/catalog');
      const wanted = Object.entries(query).filter(([, value]) => value != null);
      // Number by number: -0 and 0 are one size, and "1e+21" must not arrive as "1e 21".
      const read = [...url.searchParams].map(([name, text]) => [name, name.match(/_b|limit/) ? +text : text]);
      assert.deepEqual(
        read,
        wanted.map(([name, value]) => [name, value === 0 ? 0 : value]),
      );
      counts.set += wanted.length;
      counts['left out'] += Object.keys(query).length - wanted.length;
    });
    try {
      await fc.assert(property, { seed, numRuns });
    } finally {
      server.closeAllConnections();
      server.close();
    }
    const shares = printShares('query values', counts);
    expect(Math.min(shares['set'] ?? 0, shares['left out'] ?? 0)).toBeGreaterThan(0.1);
  }, 300_000);

  test('it is sent if the contract allows each of its values, and refused by name if not', async () => {
    const names = Object.keys(judgeParameter);
    const oddValues = fc.oneof(
      fc.constantFrom<unknown>(Number.NaN, Infinity, -Infinity, '5', true, 0, 101, 1.5, [], ['qwen'], {}, 5n),
      fc.constantFrom<unknown>(Symbol('family'), Object.create(null), () => 'qwen', new Date(0), Object(5)),
      fc.anything(),
    );
    const value = fc.oneof(
      { weight: 6, arbitrary: wellFormed },
      { weight: 4, arbitrary: size },
      { weight: 6, arbitrary: limit },
      { weight: 1, arbitrary: illFormed },
      { weight: 1, arbitrary: oddValues },
      { weight: 2, arbitrary: nothing },
    );
    const name = fc.oneof({ weight: 20, arbitrary: fc.constantFrom(...names) }, fc.string({ minLength: 1 }));
    const query = fc.dictionary(name, value, { maxKeys: 3, noNullPrototype: true });
    let calls = 0;
    const client = createTrainingCatalogClient({
      baseUrl: 'http://127.0.0.1',
      apiKey: null,
      retry: false,
      fetch: async () => {
        calls += 1;
        return Response.json({ limit: 20, total: 0 });
      },
    });
    const counts = { sent: 0, refused: 0, 'ill-formed': 0 };
    const property = fc.asyncProperty(query, async (query) => {
      const set = Object.entries(query).filter(([, value]) => value != null);
      const ill = (value: unknown) => typeof value === 'string' && isIllFormed(value);
      const wrong = set.filter(([name, value]) => ill(value) || judgeParameter[name]?.(value) !== 'valid');
      if (set.some(([, value]) => ill(value))) counts['ill-formed'] += 1;
      else counts[wrong.length ? 'refused' : 'sent'] += 1;
      calls = 0;
      const error = await client.listModels(query).then(
        () => undefined,
        (error: unknown) => error,
      );
      if (!wrong.length) {
        assert.equal(error, undefined);
        assert.equal(calls, 1);
        return;
      }
      checkError(error);
      assert(error.kind === 'usage');
      assert.equal(calls, 0);
      // A name with a slash or of digits reads as steps, as in any JSON pointer.
      const plain = wrong.map(([name]) => name).filter((name) => name in judgeParameter);
      const named = error.errors.map(({ loc }) => loc[1]);
      for (const name of plain) assert(named.includes(name), `${name} is not named`);
    });
    await fc.assert(property, { seed, numRuns });
    const shares = printShares('queries', counts);
    for (const share of Object.values(shares)) expect(share).toBeGreaterThan(0.03);
  }, 300_000);
});

describe('For any Retry-After', () => {
  const digits = fc.stringMatching(/^\d{1,40}$/);
  const date = fc.date({ noInvalidDate: true, min: new Date(0), max: new Date('2200-01-01') });
  const form = fc.oneof(
    digits,
    date.map((date) => date.toUTCString()),
    date.map((date) => date.toUTCString().replace(/ GMT$/, '')),
    date.map((date) => date.toISOString()),
    date.map((date) => String(date)),
    fc.constantFrom(
      'Thu Jan  1 00:00:03 2099',
      'Thursday, 01-Jan-26 00:00:03 GMT',
      'Xyz, 99 Foo 2026 99:99:99 GMT',
    ),
    fc.stringMatching(/^[!-~]([ -~]{0,30}[!-~])?$/),
  );

  test('what is parsed is a wait of zero or more, or nothing', () => {
    const counts = { wait: 0, nothing: 0 };
    fc.assert(
      fc.property(form, (value) => {
        const wait = parseRetryAfter(value);
        counts[wait === undefined ? 'nothing' : 'wait'] += 1;
        assert(wait === undefined || wait >= 0);
      }),
      { seed, numRuns },
    );
    expect(printShares('Retry-After values', counts)['wait']).toBeGreaterThan(0.2);
  });

  test('the wait before the next attempt is never negative, never NaN and never beyond the limit set', async () => {
    const soon = fc.integer({ min: -5, max: 120 }).map((s) => new Date(Date.now() + s * 1000).toUTCString());
    const near = fc.integer({ min: 0, max: 120 }).map(String);
    const counts = { waited: 0, 'gave up': 0 };
    const property = fc.asyncProperty(
      fc.oneof(form, soon, near),
      fc.integer({ min: 0, max: 100_000 }),
      fc.integer({ min: 0, max: 1000 }),
      async (value, maxRetryAfterMs, minDelayMs) => {
        const controller = new AbortController();
        const events: AttemptEvent[] = [];
        const client = createTrainingCatalogClient({
          baseUrl: 'http://127.0.0.1',
          apiKey: null,
          fetch: async () => new Response('', { status: 503, headers: { 'retry-after': value } }),
          retry: { limit: 1, minDelayMs, maxDelayMs: 500, maxRetryAfterMs },
          onAttempt: (event) => {
            events.push(event);
            // The wait is known by now; nobody needs to sit through it.
            controller.abort();
          },
        });
        await assert.rejects(client.listModels({}, { signal: controller.signal }));
        assert.equal(events.length, 1);
        const { delayMs } = events[0] as AttemptEvent;
        counts[delayMs === undefined ? 'gave up' : 'waited'] += 1;
        if (delayMs !== undefined) assert(delayMs >= 0 && delayMs <= Math.max(maxRetryAfterMs, 500));
        if (delayMs !== undefined && parseRetryAfter(value) !== undefined) assert(delayMs <= maxRetryAfterMs);
      },
    );
    await fc.assert(property, { seed, numRuns });
    const shares = printShares('attempts told to wait', counts);
    expect(Math.min(...Object.values(shares))).toBeGreaterThan(0.1);
  }, 300_000);
});
