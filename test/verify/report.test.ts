/** The forms of a report: text, JUnit, and what GitHub Actions shows. */
import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { createCatalogHandler } from '../../src/server/index.ts';
import { toAnnotations, toSummary } from '../../src/verify/github.ts';
import { type Fetch, type Report, toJUnit, toText, verifyServer } from '../../src/verify/index.ts';
import { models as documented } from '../contract/from-yaml.ts';
import { ignores, onModel } from './breaks.ts';
import {
  atCatalog,
  idsOf,
  inProcess,
  refusesCrossedBounds,
  takesLargerLimit,
  verifyHandler,
} from './support.ts';

const good = createCatalogHandler();

/** One failure, one note, and otherwise a server that behaves. */
const faulty = refusesCrossedBounds(takesLargerLimit(good));

const check = { severity: 'must', source: 'the contract', title: 'Something is so.' } as const;
const request = "curl -gi -H 'Authorization: Bearer any' 'http://catalog.test/a/path?limit=101'";
const wrong = {
  status: 'failed',
  expected: 'status 422',
  received: 'status 200 with a long body',
  request,
} as const;

/** A report of a failed run with these checks. */
const reportOf = (checks: Report['checks'], told: Partial<Report> = {}): Report => ({
  url: 'http://catalog.test',
  contract: '1.2.3',
  strict: false,
  outcome: 'failed',
  catalogChanged: false,
  calls: 7,
  notCalled: [],
  checks,
  ...told,
});

const mixed = reportOf(
  [
    { ...check, id: 'one', status: 'passed' },
    { ...check, id: 'two', severity: 'should', ...wrong },
    { ...check, id: 'three', status: 'skipped', reason: 'the catalog is empty' },
    { ...check, id: 'four', ...wrong, received: `status 200 with ${'a long body '.repeat(8)}` },
    { ...check, id: 'five', status: 'skipped', reason: 'the catalog is empty' },
  ],
  { notCalled: ['POST /jobs'], catalogChanged: true },
);

test('the text lists what failed, then notes, then what was not shown, and counts the rest', () => {
  expect(toText(mixed, { width: 80 })).toMatchInlineSnapshot(`
    "Conformance of http://catalog.test to the training catalog contract 1.2.3

    FAIL  four: Something is so.
          expected  status 422
          received  status 200 with a long body a long body a long body a long body
                    a long body a long body a long body a long body 
          source    the contract
          curl -gi -H 'Authorization: Bearer any' 'http://catalog.test/a/path?limit=101'

    note  two: Something is so.
          expected  status 422
          received  status 200 with a long body
          source    the contract
          curl -gi -H 'Authorization: Bearer any' 'http://catalog.test/a/path?limit=101'

    skip  2 checks showed nothing, because the catalog is empty: three, five

    ok    1 check passed, which a verbose report lists

    The catalog changed meanwhile; checks that failed for it were made once more.
    Not called, as it may change something: POST /jobs.
    Failed: 1 failed (four), 1 note (two), 1 passed, 2 not shown, 7 calls."
  `);
  expect(toText(mixed, { width: 80, verbose: true })).toContain('\nok    one: Something is so.\n');
  // Without a width no line is wrapped, and 0 columns are none.
  for (const width of [undefined, 0]) {
    expect(toText(mixed, { width })).toContain(`received  status 200 with ${'a long body '.repeat(8)}\n`);
  }
});

test.each([
  ['long words', { detail: 'x'.repeat(300), limit: 'a '.repeat(80) }],
  [
    'characters that are wide or made of several',
    {
      limit: 20,
      total: 3,
      models: ['日本語のモデル'.repeat(6), '👩‍👩‍👧‍👦'.repeat(30), 'e\u0301\u0323'.repeat(60)].map(
        (tinker_id) => ({
          ...documented[0],
          tinker_id,
        }),
      ),
    },
  ],
])('the text keeps to its width, but breaks no request and no character: %s', async (_, body) => {
  const report = await verifyHandler(async () => Response.json(body));
  for (const width of [80, 60, 40]) {
    const lines = toText(report, { width, verbose: true }).split('\n');
    const requests = lines.filter((line) => line.trim().startsWith('curl '));
    expect(requests.length).toBe(idsOf(report, 'failed').length);
    for (const line of lines.filter((line) => !requests.includes(line))) {
      expect(stringWidth(line), line).toBeLessThanOrEqual(width);
      expect(line.trimStart()).not.toMatch(/^\p{M}/u);
    }
  }
});

test('colours touch the marks only', async () => {
  const report = await verifyHandler(faulty);
  for (const width of [undefined, 60]) {
    const plain = toText(report, { width });
    const colored = toText(report, { width, color: true });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is how colours are switched
    expect(colored.replace(/\u001b\[\d+m/g, '')).toBe(plain);
    expect(colored).toContain('\u001b[31mFAIL\u001b[0m  limit-refused');
    expect(plain).not.toContain('\u001b');
  }
});

test('nothing that a server sends can steer a terminal or the log of a CI service', async () => {
  const nasty = '\u001b]0;owned\u0007\u009b2J\r\nfake\u202e ##[error]x ##vso[task.complete]\n::error::x';
  for (const fetch of [
    async () => Response.json({ detail: nasty }, { status: 500 }),
    async () => Response.json({ limit: nasty, [nasty]: 1, models: nasty }),
    async () => new Response(null, { status: 302, headers: { location: 'http://x/\u009b2J##[group]' } }),
    async () => Promise.reject(new Error(nasty)),
    inProcess(
      // One filter is ignored, so that the ids are in failures too.
      atCatalog(
        onModel(({ family, tinker_id }) => ({
          family: family + nasty,
          tinker_id: tinker_id + nasty,
          [nasty]: 1,
        }))(ignores(['family'])(good)),
      ),
    ),
  ] satisfies Fetch[]) {
    const report = await verifyServer('http://catalog.test', { fetch, waitMs: 0 });
    expect(report.outcome).not.toBe('passed');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not get through
    const steering = /[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]|##\w*\[|^\s*::/m;
    expect(toText(report, { verbose: true })).not.toMatch(steering);
    JSON.stringify(report, (_key, value) => {
      if (typeof value === 'string') expect(value).not.toMatch(/[\n\p{Cc}]/u);
      return value;
    });
    for (const line of toAnnotations(report)) expect(line).toMatch(/^::error title=[\w/-]+::[^\n\r]+$/);
  }
});

test('on GitHub each failure is an annotation, and the summary of the job has the text, which is not rendered', () => {
  const hostile = { ...check, id: 'two', ...wrong, received: '100% <img src=x>\n</pre>\n\n![x](http://x)' };
  expect(
    toAnnotations(
      reportOf([hostile, { ...hostile, severity: 'should' }], { code: 'stopped', reason: 'a\nb' }),
    ),
  ).toEqual([
    '::error title=two::Something is so. Expected status 422, received 100%25 <img src=x>%0A</pre>%0A%0A![x](http://x).',
    '::error title=stopped::a%0Ab',
  ]);
  const summary = toSummary(reportOf([hostile]));
  expect(summary).toMatch(/^### Training catalog contract: failed\n\n<pre>Conformance /);
  expect(summary.match(/<[^p/]|<\/pre>/g)).toEqual(['</pre>']);
});

/** The elements of a document, read by a parser that holds to XML 1.0. */
function parse(xml: string) {
  const elements: { name: string; attributes: Record<string, string>; text: string }[] = [];
  const open: typeof elements = [];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const element = { name, attributes: attributes as Record<string, string>, text: '' };
    elements.push(element);
    open.push(element);
  });
  parser.on('text', (text) => {
    const element = open.at(-1);
    if (element) element.text += text;
  });
  parser.on('closetag', () => void open.pop());
  parser.write(xml).close();
  return elements;
}

test('the JUnit form has one case for each check, and its totals are right', async () => {
  const report = await verifyHandler(faulty);
  const elements = parse(toJUnit(report));
  const cases = elements.filter(({ name }) => name === 'testcase');
  expect(cases.map(({ attributes }) => attributes['name'])).toEqual(report.checks.map(({ id }) => id));
  const totals = { tests: `${report.checks.length}`, errors: '0' };
  expect(elements[0]?.attributes).toEqual({ ...totals, failures: '1', skipped: '1' });
  const failure = elements.find(({ name }) => name === 'failure');
  expect(failure?.text).toContain("curl -gi -H 'Authorization: Bearer training-catalog-verify'");
  const note = elements.find(({ name }) => name === 'skipped');
  expect(note?.attributes['message']).toMatch(/^Note: .*status 422/s);
  const strict = parse(toJUnit({ ...report, strict: true }));
  expect(strict[0]?.attributes).toEqual({ ...totals, failures: '2', skipped: '0' });
});

test('the JUnit form of a run that could not be made has an error, so that no CI takes it for a pass', async () => {
  const report = await verifyServer('nowhere');
  const elements = parse(toJUnit(report));
  expect(elements[0]?.attributes).toEqual({ tests: '1', failures: '0', errors: '1', skipped: '0' });
  const error = elements.find(({ name }) => name === 'error');
  expect(error?.attributes).toEqual({ type: 'address', message: report.reason });
});

test('whatever text is in a report, its JUnit form is well-formed and says the same', () => {
  const text = fc.string({
    unit: fc.oneof(
      fc.constantFrom('<', '&', '"', ']]>', '\0', '\u001b', '\ud800', '\ufffe', '\n'),
      fc.string(),
    ),
  });
  fc.assert(
    fc.property(text, text, text, (title, received, reason) => {
      const checks = [
        { ...check, id: 'an-id', ...wrong, title, received, expected: title },
        { ...check, id: 'an-id', status: 'skipped', reason },
      ] as const;
      const elements = parse(toJUnit(reportOf(checks, { url: reason })));
      expect(elements.filter(({ name }) => name === 'testcase')).toHaveLength(2);
      const legal = reason.replace(
        /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu,
        '\ufffd',
      );
      expect(elements.find(({ name }) => name === 'skipped')?.attributes['message']).toBe(legal);
    }),
    { seed: 11, numRuns: 100 },
  );
});

test('whatever JSON a server sends, there is a report', async () => {
  let ran = 0;
  const page = fc.record(
    {
      limit: fc.oneof(fc.constant(20), fc.jsonValue()),
      total: fc.oneof(fc.constantFrom(0, 1, 3, -1, 1e300), fc.jsonValue()),
      models: fc.array(
        fc.record({
          tinker_id: fc.string({ unit: fc.constantFrom('a', ' ', '+', '%', '\ud800', 'é') }),
          display_name: fc.string({ unit: fc.constantFrom('A', ' ', '+', '\udc00') }),
          family: fc.constantFrom('qwen', 'llama', '', '\ud800', '__proto__'),
          type: fc.constant('dense'),
          size_b: fc.constantFrom(0.1, 1, 8.005, 1e21, 1e300),
          context_length: fc.constant(1),
          supported_algorithms: fc.subarray(['sft', 'ppo', '', 'constructor']),
        }),
        { maxLength: 5 },
      ),
    },
    { requiredKeys: [] },
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof({ weight: 5, arbitrary: page }, fc.jsonValue()), { minLength: 1, maxLength: 4 }),
      fc.constantFrom(200, 200, 422, 404),
      async (bodies, status) => {
        let n = 0;
        const fetch: Fetch = async () =>
          Response.json(bodies[n++ % bodies.length], { status: n === 1 ? 200 : status });
        const report = await verifyServer('http://catalog.test', { fetch });
        if (report.checks.length > 0) ran += 1;
        expect(report.calls).toBeLessThan(400);
        expect(report.outcome).not.toBe('passed');
        toText(report);
        parse(toJUnit(report));
      },
    ),
    { seed: 5, numRuns: 40 },
  );
  expect(ran).toBeGreaterThan(25);
});
