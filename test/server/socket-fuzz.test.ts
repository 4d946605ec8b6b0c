import { connect } from 'node:net';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createCatalogHandler } from '../../src/server/index.ts';
import { listen } from '../../src/server/node.ts';
import { catalogPath } from '../contract/from-yaml.ts';
import { judgeAnswer } from '../contract/judge.ts';

const pick = fc.constantFrom;

/** Any text of bytes that a header's value can have. */
const headerBytes = fc
  .array(fc.oneof(fc.integer({ min: 0x20, max: 0x7e }), fc.integer({ min: 0x80, max: 0xff })), {
    maxLength: 40,
  })
  .map((bytes) => String.fromCharCode(...bytes).trim());

/** Sends the bytes, then the end; resolves with all that came back. */
function exchange(url: string, bytes: Uint8Array): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    let text = '';
    const socket = connect(Number(port), hostname, () => socket.end(bytes));
    socket.setEncoding('latin1').on('data', (chunk) => {
      text += chunk;
    });
    socket.on('error', () => {}).on('close', () => resolve(text));
  });
}

/** The first chunk of a chunked body, or a body that ends with its connection; neither is ever split here. */
function readChunk(text: string): string {
  const [size, rest] = /^([0-9a-f]+)\r\n([\s\S]*)$/.exec(text)?.slice(1) ?? [];
  return size === undefined ? text : (rest as string).slice(0, Number.parseInt(size, 16));
}

const usually = <T>(usual: fc.Arbitrary<T>, odd: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 7, arbitrary: usual }, { weight: 1, arbitrary: odd });

const requestLine = fc.tuple(
  usually(pick('GET', 'GET', 'GET', 'HEAD', 'POST', 'TRACE', 'CONNECT', 'OPTIONS'), headerBytes),
  usually(
    fc.constant(`${catalogPath}?limit=5`),
    fc.oneof(pick('*', '//', 'http://[', 'http://a/b', '/\u0080?%'), headerBytes),
  ),
  usually(pick('HTTP/1.1', 'HTTP/1.0'), pick('HTTP/2.0', 'HTTP/9', '')),
);
const authorization = pick('Authorization: Bearer key');
const field = usually(
  pick(
    'Host: catalog.test',
    'Connection: upgrade\r\nUpgrade: websocket',
    'Expect: 100-continue',
    'Expect: the unexpected',
    'Prefer: code=429',
    'Authorization: Bearer other',
    'Content-Length: 5',
    'X-Any: \u0080\u00ff',
  ),
  fc.oneof(
    pick(
      'Transfer-Encoding: gzip',
      'Transfer-Encoding: chunked',
      'Content-Length: -1',
      ': ',
      `X-Long: ${'x'.repeat(20_000)}`,
    ),
    headerBytes,
  ),
);
const message = fc
  .tuple(
    requestLine,
    usually(authorization, field),
    fc.array(field, { maxLength: 3 }),
    usually(pick('', '', '', '', '12345'), fc.string({ unit: 'binary' })),
  )
  .map(([line, first, fields, body]) =>
    Buffer.from(`${[line.join(' '), first, ...fields].join('\r\n')}\r\n\r\n${body}`, 'latin1'),
  );

test.each([
  ['the catalog', createCatalogHandler()],
  ['a handler with web objects', createCatalogHandler({ intercept: () => undefined })],
])(
  'no bytes on a socket make %s answer outside the contract or fall over',
  async (_name, handler) => {
    const runs = 300;
    const seed = Date.now();
    const server = await listen(handler);
    const histogram: Record<string, number> = {};

    await fc.assert(
      fc.asyncProperty(usually(message, fc.uint8Array()), async (bytes) => {
        const text = (await exchange(server.url, bytes)).replace('HTTP/1.1 100 Continue\r\n\r\n', '');
        const [top = '', rest = ''] = text.split('\r\n\r\n', 2);
        const status = /^HTTP\/1\.1 (\d{3}) /.exec(top)?.[1];
        histogram[status ?? 'none'] = (histogram[status ?? 'none'] ?? 0) + 1;
        if (status === undefined) {
          expect(text).toBe('');
          return;
        }
        const isHead = Buffer.from(bytes).toString('latin1').startsWith('HEAD ');
        const length = /^content-length: (\d+)/im.exec(top)?.[1];
        const body = length === undefined ? readChunk(rest) : rest.slice(0, Number(length));
        expect(
          judgeAnswer({
            method: isHead ? 'HEAD' : 'GET',
            status: Number(status),
            contentType: /^content-type: (.*)$/im.exec(top)?.[1] ?? null,
            body: isHead ? '' : body,
          }),
        ).toBeUndefined();
        expect(Number(status)).toBeLessThan(500);
      }),
      { numRuns: runs, seed },
    );

    const after = await fetch(server.url + catalogPath, { headers: { authorization: 'Bearer key' } });
    expect(after.status).toBe(200);
    await after.text();
    await server.close();
    console.log(`socket: seed ${seed}, statuses ${JSON.stringify(histogram)}`);
    expect(histogram).toMatchObject({
      400: expect.any(Number),
      401: expect.any(Number),
      404: expect.any(Number),
    });
    expect(histogram['200']).toBeGreaterThan(runs / 20);
  },
  120_000,
);
