/** What holds for whatever a server or a query may be, judged by the contract's YAML. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CatalogError, isCatalogError } from '../../src/client/errors.ts';
import { errorResponses, queryNamesOfType, queryParameters } from '../contract/from-yaml.ts';
import { type Act, act, perform, sizeLimit } from './answers.ts';
import { answer, serve } from './fault-server.ts';
import { hasUnsafeInteger, judgeCatalog, judgeEnvelope } from './judge.ts';
import { numRuns, printShares, seed } from './run.ts';
import { clientOf, recordingFetch } from './support.ts';

type Outcome = 'resolved' | CatalogError['kind'];
type Body = Record<string, unknown>;

/** The parsed body, or undefined for what is not JSON. */
function parseBody(bytes: Uint8Array): { value: Body } | undefined {
  try {
    return { value: JSON.parse(new TextDecoder().decode(bytes)) };
  } catch {
    return undefined;
  }
}

/** What an act must come to, by the contract alone; several where numbers beyond 2^53 leave it open. */
function expected({ kind, status, body: bytes }: Act): Outcome[] {
  if (kind === 'reject' || kind === 'break') return ['network'];
  if (kind === 'hang' || kind === 'stall') return ['timeout'];
  if (kind === 'abort') return ['aborted'];
  if (bytes.length > sizeLimit || (status !== 200 && status < 400)) return ['response'];
  const body = parseBody(bytes);
  if (!body) return ['response'];
  const verdict = status === 200 ? judgeCatalog(body.value) : judgeEnvelope(body.value);
  const unproven = status === 200 && body.value?.['models'] === undefined && body.value?.['total'] !== 0;
  if (verdict === 'invalid' || unproven) return ['response'];
  const good = status === 200 ? 'resolved' : 'api';
  return hasUnsafeInteger(body.value) ? [good, 'response'] : [good];
}

/** The statuses that the contract has tried again, and two that gateways send. */
const retryable = [408, 503, ...errorResponses.filter(({ retry }) => retry).map(({ status }) => status)];

/** Whether another attempt follows. */
function isTriedAgain(act: Act): boolean {
  const [outcome] = expected(act);
  if (outcome === 'network' || outcome === 'timeout') return true;
  return act.kind === 'answer' && retryable.includes(act.status);
}

function checkError(error: unknown): asserts error is CatalogError {
  assert(isCatalogError(error) && error instanceof Error, `not a CatalogError: ${String(error)}`);
  assert.equal(error.name, 'CatalogError');
  assert(error.message.length > 0 && error.message.length < 500);
  assert.equal(JSON.parse(JSON.stringify(error)).kind, error.kind);
  if ('snippet' in error) assert(error.snippet.length <= 200);
}

test('whatever a server does, a call gives what the contract allows, or the one kind of error that fits', async () => {
  const counts: Record<string, number> = {};
  const exchange = fc.record({
    acts: fc.array(act, { minLength: 3, maxLength: 3 }),
    retries: fc.constantFrom(0, 0, 0, 1, 2),
  });
  const property = fc.asyncProperty(exchange, async ({ acts, retries }) => {
    const controller = new AbortController();
    const slow = acts.some(({ kind }) => kind === 'hang' || kind === 'stall');
    const client = clientOf('http://127.0.0.1', {
      fetch: recordingFetch(perform(acts, () => controller.abort('enough'))),
      timeoutMs: slow ? 10 : 30_000,
      maxResponseBytes: sizeLimit,
      retry: retries > 0 && { limit: retries, minDelayMs: 0, maxDelayMs: 0 },
    });
    let last = 0;
    while (last < retries && isTriedAgain(acts[last] as Act)) last += 1;
    const final = acts[last] as Act;
    const sent = parseBody(final.body)?.value;

    let outcome: Outcome = 'resolved';
    try {
      const page = await client.listModels({}, { signal: controller.signal });
      const verdict = judgeCatalog(page);
      assert.notEqual(verdict, 'invalid');
      // A value that is newer than the contract never passes in silence.
      assert.equal(client.drifts.length > 0, verdict === 'newer');
      const models = (sent?.['models'] as Body[] | undefined) ?? [];
      const whole = models.map((model) => ({ extended_context: false, ...model }));
      assert.deepEqual(page, { ...sent, models: whole });
    } catch (error) {
      if (error instanceof assert.AssertionError) throw error;
      checkError(error);
      outcome = error.kind;
      if (error.kind === 'api') {
        const { status, code, type, detail, errors, attempts } = error;
        const shown = { ...sent, code, type, detail, errors, status, attempts };
        const told = { ...sent, errors: sent?.['errors'] ?? [], status: final.status, attempts: last + 1 };
        assert.deepEqual(shown, told);
      }
      if (error.kind === 'aborted') assert.equal(error.cause, 'enough');
    }
    counts[outcome] = (counts[outcome] ?? 0) + 1;
    // A machine that is busy may make any attempt of a case with a short time limit late.
    if (slow && outcome === 'timeout') return;
    const wanted = expected(final);
    assert(wanted.includes(outcome), `${outcome} where ${wanted} was expected`);
    assert.equal(client.events.length, last + 1);
  });
  await fc.assert(property, { seed, numRuns });
  const shares = printShares('outcomes of listModels', counts);
  for (const kind of ['resolved', 'api', 'response', 'network', 'timeout', 'aborted'])
    expect(shares[kind] ?? 0, kind).toBeGreaterThanOrEqual(0.01);
}, 300_000);

/** Strings of every code point there is. */
const text = fc.oneof(
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
const size = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(0, -0, 0.1, 1e21, 5e-324, Number.MAX_VALUE),
);
const limit = fc.integer({ min: 1, max: 100 });
const numeric = [...queryNamesOfType('number'), ...queryNamesOfType('integer')];
const names = queryParameters.map(({ name }) => name);

test('whatever is asked for, a server reads exactly that', async () => {
  const { url, requests } = await serve(answer(200, { limit: 20, total: 0 }));
  const client = clientOf(`${url}/behind/a/prefix/`);
  const valuesOf = (name: string) => (name === 'limit' ? limit : numeric.includes(name) ? size : text);
  const values = names.map((name) => [name, fc.oneof(valuesOf(name), fc.constantFrom(null, undefined))]);
  const query = fc.record(Object.fromEntries(values), { requiredKeys: [] });
  const property = fc.asyncProperty(query, async (query) => {
    await client.listModels(query);
    const asked = requests.at(-1)?.url;
    assert.equal(asked?.pathname, '/behind/a/prefix/api/v1/training/catalog');
    // Number by number: -0 and 0 are one size, and "1e+21" must not arrive as "1e 21".
    const read = [...asked.searchParams].map(([name, text]) => [name, numeric.includes(name) ? +text : text]);
    const wanted = Object.entries(query).filter(([, value]) => value != null);
    assert.deepEqual(
      read,
      wanted.map(([name, value]) => [name, value === 0 ? 0 : value]),
    );
  });
  await fc.assert(property, { seed, numRuns });
}, 300_000);
