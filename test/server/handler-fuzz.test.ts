import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createCatalogHandler } from '../../src/server/index.ts';
import {
  catalogPath,
  errorStatuses,
  limit,
  queryParameters,
  undocumentedStatus,
  unheardOf,
  valuesOf,
} from '../contract/from-yaml.ts';
import { judgeAnswer } from '../contract/judge.ts';

const pick = fc.constantFrom;
const often = <T>(weight: number, usual: fc.Arbitrary<T>, odd: fc.Arbitrary<T>) =>
  fc.oneof({ weight, arbitrary: usual }, { weight: 10 - weight, arbitrary: odd });

/** Any byte that a header's value can have. */
const headerBytes = fc
  .array(fc.oneof(fc.integer({ min: 0x20, max: 0x7e }), fc.integer({ min: 0x80, max: 0xff })), {
    maxLength: 40,
  })
  .map((bytes) => String.fromCharCode(...bytes).trim());

const oddText = fc.oneof(
  fc.string({ unit: 'binary' }),
  pick(
    '',
    ' ',
    '-0',
    '1e400',
    'NaN',
    'Infinity',
    '0x10',
    '1_0',
    '+5',
    ' 5',
    '5\n',
    'null',
    'undefined',
    '[]',
    '{}',
    '😀',
    '\u0000',
  ),
  fc.double().map(String),
);
const usualText: Record<string, fc.Arbitrary<string>> = {
  query: pick('qwen', 'LLAMA', ' 3.5 ', 'b'),
  family: pick(...valuesOf('TrainingModel', 'family'), unheardOf),
  algorithm: pick(...valuesOf('TrainingModel', 'supported_algorithms'), unheardOf),
  min_size_b: fc.integer({ min: 0, max: 80 }).map(String),
  max_size_b: fc.integer({ min: 0, max: 80 }).map(String),
  limit: fc.integer({ min: limit.minimum, max: limit.maximum }).map(String),
};
const parameter = pick(...queryParameters.map(({ name }) => name)).chain((name) =>
  often(8, usualText[name] ?? pick('true', 'false', '1'), oddText).map((text) =>
    new URLSearchParams([[name, text]]).toString(),
  ),
);
const search = often(
  8,
  fc.array(parameter, { maxLength: 4 }).map((parameters) => parameters.join('&')),
  fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[a-z_=&%+;#?\d]{0,40}$/)),
);

const prefer = fc.oneof(
  pick(...errorStatuses).map((code) => `code=${code}`),
  pick(
    'code=200, example=empty',
    'example=filtered',
    `code=${undocumentedStatus}`,
    'code=',
    'example=x',
    'code=429;example="',
    'wait=1',
  ),
  headerBytes,
);
const headers = fc.record(
  {
    authorization: often(8, pick('Bearer key', 'bearer k', 'BEARER a.b-c_d~e+f/g='), headerBytes),
    prefer,
    accept: headerBytes,
    origin: headerBytes,
    'access-control-request-method': headerBytes,
    'x-anything': headerBytes,
  },
  { requiredKeys: ['authorization'] },
);
const request = fc.record({
  path: often(9, fc.constant(catalogPath), fc.oneof(pick('/', `${catalogPath}/`, '//', '/%'), fc.webPath())),
  search,
  method: often(
    9,
    pick('GET', 'GET', 'GET', 'HEAD'),
    fc.oneof(pick('POST', 'OPTIONS', 'QUERY'), fc.stringMatching(/^[A-Z!~]{1,9}$/)),
  ),
  headers,
  withPrefer: fc.integer({ min: 0, max: 9 }).map((n) => n < 2),
});

const hasToken = (authorization: string) => /^bearer +\S+$/i.test(authorization);

test('no request gets an answer outside the contract, let alone none', async () => {
  const runs = 10_000;
  const seed = Date.now();
  const handler = createCatalogHandler();
  const histogram: Record<number, number> = {};
  let withToken = 0;

  await fc.assert(
    fc.asyncProperty(request, async ({ path, search, method, headers, withPrefer }) => {
      const { prefer, ...rest } = headers;
      const sent = new Request(`http://catalog.test${path}?${search}`, {
        method: /^(CONNECT|TRACE|TRACK)$/.test(method) ? 'GET' : method,
        headers: withPrefer && prefer !== undefined ? { ...rest, prefer } : rest,
      });
      if (new URL(sent.url).pathname === catalogPath && hasToken(headers.authorization)) withToken += 1;

      const answer = await handler(sent);
      const body = await answer.text();
      histogram[answer.status] = (histogram[answer.status] ?? 0) + 1;

      if (sent.method === 'OPTIONS' && sent.headers.has('access-control-request-method')) {
        expect([answer.status, body]).toEqual([204, '']);
        return;
      }
      const contentType = answer.headers.get('content-type');
      expect(judgeAnswer({ method: sent.method, status: answer.status, contentType, body })).toBeUndefined();
      const asked = sent.headers.get('prefer')?.includes(`code=${answer.status}`);
      if (answer.status >= 500) expect(asked, 'a failure that nobody asked for').toBe(true);
    }),
    { numRuns: runs, seed },
  );

  console.log(
    `fuzz: seed ${seed}, ${withToken} of ${runs} with a token, statuses ${JSON.stringify(histogram)}`,
  );
  expect(withToken).toBeGreaterThanOrEqual(runs / 2);
  for (const status of [200, 422]) expect(histogram[status]).toBeGreaterThan(runs / 20);
  for (const status of errorStatuses) expect(histogram[status]).toBeGreaterThan(0);
}, 120_000);
