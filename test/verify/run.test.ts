import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { afterEach, expect, test, vi } from 'vitest';
import { createCatalogHandler } from '../../src/server/index.ts';
import { listen } from '../../src/server/node.ts';
import { type Fetch, toJUnit, toText, verifyServer } from '../../src/verify/index.ts';
import { catalogPath, errorResponses, limit } from '../contract/from-yaml.ts';
import { idsOf, inProcess, verifyHandler } from './support.ts';

/** What the contract advises on a status. */
const adviceOn = (status: number) => errorResponses.find((error) => error.status === status)?.advice;

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  vi.useRealTimers();
  for (const close of closing.splice(0)) await close();
});

async function serve(listener: RequestListener): Promise<string> {
  const server: Server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const secret = 'dn_key_SECRET123';
const good = createCatalogHandler();

/** A fetch that notes what it is asked. */
function recording(answer: Fetch = inProcess(good)) {
  const calls: { url: string; init: Parameters<Fetch>[1] }[] = [];
  const fetch: Fetch = (url, init) => {
    calls.push({ url, init });
    return answer(url, init);
  };
  return { calls, fetch };
}

test('only GET and a method that changes nothing are sent, one at a time, none twice', async () => {
  let open = 0;
  const { calls, fetch } = recording(async (url, init) => {
    expect(++open).toBe(1);
    const response = await good(new Request(url, init));
    open -= 1;
    return response;
  });
  const report = await verifyServer('http://catalog.test', { fetch });
  expect(new Set(calls.map(({ init }) => init.method))).toEqual(new Set(['GET', 'PROPFIND']));
  const distinct = new Set(calls.map(({ url, init }) => JSON.stringify([url, init.method, init.headers])));
  expect(distinct.size).toBe(calls.length);
  expect(report.calls).toBe(calls.length);
  expect(report.calls).toBeLessThan(60);
});

test('the key goes to the given origin only, and wrong schemes carry something else', async () => {
  const { calls, fetch } = recording();
  await verifyServer('http://catalog.test/prefix/', { fetch, apiKey: secret });
  const withKey = calls.filter(({ init }) => init.headers['authorization']?.includes(secret));
  expect(withKey.length).toBeGreaterThan(0);
  for (const { url, init } of calls) {
    expect(url).toMatch(/^http:\/\/catalog\.test\/prefix\/api\//);
    expect(init.redirect).toBe('manual');
  }
  for (const { init } of withKey) expect(init.headers['authorization']).toMatch(/^bearer dn_key_SECRET123$/i);
});

test('no report shows the key, not even if the server sends it back', async () => {
  const echo: Fetch = async (_url, { headers }) =>
    Response.json(
      { code: 400, type: 'invalid_error', detail: `No: ${headers['authorization']}` },
      { status: 400 },
    );
  const report = await verifyServer('http://catalog.test', { fetch: echo, apiKey: secret });
  expect(report.outcome).toBe('failed');
  for (const text of [JSON.stringify(report), toText(report), toJUnit(report)]) {
    expect(text).not.toContain('SECRET');
    expect(text).toContain('$DREADNODE_API_KEY');
  }
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
  ['refused connections', async () => `http://127.0.0.1:${await freedPort()}`, /ECONNREFUSED/],
  ['no URL', async () => 'localhost:8000', /absolute http or https URL/],
  ['a URL with a query', async () => 'http://127.0.0.1/?a=1', /without user name, query/],
  ['a URL with credentials', async () => 'http://me:pw@127.0.0.1/', /without user name, query/],
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

async function freedPort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

test('a refused key is told from a wanted one, and a key that no header can carry is not sent', async () => {
  const server = await listen(createCatalogHandler({ authorize: () => false }));
  closing.push(() => server.close());
  const refused = await verifyServer(server.url, { apiKey: secret });
  expect(refused.reason).toMatch(/^The server refuses the key \(status 401\)/);
  const { calls, fetch } = recording();
  const broken = await verifyServer('http://catalog.test', { fetch, apiKey: `${secret}\n` });
  expect(broken.outcome).toBe('could-not-run');
  expect(JSON.stringify(broken)).not.toContain('SECRET');
  expect(calls).toEqual([]);
});

test('where the rate is limited the run waits as asked and then passes', async () => {
  const handler = createCatalogHandler({
    intercept: (_request, n) =>
      n % 20 === 3 ? new Response(null, { status: 429, headers: { 'retry-after': '20' } }) : undefined,
  });
  vi.useFakeTimers();
  const started = Date.now();
  const running = verifyHandler(handler, { strict: true });
  await vi.runAllTimersAsync();
  const report = await running;
  expect(report.outcome).toBe('passed');
  expect(report.calls).toBeLessThan(60);
  expect(Date.now() - started).toBeGreaterThanOrEqual(60_000);
});

test.each([
  ['without Retry-After', {}, 'limits the rate (429) and asks to wait 32 s'],
  ['with a long Retry-After', { 'retry-after': '3600' }, 'limits the rate (429) and asks to wait 3600 s'],
  ['with waits that add up', { 'retry-after': '25' }, 'limits the rate (429) and asks to wait 25 s'],
  ['with no wait at all', { 'retry-after': '0' }, 'the budget of 59 calls is used up'],
])('a rate that stays limited %s ends the run as not finished', async (_name, headers, reason) => {
  const limited: Fetch = inProcess(
    createCatalogHandler({
      intercept: (_request, n) => (n < 10 ? undefined : new Response(null, { status: 429, headers })),
    }),
  );
  vi.useFakeTimers();
  const started = Date.now();
  const { calls, fetch } = recording(limited);
  const running = verifyServer('http://catalog.test', { fetch });
  await vi.runAllTimersAsync();
  const report = await running;
  expect(report.outcome).toBe('could-not-run');
  expect(report.reason).toMatch(/^The run was not finished: /);
  expect(report.reason).toContain(reason);
  expect(Date.now() - started).toBeLessThanOrEqual(120_000);
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
  expect(toText(report)).toContain('no answer: connect ECONNREFUSED');
});

test('a request that hangs ends with its time limit, at the headers and within the body', async () => {
  const stalled = await serve((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).write('{"limit":20,');
  });
  const silent: Fetch = () => new Promise(() => {});
  for (const options of [{ fetch: silent }, {}]) {
    const report = await verifyServer(stalled, { ...options, timeoutMs: 50 });
    expect(report.reason).toMatch(/gave no answer: nothing within 50 ms/);
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
  expect(report.reason).toMatch(/a body of more than \d+ bytes/);
});

test('an abort ends the run with the reason of the signal, before it starts and while it waits', async () => {
  const reason = new Error('enough');
  const { calls, fetch } = recording();
  const running = verifyServer('http://catalog.test', { fetch, signal: AbortSignal.abort(reason) });
  await expect(running).rejects.toBe(reason);
  expect(calls).toEqual([]);

  const controller = new AbortController();
  const waiting = verifyHandler(
    createCatalogHandler({
      intercept: (_request, n) => {
        if (n === 5) setTimeout(() => controller.abort(reason));
        return n < 5 ? undefined : new Response(null, { status: 429, headers: { 'retry-after': '30' } });
      },
    }),
    { signal: controller.signal },
  );
  await expect(waiting).rejects.toBe(reason);
});

test('a run leaves no listener on the signal', async () => {
  const { signal } = new AbortController();
  const added = vi.spyOn(signal, 'addEventListener');
  const removed = vi.spyOn(signal, 'removeEventListener');
  const limited = createCatalogHandler({
    intercept: (_request, n) =>
      n === 3 ? new Response(null, { status: 429, headers: { 'retry-after': '0' } }) : undefined,
  });
  await verifyServer('http://catalog.test', {
    fetch: (url) => inProcess(limited)(url, { headers: { authorization: 'Bearer x' } } as never),
    signal,
  });
  expect(added.mock.calls.length).toBeGreaterThan(50);
  expect(removed).toHaveBeenCalledTimes(added.mock.calls.length);
});

test('advice fails the run only if it is strict', async () => {
  const lax = createCatalogHandler();
  const broken = async (request: Request) =>
    request.method === 'GET'
      ? lax(request)
      : Response.json({ detail: 'Method Not Allowed' }, { status: 405 });
  const easy = await verifyHandler(broken);
  expect(easy.outcome).toBe('passed');
  expect(idsOf(easy, 'failed')).toEqual(['method-unknown']);
  const strict = await verifyHandler(broken, { strict: true });
  expect(strict.outcome).toBe('failed');
});

test('the request of a failed check can be pasted into a shell and shows the same answer', async () => {
  const server = await listen(async (request) => {
    const response = await good(request);
    return new Response(response.body, { status: response.status === 422 ? 418 : response.status });
  });
  closing.push(() => server.close());
  const report = await verifyServer(server.url, { apiKey: secret });
  const failed = report.checks.find(({ id }) => id === 'limit-out-of-range');
  if (failed?.status !== 'failed') throw new Error('it was to fail');
  expect(failed.request).toBe(
    `curl -gi -H "Authorization: Bearer $DREADNODE_API_KEY" '${server.url}${catalogPath}?limit=${limit.minimum - 1}'`,
  );
  const { stdout } = await promisify(execFile)('sh', ['-c', `${failed.request} -s`], {
    env: { ...process.env, DREADNODE_API_KEY: secret },
  });
  expect(stdout).toMatch(/^HTTP\/1\.1 418 /);
});
