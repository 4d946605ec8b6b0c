/** The client in a page of another origin than the server's. */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { rolldown } from 'rolldown';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type * as Catalog from '../../src/index.ts';
import { startMock } from '../../src/mock/index.ts';
import { createCatalogHandler } from '../../src/server/index.ts';
import { listen } from '../../src/server/node.ts';
import { catalogPath, exampleOf, limit, models } from '../contract/from-yaml.ts';
import { root } from '../run-script.ts';
import { launchChromium } from './chromium.ts';

/** What the bundle puts into the page. */
declare const catalog: typeof Catalog;

let browser: Browser;
let app: Server;
let page: Page;
const consoleErrors: string[] = [];

beforeAll(async () => {
  const bundle = await rolldown({ input: path.join(root, 'src/index.ts'), platform: 'browser' });
  const { output } = await bundle.generate({ format: 'iife', name: 'catalog' });
  await bundle.close();
  app = createServer((_, response) => {
    response.setHeader('content-type', 'text/html');
    response.end(`<!doctype html><title>app</title><script>${output[0].code}</script>`);
  });
  await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve));
  browser = await launchChromium();
  page = await browser.newPage();
  page.on('pageerror', (error) => consoleErrors.push(error.message));
  await page.goto(`http://127.0.0.1:${(app.address() as AddressInfo).port}`);
}, 120_000);

afterAll(async () => {
  await browser?.close();
  app.closeAllConnections();
  app.close();
  expect(consoleErrors).toEqual([]);
});

/** What the servers of this process were asked, preflights too, which a page does not show. */
const requests: IncomingMessage[] = [];
const note = (message: unknown) => {
  const { request } = message as { request: IncomingMessage };
  if (request.url?.startsWith(catalogPath)) requests.push(request);
};
beforeAll(() => subscribe('http.server.request.start', note));
afterAll(() => unsubscribe('http.server.request.start', note));
beforeEach(() => {
  requests.length = 0;
});

/** What a page's code sees of a failure. */
const failureOf = (options: { baseUrl: string; apiKey: string | null; headers?: Record<string, string> }) =>
  page.evaluate(async (given) => {
    const client = catalog.createTrainingCatalogClient({ ...given, retry: false });
    const error: unknown = await client.listModels().catch((thrown: unknown) => thrown);
    if (!catalog.isCatalogError(error)) throw error;
    return JSON.parse(JSON.stringify(error));
  }, options);

const servers = {
  serve: () => listen(createCatalogHandler()),
  mock: () => startMock(),
};

describe.each(Object.entries(servers))('a page on %s', (name, start) => {
  let url: string;
  let close: () => Promise<void>;
  beforeAll(async () => {
    ({ url, close } = await start());
  });
  afterAll(() => close());

  test('lists the catalog, after a preflight that allows the key', async () => {
    const listed = await page.evaluate(async (baseUrl) => {
      const client = catalog.createTrainingCatalogClient({ baseUrl, apiKey: 'any' });
      return client.listModels({ min_size_b: 20 });
    }, url);
    // Prism's filters do nothing.
    const large = models.filter(({ size_b }) => size_b >= 20);
    expect(listed.total).toBe(name === 'serve' ? large.length : models.length);
    expect(requests.map(({ method }) => method)).toEqual(['OPTIONS', 'GET']);
    const [preflight, get] = requests.map(({ headers }) => headers);
    expect(preflight).toMatchObject({ 'access-control-request-headers': 'authorization' });
    expect(preflight).not.toHaveProperty('authorization');
    expect(get).toMatchObject({
      authorization: 'Bearer any',
      origin: expect.stringContaining('http://127.0.0.1:'),
    });
  });

  test('reads why it is refused', async () => {
    expect(await failureOf({ baseUrl: url, apiKey: null })).toMatchObject({
      kind: 'api',
      status: 401,
      type: 'authentication_error',
    });
  });

  test('may ask for an error by Prefer, and reads it', async () => {
    const example = exampleOf(429);
    expect(await failureOf({ baseUrl: url, apiKey: 'any', headers: { prefer: 'code=429' } })).toMatchObject({
      kind: 'api',
      status: 429,
      type: example.type,
      detail: example.detail,
    });
    expect(requests[0]?.headers['access-control-request-headers']).toBe('authorization,prefer');
  });

  test('reads each problem of a query that the server refuses', async () => {
    const errors = await page.evaluate(
      async (address) => {
        const headers = { authorization: 'Bearer any' };
        const response = await fetch(address, { headers });
        return ((await response.json()) as Catalog.ApiError).errors;
      },
      `${url}${catalogPath}?limit=${limit.minimum - 1}`,
    );
    expect(errors).toMatchObject([{ loc: ['query', 'limit'] }]);
  });
});

test('a page reads how long the server asks it to wait', async () => {
  const body = JSON.stringify(exampleOf(429));
  const server = await listen(
    createCatalogHandler({
      intercept: () => new Response(body, { status: 429, headers: { 'retry-after': '7' } }),
    }),
  );
  expect(await failureOf({ baseUrl: server.url, apiKey: 'any' })).toMatchObject({
    kind: 'api',
    status: 429,
    retryAfterMs: 7000,
  });
  await server.close();
});

test('a page gets the advice that a server may not allow its origin, which looks as if it were down', async () => {
  const server = await listen(async () => Response.json(exampleOf(200)));
  const error = await failureOf({ baseUrl: server.url, apiKey: 'any' });
  expect(error).toMatchObject({
    kind: 'network',
    reason: 'other',
    attempts: 1,
    url: server.url + catalogPath,
  });
  expect(error.message).toBe(
    `No complete answer from ${server.url}: Failed to fetch. Is it up, and does it allow this page to ask (CORS)?`,
  );
  await server.close();
});
