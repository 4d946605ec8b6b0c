import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { createCatalogHandler } from '../../src/server/index.ts';
import { type Fetch, type Report, toJUnit, toText, verifyServer } from '../../src/verify/index.ts';
import { models as documented } from '../contract/from-yaml.ts';
import { ignores, keeps, onModel } from './breaks.ts';
import { atCatalog, idsOf, inProcess, takesGetOnly, takesLargerLimit, verifyHandler } from './support.ts';

const good = createCatalogHandler();

/** One failure, one note, and otherwise a server that behaves. */
const faulty = takesGetOnly(takesLargerLimit(good));

/** A report of a failed run with these checks. */
const reportOf = (checks: Report['checks'], told: Partial<Report> = {}): Report => ({
  url: 'http://catalog.test',
  contract: '1.2.3',
  strict: false,
  outcome: 'failed',
  calls: 7,
  notCalled: [],
  checks,
  ...told,
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

test('the text has a line for each check, with what went wrong and the request below it', () => {
  const check = { advice: false, title: 'Something is so.' };
  const request = "curl -gi -H 'Authorization: Bearer any' 'http://catalog.test/a/path?limit=101'";
  const wrong = { expected: 'status 422', received: `status 200 with ${'a long body '.repeat(8)}`, request };
  const checks: Report['checks'] = [
    { ...check, id: 'one', status: 'passed' },
    { ...check, id: 'two', status: 'failed', ...wrong },
    { ...check, id: 'three', status: 'skipped', reason: 'the catalog is empty' },
    { ...check, id: 'four', advice: true, status: 'failed', ...wrong, received: 'status 405' },
    { ...check, id: 'five', title: `It is${' also'.repeat(15)} so that the line is full.`, status: 'passed' },
  ];
  const report = reportOf(checks, { notCalled: ['POST /jobs'] });
  expect(toText(report)).toMatchInlineSnapshot(`
    "Conformance of http://catalog.test to the training catalog contract 1.2.3

    ok    one: Something is so.
    FAIL  two: Something is so.
          expected  status 422
          received  status 200 with a long body a long body a long body a long body
                    a long body a long body a long body a long body 
          curl -gi -H 'Authorization: Bearer any' 'http://catalog.test/a/path?limit=101'
    skip  three: not shown, because the catalog is empty
    note  four: Something is so.
          expected  status 422
          received  status 405
          curl -gi -H 'Authorization: Bearer any' 'http://catalog.test/a/path?limit=101'
    ok    five: It is also also also also also also also also also also also also
          also also also so that the line is full.

    FAIL  two
          expected  status 422
          received  status 200 with a long body a long body a long body a long body…

    Not called, as it may change something: POST /jobs.
    Failed: 2 passed, 1 failed, 1 note, 1 not shown, 7 calls."
  `);
});

test('the end of the text repeats what failed, so that a terminal of 24 lines shows it', async () => {
  const unfiltered = keeps(['family', 'algorithm', 'min_size_b', 'max_size_b'], () => true);
  const report = await verifyHandler(atCatalog(unfiltered(good)));
  const failed = report.checks.flatMap(({ id, status, advice }) =>
    status === 'failed' && !advice ? [id] : [],
  );
  expect(failed.length).toBeGreaterThan(8);
  for (const width of [80, 50]) {
    const last = toText(report, { width }).split('\n').slice(-23);
    const repeated = last.filter((line) => line.startsWith('FAIL  ')).map((line) => line.slice(6));
    expect(repeated).toEqual(failed.slice(0, 6));
    expect(last.join('\n')).toContain(`and ${failed.length - 6} more, above`);
    for (const line of last) expect(line.length).toBeLessThanOrEqual(width);
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
    const lines = toText(report, { width }).split('\n');
    const requests = lines.filter((line) => line.trim().startsWith('curl '));
    expect(requests.length).toBe(idsOf(report, 'failed').length);
    for (const line of lines.filter((line) => !requests.includes(line))) {
      expect(stringWidth(line), line).toBeLessThanOrEqual(width);
      expect(line.trimStart()).not.toMatch(/^\p{M}/u);
    }
  }
});

test('the text breaks the id of a check, which may have the long name of an operation', () => {
  const id = `get_model_${'api_v1_training_'.repeat(4)}get/answer-schema`;
  const wrong = { expected: 'status 200', received: 'status 500', request: 'curl x' };
  const report = reportOf([{ id, advice: false, title: 'Something is so.', status: 'failed', ...wrong }]);
  for (const width of [80, 40]) {
    const text = toText(report, { width });
    for (const line of text.split('\n')) expect(line.length, line).toBeLessThanOrEqual(width);
    expect(text.replaceAll('\n      ', '').split(id)).toHaveLength(3);
  }
});

test('colours touch the marks only', async () => {
  const report = await verifyHandler(faulty);
  const plain = toText(report);
  const colored = toText(report, { color: true });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is how colours are switched
  expect(colored.replace(/\u001b\[\d+m/g, '')).toBe(plain);
  expect(colored).toContain('\u001b[31mFAIL\u001b[0m  limit-range');
  expect(plain).not.toContain('\u001b');
});

test('nothing that a server sends can steer a terminal', async () => {
  const nasty = '\u001b]0;owned\u0007\u009b2J\r\nfake\u202e';
  for (const fetch of [
    async () => Response.json({ detail: nasty }, { status: 500 }),
    async () => Response.json({ limit: nasty, [nasty]: 1, models: nasty }),
    async () => new Response(null, { status: 302, headers: { location: 'http://x/\u009b2J' } }),
    async () => Promise.reject(new Error(nasty)),
    inProcess(
      // One filter is ignored, so that the ids are in failures too.
      atCatalog(
        onModel(({ family, tinker_id }) => ({ family: family + nasty, tinker_id: tinker_id + nasty }))(
          ignores(['family'])(good),
        ),
      ),
    ),
  ] satisfies Fetch[]) {
    const report = await verifyServer('http://catalog.test', { fetch });
    expect(report.outcome).not.toBe('passed');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not get through
    const steering = /[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]/;
    expect(toText(report)).not.toMatch(steering);
    JSON.stringify(report, (_key, value) => {
      if (typeof value === 'string') expect(value).not.toMatch(/[\n\p{Cc}]/u);
      return value;
    });
  }
});

test('the JUnit form has one case for each check, and its totals are right', async () => {
  const report = await verifyHandler(faulty);
  const elements = parse(toJUnit(report));
  const [suites] = elements;
  const cases = elements.filter(({ name }) => name === 'testcase');
  expect(cases.map(({ attributes }) => attributes['name'])).toEqual(report.checks.map(({ id }) => id));
  expect(suites?.attributes).toEqual({
    tests: `${report.checks.length}`,
    failures: '1',
    errors: '0',
    skipped: '1',
  });
  const [failure] = elements.filter(({ name }) => name === 'failure');
  expect(failure?.text).toContain("curl -gi -H 'Authorization: Bearer training-catalog-verify'");
  const [note] = elements.filter(({ name }) => name === 'skipped');
  expect(note?.attributes['message']).toMatch(
    /^Advice: .* Expected status 200, application\/json, received status 405/,
  );
});

test('the JUnit form of advice is a failure in a strict run', async () => {
  const elements = parse(toJUnit(await verifyHandler(faulty, { strict: true })));
  expect(elements[0]?.attributes).toMatchObject({ failures: '2', skipped: '0' });
});

test('the JUnit form of a run that could not be made has an error, so that no CI takes it for a pass', async () => {
  const report = await verifyServer('nowhere');
  const elements = parse(toJUnit(report));
  expect(elements[0]?.attributes).toEqual({ tests: '1', failures: '0', errors: '1', skipped: '0' });
  expect(elements.find(({ name }) => name === 'error')?.attributes['message']).toBe(report.reason);
});

test('whatever text is in a report, its JUnit form is well-formed and says the same', () => {
  let special = 0;
  const text = fc.string({
    unit: fc.oneof(
      fc.constantFrom('<', '&', '"', ']]>', '\0', '\u001b', '\ud800', '\ufffe', '\n'),
      fc.string(),
    ),
  });
  const seed = 11;
  fc.assert(
    fc.property(text, text, text, (title, received, reason) => {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: the interesting ones
      if (/[<&"\0\u001b\ud800\ufffe]/.test(received)) special += 1;
      const check = { id: 'an-id', advice: false, title, request: received, expected: title, received };
      const report = reportOf(
        [
          { ...check, status: 'failed' },
          { ...check, status: 'skipped', reason },
        ],
        { url: reason },
      );
      const elements = parse(toJUnit(report));
      expect(elements.filter(({ name }) => name === 'testcase')).toHaveLength(2);
      const legal = (value: string) =>
        value.replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '\ufffd');
      const message = elements.find(({ name }) => name === 'skipped')?.attributes['message'];
      expect(message).toBe(legal(reason));
    }),
    { seed, numRuns: 300 },
  );
  expect(special).toBeGreaterThan(100);
});

test('whatever JSON a server sends, there is a report', async () => {
  let ran = 0;
  const seed = 5;
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
        expect(report.calls).toBeLessThan(160);
        expect(report.outcome).not.toBe('passed');
        toText(report);
        parse(toJUnit(report));
      },
    ),
    { seed, numRuns: 100 },
  );
  expect(ran).toBeGreaterThan(75);
});
