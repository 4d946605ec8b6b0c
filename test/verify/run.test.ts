import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { createCatalogHandler } from '../../src/server/index.ts';
import { listen } from '../../src/server/node.ts';
import { type Fetch, type Report, toJUnit, toText, verifyServer } from '../../src/verify/index.ts';
import { deserted, secret } from '../cli/terminal.ts';
import { catalogPath, errorResponses, exampleOf, limit, models } from '../contract/from-yaml.ts';
import { idsOf, inProcess, mostCalls, takesGetOnly, takesLargerLimit, verifyHandler } from './support.ts';

/** What the contract advises on a status. */
const adviceOn = (status: number) => errorResponses.find((error) => error.status === status)?.advice;

afterEach(() => vi.useRealTimers());

/** Serves until the test is over what no handler could answer. */
async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const good = createCatalogHandler();
const [model] = models;

/** A fetch that notes what it is asked. */
function recording(answer: Fetch = inProcess(good)) {
  const calls: { url: string; init: Parameters<Fetch>[1] }[] = [];
  const fetch: Fetch = (url, init) => {
    calls.push({ url, init });
    return answer(url, init);
  };
  return { calls, fetch };
}

test('only GET and HEAD are sent, one at a time, none twice but to see whether it gives the same', async () => {
  let open = 0;
  const { calls, fetch } = recording(async (url, init) => {
    expect(++open).toBe(1);
    const response = await good(new Request(url, init));
    open -= 1;
    return response;
  });
  const report = await verifyServer('http://catalog.test', { fetch });
  expect(new Set(calls.map(({ init }) => init.method))).toEqual(new Set(['GET', 'HEAD']));
  const distinct = new Set(calls.map(({ url, init }) => JSON.stringify([url, init.method, init.headers])));
  expect(distinct.size).toBe(calls.length - 2);
  expect(report.calls).toBe(calls.length);
  expect(report.calls).toBeLessThan(mostCalls);
});

test('the key goes to the given origin only, and wrong schemes carry something else', async () => {
  const { calls, fetch } = recording();
  await verifyServer('https://catalog.test/prefix/', { fetch, apiKey: secret });
  const withKey = calls.filter(({ init }) => init.headers['authorization']?.includes(secret));
  expect(withKey.length).toBeGreaterThan(0);
  for (const { url, init } of calls) {
    expect(url).toMatch(/^https:\/\/catalog\.test\/prefix\/api\//);
    expect(init.redirect).toBe('manual');
  }
  for (const { init } of withKey)
    expect(init.headers['authorization']).toMatch(new RegExp(`^bearer ${secret}$`, 'i'));
});

/** Whether a text holds a secret in any of the forms in which servers and libraries send one back. */
const holds = (text: string, secret: string) =>
  [
    secret,
    encodeURIComponent(secret),
    btoa(secret).replace(/=+$/, ''),
    JSON.stringify(secret).slice(1, -1),
    secret.replaceAll('/', '\\/'),
  ].some((form) => text.includes(form));

const forms = (report: Report) => [JSON.stringify(report), toText(report), toJUnit(report)];

describe('no report shows a secret', () => {
  const key = 'dn/key+"S\\ECRET"=123';

  test.each([
    ['in the detail of an error', (said: string) => ({ detail: `No: ${said}` })],
    ['in a name', (said: string) => ({ [said]: 1 })],
    ['in an id', (said: string) => ({ limit: 20, total: 1, models: [{ ...model, tinker_id: said }] })],
    ['in a family', (said: string) => ({ limit: 20, total: 1, models: [{ ...model, family: said }] })],
    ['in a mistyped field', (said: string) => ({ limit: said, total: said, models: [] })],
  ])('%s that the server sends back', async (_name, body) => {
    for (const form of [key, encodeURIComponent(key), btoa(key)]) {
      const headers = { 'content-type': `text/${key.replace(/[^\w]/g, '')}` };
      const echo: Fetch = async () => new Response(JSON.stringify(body(`Bearer ${form}`)), { headers });
      const options = { fetch: echo, apiKey: key, headers: { 'x-gateway': 'gw-secret-1' } };
      const report = await verifyServer('https://catalog.test', options);
      expect(report.outcome).toBe('failed');
      for (const text of forms(report)) {
        expect(holds(text, key), text).toBe(false);
        expect(text).not.toContain('gw-secret');
        expect(text).toContain('$DREADNODE_API_KEY');
      }
    }
  });

  test.each([
    'http://me:pw_SECRET@127.0.0.1:1/',
    'https://pw_SECRET@127.0.0.1:1',
    'http://127.0.0.1:1/?api_key=pw_SECRET',
    'http://127.0.0.1:1/#pw_SECRET',
    'me:pw_SECRET@127.0.0.1:1',
    'ftp://me:pw_SECRET@127.0.0.1',
  ])('that stood in the address %s, which is refused', async (address) => {
    const { calls, fetch } = recording();
    const report = await verifyServer(address, { fetch });
    expect(report.outcome).toBe('could-not-run');
    expect(calls).toEqual([]);
    for (const text of forms(report)) expect(text).not.toContain('SECRET');
  });

  test('that a custom fetch puts into its error, or a server into the target of a redirect', async () => {
    const throwing: Fetch = async (_url, { headers }) => {
      throw new Error(`failed with ${headers['authorization']}`);
    };
    const moving: Fetch = async () =>
      new Response(null, { status: 302, headers: { location: `https://x.test/?key=${secret}` } });
    for (const fetch of [throwing, moving]) {
      const report = await verifyServer('https://catalog.test', { fetch, apiKey: secret });
      for (const text of forms(report)) expect(text).not.toContain('SECRET');
    }
  });
});

test.each(['any', 'a', '20', 'models'])('the stand-in key %s garbles no report', async (apiKey) => {
  const options = { fetch: inProcess(takesLargerLimit(good)), strict: true };
  const plain = await verifyServer('https://catalog.test', { ...options, apiKey: 'dn_key_1234567890' });
  const report = await verifyServer('https://catalog.test', { ...options, apiKey });
  const told = ({ checks }: Report) => checks.map(({ id, title, status }) => [id, title, status]);
  expect(told(report)).toEqual(told(plain));
  const expected = ({ checks }: Report) =>
    checks.flatMap((check) => (check.status === 'failed' ? [check.expected, check.request] : []));
  expect(expected(report)).toEqual(expected(plain));
  // Nothing that the server said has the word.
  if (apiKey === 'any') expect(toText(report)).toBe(toText(plain));
});

test('a key goes over plain http to this machine only, unless that is allowed', async () => {
  for (const address of ['http://catalog.test', 'http://0.0.0.0:1', 'http://192.0.2.1']) {
    const { calls, fetch } = recording();
    const report = await verifyServer(address, { fetch, apiKey: secret });
    expect(report).toMatchObject({ outcome: 'could-not-run', calls: 0 });
    expect(report.reason).toContain('No key is sent over plain http');
    expect(calls).toEqual([]);
  }
  const allowed = { fetch: recording().fetch, apiKey: secret, allowInsecureHttp: true };
  expect((await verifyServer('http://catalog.test', allowed)).outcome).toBe('passed');
  // Without a key there is nothing to protect.
  expect((await verifyHandler(good)).outcome).toBe('passed');
});

test('headers go with every request, and are stronger than the key', async () => {
  const { calls, fetch } = recording();
  const headers = { 'CF-Access-Client-Id': 'x', authorization: 'Bearer other' };
  await verifyServer('https://catalog.test', { fetch, apiKey: secret, headers });
  expect(calls.filter(({ init }) => init.headers['cf-access-client-id'] !== 'x')).toEqual([]);
  const sent = new Set(calls.map(({ init }) => init.headers['authorization']));
  expect(sent).toContain('Bearer other');
  expect([...sent].join()).not.toContain('SECRET');
  // Where the question is what comes without a key, none is sent.
  expect(sent).toContain(undefined);
});

test('a mistake in the options is thrown, as by the client, and shows no value', async () => {
  for (const [options, words] of [
    [{ apikey: secret }, 'Unknown option apikey'],
    [{ apiKey: 5 }, 'Option apiKey must be of type string'],
    [{ headers: { 'a b': secret } }, 'Option headers'],
    [{ timeoutMs: '5' }, 'Option timeoutMs must be a whole number'],
    [{ strict: 'yes' }, 'Option strict must be of type boolean'],
    [{ signal: new AbortController() }, 'Option signal must be an AbortSignal'],
    ['strict', 'Pass the options as an object'],
  ] as const) {
    const error = await verifyServer('http://127.0.0.1:1', options as never).catch((thrown) => thrown);
    expect(error).toMatchObject({ kind: 'usage' });
    expect(error.message).toContain(words);
    expect(JSON.stringify(error)).not.toContain('SECRET');
  }
  expect((await verifyHandler(good, { apiKey: null, headers: undefined })).outcome).toBe('passed');
});

test('a redirect is not followed, and reported with its target', async () => {
  let visited = 0;
  const elsewhere = await serve((_request, response) => {
    visited += 1;
    response.end();
  });
  const url = await serve((_request, response) => {
    response.writeHead(302, { location: `${elsewhere}/login` }).end();
  });
  const report = await verifyServer(url, { apiKey: secret });
  expect(report).toMatchObject({ outcome: 'could-not-run', calls: 1, checks: [] });
  expect(report.reason).toContain(`redirects to ${elsewhere}/login`);
  expect(visited).toBe(0);
});

test.each([
  ['refused connections', deserted, /^No complete answer from http.*ECONNREFUSED.*Is it up\?/],
  ['no URL', async () => 'localhost:8000', /The address must be an http or https URL/],
  ['a URL with a query', async () => 'http://127.0.0.1/?a=1', /without user, query or hash/],
  ['a URL with credentials', async () => 'http://me:pw@127.0.0.1/', /without user, query or hash/],
  [
    'a wrong path',
    () => serve((_, response) => response.writeHead(404).end('no')),
    new RegExp(`Nothing is served at .*: ${adviceOn(404)}`),
  ],
  [
    'a web page',
    () => serve((_, response) => response.end('<!doctype html>')),
    /is not this API: .*<!doctype html>/,
  ],
  [
    'a failing server',
    () => serve((_, response) => response.writeHead(503).end('down')),
    /fails even.*503 with down/,
  ],
  [
    'a wanted key',
    () => serve((_, response) => response.writeHead(401).end('{}')),
    new RegExp(`wants a key \\(status 401\\): ${adviceOn(401)}`),
  ],
])('%s: could not be run, with a reason that says what to do', async (_name, address, reason) => {
  const report = await verifyServer(await address());
  expect(report.outcome).toBe('could-not-run');
  expect(report.reason).toMatch(reason);
  expect(report.checks).toEqual([]);
});

test('a refused key is told from a wanted one, and a key that no header can carry is not sent', async () => {
  const server = await listen(createCatalogHandler({ authorize: () => false }));
  onTestFinished(() => server.close());
  const refused = await verifyServer(server.url, { apiKey: secret });
  expect(refused.reason).toMatch(/^The server refuses the key \(status 401\)/);
  const { calls, fetch } = recording();
  const broken = await verifyServer('https://catalog.test', { fetch, apiKey: `${secret}\n` });
  expect(broken.outcome).toBe('could-not-run');
  expect(JSON.stringify(broken)).not.toContain('SECRET');
  expect(calls).toEqual([]);
});

/** The reference server, which limits the rate at some calls. */
const limitingAt = (isLimited: (call: number) => boolean, headers: Record<string, string>) =>
  createCatalogHandler({
    intercept: (_request, call) =>
      isLimited(call) ? Response.json(exampleOf(429), { status: 429, headers }) : undefined,
  });

test('where the rate is limited the run waits as asked and then passes', async () => {
  vi.useFakeTimers();
  const started = Date.now();
  const limiting = limitingAt((call) => call % 40 === 3, { 'retry-after': '50' });
  const running = verifyHandler(limiting, { strict: true });
  await vi.runAllTimersAsync();
  const report = await running;
  expect(report.outcome).toBe('passed');
  expect(report.calls).toBeLessThan(mostCalls);
  expect(Date.now() - started).toBeGreaterThanOrEqual(60_000);
});

test.each([
  ['without Retry-After', {}, 'limits the rate (429)'],
  ['with a long Retry-After', { 'retry-after': '3600' }, 'limits the rate (429) and asks to wait 3600 s'],
  ['with waits that add up', { 'retry-after': '45' }, 'limits the rate (429) and asks to wait 45 s'],
  ['with no wait at all', { 'retry-after': '0' }, 'limits the rate (429) and asks to wait 0 s'],
])('a rate that stays limited %s ends the run as not finished', async (_name, headers, reason) => {
  vi.useFakeTimers();
  const started = Date.now();
  const { calls, fetch } = recording(inProcess(limitingAt((call) => call >= 10, headers)));
  const running = verifyServer('http://catalog.test', { fetch });
  await vi.runAllTimersAsync();
  const report = await running;
  expect(report.outcome).toBe('could-not-run');
  expect(report.reason).toMatch(/^The run was not finished: /);
  expect(report.reason).toContain(reason);
  expect(Date.now() - started).toBeLessThanOrEqual(310_000);
  expect(idsOf(report, 'failed')).toEqual([]);
  expect(calls.length).toBeLessThan(60);
});

test('a server that goes away is given up after three calls, and what it failed counts', async () => {
  let count = 0;
  const { calls, fetch } = recording(async (url, init) => {
    if (++count > 12) throw new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED') });
    return good(new Request(url, init));
  });
  const report = await verifyServer('http://catalog.test', { fetch });
  expect(calls).toHaveLength(15);
  expect(report.outcome).toBe('failed');
  expect(report.reason).toContain('stopped answering');
  expect(toText(report, { width: 200 })).toContain('connect ECONNREFUSED');
});

test('a request that hangs ends with its time limit, at the headers and within the body', async () => {
  const stalled = await serve((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).write('{"limit":20,');
  });
  const silent: Fetch = () => new Promise(() => {});
  for (const options of [{ fetch: silent }, {}]) {
    const report = await verifyServer(stalled, { ...options, timeoutMs: 50 });
    expect(report.reason).toMatch(/^No complete answer within 50 ms/);
  }
});

test('a body without end is given up', async () => {
  const url = await serve((_request, response) => {
    const chunk = Buffer.alloc(1024 * 1024, 32);
    const pour = () => {
      while (!response.destroyed && response.write(chunk));
    };
    response.on('drain', pour);
    pour();
  });
  const report = await verifyServer(url);
  expect(report.reason).toMatch(/^A body of more than \d+ bytes/);
});

test('an abort ends the run with the reason of the signal, before it starts and while it waits', async () => {
  const reason = new Error('enough');
  const { calls, fetch } = recording();
  const running = verifyServer('http://catalog.test', { fetch, signal: AbortSignal.abort(reason) });
  await expect(running).rejects.toBe(reason);
  expect(calls).toEqual([]);

  const controller = new AbortController();
  const limiting = limitingAt(
    (call) => {
      if (call === 5) setTimeout(() => controller.abort(reason));
      return call >= 5;
    },
    { 'retry-after': '30' },
  );
  const waiting = verifyHandler(limiting, { signal: controller.signal });
  await expect(waiting).rejects.toBe(reason);
});

test('a run leaves no listener on the signal', async () => {
  const { signal } = new AbortController();
  const added = vi.spyOn(signal, 'addEventListener');
  const removed = vi.spyOn(signal, 'removeEventListener');
  const limited = limitingAt((call) => call === 3, { 'retry-after': '0' });
  await verifyServer('http://catalog.test', {
    fetch: (url) => inProcess(limited)(url, { headers: { authorization: 'Bearer x' } } as never),
    signal,
  });
  expect(added.mock.calls.length).toBeGreaterThan(50);
  expect(removed).toHaveBeenCalledTimes(added.mock.calls.length);
});

test('advice fails the run only if it is strict', async () => {
  const broken = takesGetOnly(good);
  const easy = await verifyHandler(broken);
  expect(easy.outcome).toBe('passed');
  expect(idsOf(easy, 'failed')).toEqual(['head']);
  const strict = await verifyHandler(broken, { strict: true });
  expect(strict.outcome).toBe('failed');
});

test('the request of a failed check can be pasted into a shell and shows the same answer', async () => {
  const server = await listen(async (request) => {
    const response = await good(request);
    return new Response(response.body, { status: response.status === 422 ? 418 : response.status });
  });
  onTestFinished(() => server.close());
  const report = await verifyServer(server.url, { apiKey: secret });
  const failed = report.checks.find(({ id }) => id === 'limit-range');
  if (failed?.status !== 'failed') throw new Error('it was to fail');
  expect(failed.request).toBe(
    `curl -gi -H "Authorization: Bearer $DREADNODE_API_KEY" '${server.url}${catalogPath}?limit=${limit.minimum - 1}'`,
  );
  const { stdout } = await promisify(execFile)('sh', ['-c', `${failed.request} -s`], {
    env: { ...process.env, DREADNODE_API_KEY: secret },
  });
  expect(stdout).toMatch(/^HTTP\/1\.1 418 /);
});
