/** Requests of every kind, sound and odd, as bytes on a socket: each answer keeps the contract. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createCatalogHandler } from '../../src/server/index.ts';
import { listen } from '../../src/server/node.ts';
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
import { exchange } from './ask.ts';

const pick = fc.constantFrom;
/** Of twenty values one is odd, or as many as said. */
const usually = <T>(usual: fc.Arbitrary<T>, odd: fc.Arbitrary<T>, ofTwenty = 1) =>
  fc.oneof({ weight: 20 - ofTwenty, arbitrary: usual }, { weight: ofTwenty, arbitrary: odd });

/** Any text of bytes that a header's value can have. */
const headerBytes = fc
  .array(fc.oneof(fc.integer({ min: 0x20, max: 0x7e }), fc.integer({ min: 0x80, max: 0xff })), {
    maxLength: 40,
  })
  .map((bytes) => String.fromCharCode(...bytes).trim());

const usualText: Record<string, fc.Arbitrary<string>> = {
  query: pick('qwen', 'LLAMA', ' 3.5 ', 'b'),
  family: pick(...valuesOf('TrainingModel', 'family'), unheardOf),
  algorithm: pick(...valuesOf('TrainingModel', 'supported_algorithms'), unheardOf),
  min_size_b: fc.integer({ min: 0, max: 80 }).map(String),
  max_size_b: fc.integer({ min: 0, max: 80 }).map(String),
  limit: fc.integer({ min: limit.minimum, max: limit.maximum }).map(String),
};
const oddText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.double().map(String),
  pick('', ' ', '-0', '1e400', 'NaN', 'Infinity', '0x10', '1_0', '+5', ' 5', '5\n'),
  pick('null', 'undefined', '[]', '{}', '😀', '\u0000'),
);
const parameter = pick(...queryParameters.map(({ name }) => name)).chain((name) =>
  usually(usualText[name] ?? pick('true', 'false', '1'), oddText, 4).map((text) =>
    new URLSearchParams([[name, text]]).toString(),
  ),
);
const search = usually(
  fc.array(parameter, { maxLength: 4 }).map((parameters) => parameters.join('&')),
  fc.oneof(headerBytes, fc.stringMatching(/^[a-z_=&%+;#?\d]{0,40}$/)),
);

const method = usually(
  pick('GET', 'GET', 'GET', 'HEAD'),
  fc.oneof(
    pick('POST', 'OPTIONS', 'TRACE', 'CONNECT', 'QUERY'),
    fc.stringMatching(/^[A-Z!~]{1,9}$/),
    headerBytes,
  ),
);
const target = usually(
  search.map((text) => `${catalogPath}?${text}`),
  fc.oneof(
    pick('*', '/', '//', '/%', `${catalogPath}/`, 'http://[', 'http://a/b'),
    fc.webPath(),
    headerBytes,
  ),
);
const httpVersion = usually(pick('HTTP/1.1', 'HTTP/1.0'), pick('HTTP/2.0', 'HTTP/9', ''));
const token = usually(pick('Bearer key', 'bearer k', 'BEARER a.b-c_d~e+f/g='), headerBytes);
const preference = fc.oneof(
  { weight: 8, arbitrary: pick(...errorStatuses).map((code) => `code=${code}`) },
  pick('code=200, example=empty', 'example=filtered', `code=${undocumentedStatus}`, 'code=', 'example=x'),
  pick('code=429;example="', 'wait=1'),
  headerBytes,
);
const field = usually(
  fc.oneof(
    headerBytes.map((value) => `X-Any: ${value}`),
    headerBytes.map((value) => `Origin: ${value}`),
    headerBytes.map((value) => `Accept: ${value}`),
    pick('Host: catalog.test', 'Connection: upgrade\r\nUpgrade: websocket'),
    pick('Expect: 100-continue', 'Expect: the unexpected', 'Authorization: Bearer other'),
    pick('Access-Control-Request-Method: GET'),
  ),
  fc.oneof(
    pick(
      'Transfer-Encoding: gzip',
      'Transfer-Encoding: chunked',
      'Content-Length: 5',
      'Content-Length: -1',
      ': ',
    ),
    pick(`X-Long: ${'x'.repeat(20_000)}`),
    headerBytes,
  ),
);
const fields = fc
  .tuple(fc.array(field, { maxLength: 3 }), usually(fc.constant(''), preference, 5))
  .map(([others, prefer]) => (prefer ? [...others, `Prefer: ${prefer}`] : others));
const body = usually(fc.constant(''), fc.oneof(fc.constant('12345'), fc.string({ unit: 'binary' })));
const message = fc
  .tuple(method, target, httpVersion, token, fields, body)
  .map(([method, target, version, token, fields, body]) =>
    [`${method} ${target} ${version}`, `Authorization: ${token}`, ...fields, '', body].join('\r\n'),
  );
const bytes = usually(
  message.map((text) => Buffer.from(text, 'latin1')),
  fc.uint8Array().map((array) => Buffer.from(array)),
);

test('no bytes on a socket make the server answer outside the contract or fall over', async () => {
  const runs = 1000;
  const seed = Date.now();
  const server = await listen(createCatalogHandler());
  const counts: Record<string, number> = {};

  await fc.assert(
    fc.asyncProperty(bytes, async (sent) => {
      const { status, headers, body } = await exchange(server.url, sent);
      const request = sent.toString('latin1');
      counts[`${status}`] = (counts[`${status}`] ?? 0) + 1;
      if (status === undefined) {
        expect(body).toBe('');
      } else if (status === 204) {
        expect(request).toMatch(/^OPTIONS [\s\S]*\r\nAccess-Control-Request-Method: /);
        expect(body).toBe('');
      } else {
        const method = request.startsWith('HEAD ') ? 'HEAD' : 'GET';
        const answer = {
          method,
          status,
          contentType: headers['content-type'] ?? null,
          // What follows the answer to HEAD is that to the next message.
          body: method === 'HEAD' ? '' : body,
        };
        expect(judgeAnswer(answer)).toBeUndefined();
        if (status >= 500) expect(request, 'a failure that nobody asked for').toContain(`code=${status}`);
      }
    }),
    { numRuns: runs, seed },
  );

  const after = await fetch(server.url + catalogPath, { headers: { authorization: 'Bearer key' } });
  expect(after.status).toBe(200);
  await after.text();
  await server.close();
  console.log(`fuzz: seed ${seed}, statuses ${JSON.stringify(counts)}`);
  for (const status of [200, 422]) expect(counts[status]).toBeGreaterThan(runs / 20);
  for (const status of errorStatuses) expect(counts[status]).toBeGreaterThan(0);
});
