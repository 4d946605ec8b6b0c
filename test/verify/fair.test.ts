/** Runs against servers that live: whose catalog changes, that take their time, that limit the rate. */
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { type CatalogHandler, createCatalogHandler } from '../../src/server/index.ts';
import { type Fetch, type Progress, toText, verifyServer } from '../../src/verify/index.ts';
import { exampleOf, type Model, models } from '../contract/from-yaml.ts';
import { atCatalog, idsOf, inProcess, mostCalls, verifyHandler } from './support.ts';

afterEach(() => vi.useRealTimers());

const good = createCatalogHandler();
const [first, second] = models as [Model, Model];
const gained = { ...first, tinker_id: 'new/Model-9B', display_name: 'Model 9B', size_b: 9 };
const repriced = { ...first, pricing: { train: 77 } };

/** A server whose catalog is that of the last entry whose number of calls has passed. */
function changing(...states: [after: number, models: readonly Model[]][]): CatalogHandler {
  const handlers = states.map(([after, models]) => ({ after, handler: createCatalogHandler({ models }) }));
  let calls = 0;
  return atCatalog(async (request) => {
    calls += 1;
    const state = handlers.findLast(({ after }) => calls > after);
    return (state ?? { handler: good }).handler(request);
  });
}

describe('A catalog that changes during the run', () => {
  const changes: Record<string, Model[]> = {
    'gains a model': [...models, gained],
    'loses a model': models.filter((model) => model !== second),
    'changes a price': [repriced, ...models.slice(1)],
  };

  test.each(Object.keys(changes))('and %s is no fault of the server, whenever it does', async (name) => {
    for (const after of [1, 2, 60, 120]) {
      const report = await verifyHandler(changing([0, models], [after, changes[name] as Model[]]));
      expect(idsOf(report, 'failed'), `after ${after} calls`).toEqual([]);
      expect(report.outcome).toBe('passed');
      if (after === 60) expect(toText(report)).toContain('The catalog changed meanwhile');
      // The catalog is read first by the second call.
      expect(report.catalogChanged).toBe(after > 1);
    }
  });

  test('and changes back is no fault either', async () => {
    for (const [name, changed] of Object.entries(changes)) {
      const report = await verifyHandler(changing([0, models], [60, changed], [120, models]));
      expect(idsOf(report, 'failed'), name).toEqual([]);
      expect(report.catalogChanged).toBe(true);
    }
  });

  test('again and again makes inconclusive what it hides', async () => {
    let calls = 0;
    const states = Array.from({ length: 50 }, (_, state) => {
      const more = Array.from({ length: state }, (_, n) => ({
        ...gained,
        tinker_id: `new/${n}`,
        size_b: n + 2,
      }));
      return createCatalogHandler({ models: [...models, ...more] });
    });
    const report = await verifyHandler(
      atCatalog((request) => (states[Math.floor(++calls / 17)] as CatalogHandler)(request)),
    );
    // A change between two equal requests is reported as such. Where the changes fall depends on how many checks there are.
    expect(idsOf(report, 'failed').filter((id) => id !== 'equal-requests')).toEqual([]);
    expect(report.outcome).not.toBe('passed');
    expect(toText(report)).toContain('because the catalog changed again meanwhile');
  });

  test('does not excuse a fault', async () => {
    const handler = changing([0, models], [60, [...models, gained]]);
    const report = await verifyHandler((request) =>
      handler(new Request(request.url.replace('family=', 'f='), request)),
    );
    expect(idsOf(report, 'failed')).toContain('family');
  });
});

test.each([
  ['in turn', '01'],
  ['at random', '1101001110100101101000110101'],
])(
  'a server that shows two catalogs %s fails as equal requests differ, and for nothing else',
  async (_, turns) => {
    const other = createCatalogHandler({ models: [...models, gained] });
    let calls = 0;
    const report = await verifyHandler(
      atCatalog((request) => (turns[calls++ % turns.length] === '1' ? other : good)(request)),
    );
    expect(idsOf(report, 'failed')).toEqual(['equal-requests']);
    expect(toText(report)).toContain('equal requests differ');
    expect(report.outcome).toBe('failed');
  },
);

describe('A server that is not up yet', () => {
  const refused = new TypeError('fetch failed', {
    cause: Object.assign(new Error('no'), { code: 'ECONNREFUSED' }),
  });

  /** What answers until the server is up; it is given the answer of the server. */
  type Before = (answer: () => ReturnType<Fetch>) => ReturnType<Fetch>;

  function awake(before: Before, seconds = 12): Fetch {
    vi.useFakeTimers();
    const start = Date.now();
    return (url, init) => {
      const answer = () => inProcess(good)(url, init);
      return Date.now() - start < seconds * 1_000 ? before(answer) : answer();
    };
  }

  async function run(fetch: Fetch, options = {}) {
    const told: Progress[] = [];
    const running = verifyServer('http://catalog.test', {
      fetch,
      ...options,
      onProgress: (event) => told.push(event),
    });
    await vi.runAllTimersAsync();
    const said = [...new Set(told.flatMap(({ waiting }) => waiting ?? []))];
    return { report: await running, said, told };
  }

  test.each<[string, Before]>([
    ['refuses connections', () => Promise.reject(refused)],
    [
      'is a gateway with 503 and Retry-After: 0',
      async () => new Response(null, { status: 503, headers: { 'retry-after': '0' } }),
    ],
    ['is a gateway with 502', async () => new Response(null, { status: 502 })],
    [
      'takes its time',
      async (answer) => {
        await new Promise((resolve) => setTimeout(resolve, 12_000));
        return answer();
      },
    ],
  ])('and %s is waited for, and the wait is reported', async (_, before) => {
    const { report, said } = await run(awake(before));
    expect(report.outcome).toBe('passed');
    expect(report.calls).toBeLessThan(mostCalls + 20);
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(/up to 30 s\.$/);
  });

  test('is given up when the wait is over, with a code', async () => {
    const { report } = await run(
      awake(() => Promise.reject(refused), 60),
      { waitMs: 5_000 },
    );
    expect(report).toMatchObject({ outcome: 'could-not-run', code: 'refused' });
    const { report: gateway } = await run(
      awake(async () => new Response('<h1>Bad gateway', { status: 502 }), 60),
    );
    expect(gateway).toMatchObject({ outcome: 'could-not-run', code: 'unavailable', checks: [] });
  });

  test.each([
    ['dns', 'ENOTFOUND'],
    ['certificate', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
  ])('is not waited for where that changes nothing: %s', async (code, reason) => {
    const error = new TypeError('fetch failed', { cause: Object.assign(new Error('no'), { code: reason }) });
    const { report } = await run(awake(() => Promise.reject(error), 60));
    expect(report).toMatchObject({ outcome: 'could-not-run', code, calls: 1 });
  });
});

/** The reference server, whose answer to some calls is another. */
const answering = (when: (call: number) => boolean, answer: () => Response): CatalogHandler =>
  createCatalogHandler({ intercept: (_request, call) => (when(call) ? answer() : undefined) });

const limited = (headers: Record<string, string>, body: unknown = exampleOf(429)) =>
  Response.json(body, { status: 429, headers });

test.each<[string, number, () => Response]>([
  ['a 429 in the middle', 40, () => limited({ 'retry-after': '0' }, { error: 'Rate limit exceeded' })],
  ['a 429 without a body', 40, () => new Response(null, { status: 429, headers: { 'retry-after': '0' } })],
  ['a 500 in the middle', 40, () => new Response('<h1>Error', { status: 500 })],
  ['a 500 at first', 0, () => new Response('<h1>Error', { status: 500 })],
])('%s fails if it is not the envelope', async (_, at, answer) => {
  vi.useFakeTimers();
  const running = verifyHandler(answering((call) => call === at, answer));
  await vi.runAllTimersAsync();
  const report = await running;
  expect(idsOf(report, 'failed')).toContain('error-schema');
  expect(report.outcome).toBe('failed');
});

test('where the rate is limited the run waits as asked and then passes', async () => {
  vi.useFakeTimers();
  const started = Date.now();
  const running = verifyHandler(
    answering(
      (call) => call % 60 === 3,
      () => limited({ 'retry-after': '50' }),
    ),
    { strict: true },
  );
  await vi.runAllTimersAsync();
  expect((await running).outcome).toBe('passed');
  expect(Date.now() - started).toBeGreaterThanOrEqual(150_000);
});

test.each([
  ['without Retry-After', {}, 'limits the rate (429).'],
  ['with a long Retry-After', { 'retry-after': '3600' }, 'limits the rate (429) and asks to wait 3600 s'],
  ['with waits that add up', { 'retry-after': '45' }, 'limits the rate (429) and asks to wait 45 s'],
  ['with no wait at all', { 'retry-after': '0' }, 'limits the rate (429) and asks to wait 0 s'],
])('a rate that stays limited %s ends the run as not finished', async (_name, headers, reason) => {
  vi.useFakeTimers();
  const started = Date.now();
  const running = verifyHandler(
    answering(
      (call) => call >= 10,
      () => limited(headers),
    ),
  );
  await vi.runAllTimersAsync();
  const report = await running;
  expect(report).toMatchObject({ outcome: 'could-not-run', code: 'rate-limited' });
  expect(report.reason).toContain(reason);
  expect(Date.now() - started).toBeLessThanOrEqual(310_000);
  expect(idsOf(report, 'failed')).toEqual([]);
  expect(report.calls).toBeLessThan(60);
});

test('a stopped run reports what it found until then, also in a wait', async () => {
  const controller = new AbortController();
  onTestFinished(() => controller.abort());
  const stopping = answering(
    (call) => {
      if (call === 90) setTimeout(() => controller.abort());
      return call >= 90;
    },
    () => limited({ 'retry-after': '30' }),
  );
  const report = await verifyHandler(
    (request) => stopping(new Request(request.url.replace('family=', 'f='), request)),
    { signal: controller.signal },
  );
  expect(report).toMatchObject({ outcome: 'failed', code: 'stopped' });
  expect(idsOf(report, 'failed')).toContain('family');
  expect(toText(report)).toMatch(/FAIL {2}family: .*showed nothing, because the run was stopped/s);

  const atOnce = await verifyHandler(good, { signal: AbortSignal.abort() });
  expect(atOnce).toMatchObject({ outcome: 'could-not-run', code: 'stopped', checks: [] });
});

test('a server that goes away is given up after three calls, and what it failed counts', async () => {
  let count = 0;
  const report = await verifyServer('http://catalog.test', {
    fetch: async (url, init) => {
      if (++count > 12) throw new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED') });
      return inProcess(good)(url, init);
    },
  });
  expect(count).toBe(15);
  expect(report).toMatchObject({ outcome: 'failed', code: 'silent' });
  expect(toText(report)).toContain('the connection was refused');
});
