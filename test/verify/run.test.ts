/** What a run sends, what it keeps secret, why it can't start, and how many findings one mistake makes. */
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createCatalogHandler } from '../../src/server/index.ts';
import { listen } from '../../src/server/node.ts';
import { type Fetch, type Report, toJUnit, toText, verifyServer } from '../../src/verify/index.ts';
import { deserted, secret } from '../cli/terminal.ts';
import { catalogPath, errorResponses, type Model, models } from '../contract/from-yaml.ts';
import { onPage, type Page } from './breaks.ts';
import { atCatalog, idsOf, inProcess, mostCalls, takesLargerLimit, verifyHandler } from './support.ts';

/** What the contract advises on a status. */
const adviceOn = (status: number) => errorResponses.find((error) => error.status === status)?.advice;

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

const failures = (report: Report) =>
  report.checks.flatMap((check) => (check.status === 'failed' ? [check] : []));

test('only GET is sent, one request at a time, none twice but to see whether it gives the same', async () => {
  let open = 0;
  const { calls, fetch } = recording(async (url, init) => {
    expect(++open).toBe(1);
    const response = await good(new Request(url, init));
    open -= 1;
    return response;
  });
  const report = await verifyServer('http://catalog.test', { fetch });
  expect(new Set(calls.map(({ init }) => init.method))).toEqual(new Set(['GET']));
  const distinct = new Set(calls.map(({ url, init }) => JSON.stringify([url, init.headers])));
  // The first answer is asked for once more, so that what follows is compared with it; and two look for another one.
  expect(distinct.size).toBe(calls.length - 3);
  expect(report.calls).toBe(calls.length);
  expect(report.calls).toBeLessThan(mostCalls);
});

test('the key goes to the given origin only, and not to where a redirect points', async () => {
  const { calls, fetch } = recording();
  await verifyServer('https://catalog.test/prefix/', { fetch, apiKey: secret });
  expect(calls.filter(({ init }) => init.headers['authorization']?.includes(secret)).length).toBeGreaterThan(
    0,
  );
  for (const { url, init } of calls) {
    expect(url).toMatch(/^https:\/\/catalog\.test\/prefix\/api\//);
    expect(init.redirect).toBe('manual');
  }
});

/** Whether a text holds a secret in any of the forms in which servers and libraries send one back. */
const holds = (text: string, secret: string) =>
  [
    secret,
    encodeURIComponent(secret),
    btoa(secret).replace(/=+$/, ''),
    JSON.stringify(secret).slice(1, -1),
  ].some((form) => text.includes(form));

const forms = (report: Report) => [
  JSON.stringify(report),
  toText(report, { verbose: true }),
  toJUnit(report),
];

describe('no report shows a secret', () => {
  const key = 'dn/key+"S\\ECRET"=123';

  test.each([
    ['in the detail of an error', (said: string) => ({ detail: `No: ${said}` })],
    ['in a name', (said: string) => ({ limit: 20, total: 0, [said]: 1 })],
    ['in an id', (said: string) => ({ limit: 20, total: 1, models: [{ ...model, tinker_id: said }] })],
    ['in a family', (said: string) => ({ limit: 20, total: 1, models: [{ ...model, family: said }] })],
    ['in a mistyped field', (said: string) => ({ limit: said, total: said, models: [] })],
  ])('%s that the server sends back', async (_name, body) => {
    for (const form of [key, encodeURIComponent(key), btoa(key)]) {
      const headers = { 'content-type': `text/${key.replace(/[^\w]/g, '')}` };
      const echo: Fetch = async () => new Response(JSON.stringify(body(`Bearer ${form}`)), { headers });
      const options = { fetch: echo, apiKey: key, headers: { 'x-gateway-key': 'gw-secret-1' } };
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
    'http://127.0.0.1:1/?api_key=pw_SECRET',
    'me:pw_SECRET@127.0.0.1:1',
  ])('that was in the address %s, which is refused', async (address) => {
    const { calls, fetch } = recording();
    const report = await verifyServer(address, { fetch });
    expect(report).toMatchObject({ outcome: 'could-not-run', code: 'address' });
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
      const report = await verifyServer('https://catalog.test', { fetch, apiKey: secret, waitMs: 0 });
      for (const text of forms(report)) expect(text).not.toContain('SECRET');
    }
  });
});

test.each(['a', 'models'])('the stand-in key %s garbles no report', async (apiKey) => {
  const fetch = inProcess(takesLargerLimit(good));
  const told = async (apiKey: string) =>
    (await verifyServer('https://catalog.test', { fetch, apiKey })).checks.map((check) =>
      check.status === 'failed' ? [check.id, check.expected, check.request] : [check.id, check.title],
    );
  expect(await told(apiKey)).toEqual(await told('dn_key_1234567890'));
});

test('a key goes over plain http to this machine only, unless that is allowed', async () => {
  for (const address of ['http://catalog.test', 'http://0.0.0.0:1', 'http://192.0.2.1']) {
    const { calls, fetch } = recording();
    const report = await verifyServer(address, { fetch, apiKey: secret });
    expect(report).toMatchObject({ outcome: 'could-not-run', code: 'insecure-http', calls: 0 });
    expect(calls).toEqual([]);
  }
  const allowed = { fetch: recording().fetch, apiKey: secret, allowInsecureHttp: true };
  expect((await verifyServer('http://catalog.test', allowed)).outcome).toBe('passed');
  // Without a key there is nothing to protect.
  expect((await verifyHandler(good)).outcome).toBe('passed');
});

test('headers go with every request, and override the key', async () => {
  const { calls, fetch } = recording();
  const headers = { 'CF-Access-Client-Id': 'x', authorization: 'Bearer other' };
  await verifyServer('https://catalog.test', { fetch, apiKey: secret, headers });
  expect(calls.filter(({ init }) => init.headers['cf-access-client-id'] !== 'x')).toEqual([]);
  const sent = new Set(calls.map(({ init }) => init.headers['authorization']));
  expect(sent).toContain('Bearer other');
  // Where the question is what comes without a key, none is sent.
  expect(sent).toContain(undefined);
});

test('a mistake in the options is thrown, as by the client, and shows no value', async () => {
  for (const [options, words] of [
    [{ apikey: secret }, 'Unknown option apikey'],
    [{ apiKey: 5 }, 'Option apiKey must be of type string'],
    [{ headers: { 'a b': secret } }, 'Option headers'],
    [{ timeoutMs: '5' }, 'Option timeoutMs must be a whole number'],
    [{ waitMs: -1 }, 'Option waitMs must be a whole number'],
  ] as const) {
    const running = verifyServer('http://catalog.test', options as never);
    await expect(running).rejects.toMatchObject({ kind: 'usage', message: expect.stringContaining(words) });
    await expect(running).rejects.not.toMatchObject({ message: expect.stringContaining('SECRET') });
  }
});

test.each<[name: string, code: string, address: () => string | Promise<string>, reason: RegExp]>([
  ['no URL', 'address', () => 'localhost:8000', /The address must be an absolute URL/],
  ['a URL with a query', 'address', () => 'http://127.0.0.1/?a=1', /without user, query or hash/],
  ['refused connections', 'refused', deserted, /No complete answer from http.*refused/],
  [
    'a redirect',
    'redirect',
    () => serve((_, response) => response.writeHead(302, { location: '/login' }).end()),
    /redirects to \/login/,
  ],
  [
    'a wrong path',
    'not-found',
    () => serve((_, response) => response.writeHead(404).end('no')),
    new RegExp(`Nothing is served at .*: ${adviceOn(404)}`),
  ],
  [
    'a web page',
    'other-api',
    () => serve((_, response) => response.end('<!doctype html>')),
    /is not this API: .*<!doctype html>/,
  ],
  [
    'a gateway without its server',
    'unavailable',
    () => serve((_, response) => response.writeHead(503).end('down')),
    /fails even.*503 with down/,
  ],
  [
    'a wanted key',
    'key-wanted',
    () => serve((_, response) => response.writeHead(401).end('{}')),
    new RegExp(`wants a key \\(status 401\\): ${adviceOn(401)}`),
  ],
  [
    'an answer that stalls',
    'timeout',
    () =>
      serve((_, response) =>
        response.writeHead(200, { 'content-type': 'application/json' }).write('{"limit":20,'),
      ),
    /took more than 50 ms/,
  ],
])(
  '%s: could not be run, with a code and a reason that says what to do',
  async (_name, code, address, reason) => {
    // On a busy machine, any other answer may take more than that.
    const timeoutMs = code === 'timeout' ? 50 : 10_000;
    const report = await verifyServer(await address(), { waitMs: 0, timeoutMs });
    expect(report).toMatchObject({ outcome: 'could-not-run', code, checks: [] });
    expect(report.reason).toMatch(reason);
  },
);

test('a refused key is distinguished from a missing one, and a key that no header can carry is not sent', async () => {
  const refused = await verifyHandler(createCatalogHandler({ authorize: () => false }), {
    apiKey: secret,
    allowInsecureHttp: true,
  });
  expect(refused).toMatchObject({ code: 'key-refused', calls: 1 });
  const { calls, fetch } = recording();
  const broken = await verifyServer('https://catalog.test', { fetch, apiKey: `${secret}\n` });
  expect(broken).toMatchObject({ outcome: 'could-not-run', code: 'key', url: 'https://catalog.test' });
  expect(JSON.stringify(broken)).not.toContain('SECRET');
  expect(calls).toEqual([]);
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
  expect(await verifyServer(url)).toMatchObject({ outcome: 'could-not-run', code: 'other-api' });
});

test('a fetch that is at fault is a report, not a crash', async () => {
  const report = await verifyHandler(() => {
    throw new ReferenceError('x is not defined');
  });
  expect(report).toMatchObject({ outcome: 'could-not-run', code: 'fetch' });
  expect(report.reason).toContain('Option fetch threw a ReferenceError: x is not defined');
});

test('an answer that never comes is a finding, and the run goes on', async () => {
  const report = await verifyHandler(
    (request) => (request.url.includes('family=no-such-value') ? new Promise(() => {}) : good(request)),
    { timeoutMs: 50 },
  );
  expect(idsOf(report, 'failed')).toEqual(['family', 'limit-with-filter']);
  expect(failures(report)[0]?.received).toContain('took more than 50 ms');
});

test('the request of a failed check can be pasted into a shell and shows the same answer', async () => {
  const server = await listen(async (request) => {
    const response = await good(request);
    return new Response(response.body, { status: response.status === 422 ? 418 : response.status });
  });
  onTestFinished(() => server.close());
  const report = await verifyServer(server.url, { apiKey: secret, headers: { 'x-gateway': 'gw' } });
  const failed = failures(report).find(({ id }) => id === 'limit-refused');
  expect(failed?.request).toBe(
    `curl -gi -H "x-gateway: $X_GATEWAY" -H "Authorization: Bearer $DREADNODE_API_KEY" '${server.url}${catalogPath}?limit=ten'`,
  );
  const { stdout } = await promisify(execFile)('sh', ['-c', `${failed?.request} -s`], {
    env: { ...process.env, DREADNODE_API_KEY: secret, X_GATEWAY: 'gw' },
  });
  expect(stdout).toMatch(/^HTTP\/1\.1 418 /);
});

const fields = Object.keys(models[0] as Model).filter((field) => field !== 'pricing');

test.each(fields)('a mistyped %s is one finding, with its pointer and how often it came', async (field) => {
  const broken = onPage(({ models }: Page) => {
    for (const model of models) Object.assign(model, { [field]: { no: 'such type' } });
  })(good);
  const report = await verifyHandler(atCatalog(broken), { strict: true });
  expect(failures(report)).toMatchObject([{ id: 'answer-schema' }]);
  expect(failures(report)[0]?.received).toMatch(
    new RegExp(`^models\\[0\\]\\.${field}: .+ \\(and so in \\d+ more of \\d+ answers\\)$`),
  );
});

test('fields beyond the contract may vary, and are one note with all names', async () => {
  let page = 0;
  const lively = onPage((body: Page) => {
    page += 1;
    for (const model of body.models) {
      Object.assign(model, { score: page });
      if (page % 2) model.supported_algorithms.reverse();
      if (page % 3 && model.pricing === null) delete model.pricing;
    }
    return { next: null };
  })(good);
  const report = await verifyHandler(atCatalog(lively));
  expect(failures(report)).toMatchObject([
    {
      id: 'undeclared-fields',
      severity: 'should',
      received: expect.stringMatching(/^models\[\]\.score, next/),
    },
  ]);
  expect(report.outcome).toBe('passed');
});

test.each([
  ['lower', 'min-size', 13.7],
  ['upper', 'max-size', 9.6],
])('a server that keeps sizes in single precision loses a model at its %s bound', async (_, id, size) => {
  // As 13.7 is 13.699999809265137 then, and 9.6 is 9.600000381469727; shown are the shorter numbers.
  const single = Math.fround(size);
  const kept = createCatalogHandler({
    models: models.map((model, index) => (index === 7 ? { ...model, size_b: single } : model)),
  });
  const report = await verifyHandler(async (request) => {
    const response = await kept(request);
    return new Response((await response.text()).replaceAll(`${single}`, `${size}`), response);
  });
  expect(idsOf(report, 'failed')).toContain(id);
});
