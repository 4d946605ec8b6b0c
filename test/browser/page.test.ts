/** The page of the reference server, as a person uses it. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createCatalogHandler, simulate } from '../../src/server/index.ts';
import { type Listening, listen, withPage } from '../../src/server/node.ts';
import {
  catalogPath,
  exampleOf,
  limit,
  type Model,
  models,
  queryParameters,
  unheardOf,
  valuesOf,
} from '../contract/from-yaml.ts';
import { parsedContract } from '../contract/read-yaml.ts';
import { launchChromium } from './chromium.ts';

let browser: Browser;
let page: Page;
const servers: Listening[] = [];
/** What went wrong on the page, and each way in which it broke its own policy. */
const problems: string[] = [];

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());
afterEach(async () => {
  await page.context().close();
  await Promise.all(servers.splice(0).map((server) => server.close()));
  expect(problems.splice(0)).toEqual([]);
});

interface Setting {
  options?: Parameters<typeof createCatalogHandler>[0];
  width?: number;
  path?: string;
  /** Changes the contract that the page reads. */
  // biome-ignore lint/suspicious/noExplicitAny: a document is anything.
  edit?: (contract: any) => void;
}

/** Opens the page and waits for the first answer. */
async function open({ options, width = 1280, path = '/', edit }: Setting = {}): Promise<Listening> {
  const server = await listen(withPage(createCatalogHandler(options)));
  servers.push(server);
  const context = await browser.newContext({ viewport: { width, height: 900 } });
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: server.url });
  page = await context.newPage();
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    // Chromium tells of each answer beyond 399.
    if (!message.text().startsWith('Failed to load resource')) problems.push(message.text());
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(server.url)) problems.push(`a request to ${request.url()}`);
  });
  if (edit) {
    const contract = parsedContract();
    edit(contract);
    await page.route('**/openapi.json', (route) => route.fulfill({ json: contract }));
  }
  await page.goto(server.url + path);
  await answered();
  return server;
}

/** Waits until nothing is asked any more. */
const answered = () => page.locator('#answer[aria-busy="false"]').waitFor();
const status = () => page.locator('#status').textContent();
const control = (name: string) => page.getByLabel(name, { exact: true });
const cells = (column: string) => page.locator(`tbody [data-column="${column}"]`).allTextContents();
const rawAnswer = async () =>
  JSON.parse(/\{.*/s.exec((await page.locator('#raw').textContent()) ?? '')?.[0] ?? '');

async function fill(name: string, value: string): Promise<void> {
  const asked = page.waitForResponse((response) => response.url().includes(catalogPath));
  await control(name).fill(value);
  await asked;
  await answered();
}

test('shows every model with every field that any of them has, in the order of the answer', async () => {
  const extra = { ...models[0], note: 'new', more: { depth: 2 } } as Model;
  await open({ options: { models: [...models.slice(0, 3), extra] } });
  expect(await status()).toBe('4 of 4 models');
  expect(await cells('tinker_id')).toEqual([...models.slice(0, 3), extra].map(({ tinker_id }) => tinker_id));
  expect(await cells('note')).toEqual(['–', '–', '–', 'new']);
  expect(await cells('more.depth')).toEqual(['–', '–', '–', '2']);
});

test('has a labelled control for every parameter of the query', async () => {
  await open();
  for (const { name, schema } of queryParameters) {
    await control(name).waitFor();
    if (schema.maximum !== undefined) {
      expect(await control(name).getAttribute('max')).toBe(String(schema.maximum));
    }
  }
});

test('offers the values that the field of a parameter has', async () => {
  await open();
  const offered = (name: string) =>
    page
      .locator(`#parameter-${name}-list option`)
      .evaluateAll((options) => options.map((option) => option.textContent));
  expect(await offered('family')).toEqual(valuesOf('TrainingModel', 'family'));
  expect(await offered('algorithm')).toEqual(valuesOf('TrainingModel', 'supported_algorithms'));
});

test('filters as one types, tells how many match, and keeps the filters in its address', async () => {
  const server = await open();
  const large = models.filter(({ size_b }) => size_b >= 20);
  await fill('min_size_b', '20');
  expect(await status()).toBe(`${large.length} of ${large.length} models`);
  await fill('limit', '2');
  expect(await status()).toBe(`2 of ${large.length} models`);
  expect(await cells('tinker_id')).toEqual(large.slice(0, 2).map(({ tinker_id }) => tinker_id));
  expect(page.url()).toBe(`${server.url}/?min_size_b=20&limit=2`);

  await page.reload();
  await answered();
  expect(await status()).toBe(`2 of ${large.length} models`);
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await page.getByText(`${models.length} of ${models.length} models`).waitFor();
  await fill('query', unheardOf);
  expect(await status()).toBe('No model matches');
});

test('sorts by any column, up, down and as it came, from the keyboard', async () => {
  await open();
  const write = (size: number) => size.toLocaleString('en', { maximumFractionDigits: 20 });
  const sizes = models.map(({ size_b }) => size_b);
  const ascending = sizes.toSorted((a, b) => a - b);
  const head = page.getByRole('columnheader', { name: 'size_b' });
  const button = head.getByRole('button');
  expect(await head.getAttribute('aria-sort')).toBe('none');
  await button.focus();
  for (const [direction, expected] of [
    ['ascending', ascending],
    ['descending', ascending.toReversed()],
    ['none', sizes],
  ] as const) {
    await page.keyboard.press('Enter');
    expect(await head.getAttribute('aria-sort')).toBe(direction);
    expect(await cells('size_b')).toEqual(expected.map(write));
  }
});

test('puts models without a value last, whichever way it sorts', async () => {
  await open();
  const button = page.getByRole('columnheader', { name: 'pricing.train' }).getByRole('button');
  const known = models.filter(({ pricing }) => typeof pricing?.train === 'number').length;
  for (let clicks = 0; clicks < 2; clicks += 1) {
    await button.click();
    const values = await cells('pricing.train');
    expect(values.indexOf('–')).toBe(known);
  }
});

test('shows a refusal as the API gives it, beside the control too', async () => {
  const server = await open();
  const search = `?limit=${5 * limit.maximum}`;
  await fill('limit', String(5 * limit.maximum));
  const headers = { authorization: 'Bearer any' };
  const expected = await (await fetch(server.url + catalogPath + search, { headers })).json();
  expect(await rawAnswer()).toEqual(expected);
  expect(await status()).toBe(expected.detail);
  const [{ msg }] = expected.errors;
  expect(await page.locator('#failure').textContent()).toContain(msg);
  expect(await control('limit').getAttribute('aria-invalid')).toBe('true');
  const described = (await control('limit').getAttribute('aria-describedby')) ?? '';
  const hints = await Promise.all(described.split(' ').map((id) => page.locator(`#${id}`).textContent()));
  expect(hints).toContain(msg);
  await fill('limit', String(limit.maximum));
  expect(await control('limit').getAttribute('aria-invalid')).toBe('false');
  expect(await page.locator('#failure').isVisible()).toBe(false);
});

test('shows failures one after the other, with how long to wait, until it is sent again', async () => {
  await open({ options: { intercept: simulate({ fail: [429, 503] }) } });
  expect(await status()).toBe(exampleOf(429).detail);
  expect(await page.locator('#failure').textContent()).toContain('retry-after: 1');
  const send = page.getByRole('button', { name: 'Send' });
  await send.click();
  await page.getByText('503', { exact: false }).first().waitFor();
  await send.click();
  await page.getByText(`${models.length} of`).waitFor();
});

test('says so where nobody answers', async () => {
  const server = await open();
  await server.close();
  await page.getByRole('button', { name: 'Send' }).click();
  await page.getByText('No answer').waitFor();
});

test('copies the request as curl, with the key as a variable', async () => {
  const server = await open({ path: `/?query=it's+%22` });
  await page.getByRole('button', { name: 'Copy' }).click();
  await page.getByRole('button', { name: 'Copied' }).waitFor();
  expect(await page.evaluate('navigator.clipboard.readText()')).toBe(
    `curl -H "Authorization: Bearer $DREADNODE_API_KEY" '${server.url}${catalogPath}?query=it%27s+%22'`,
  );
});

test('sends the key of its field, and keeps it in memory only', async () => {
  await open({ options: { authorize: (token) => token === 'SECRET' } });
  expect(await rawAnswer()).toEqual(exampleOf(401));
  await fill('API key', 'SECRET');
  expect(await status()).toBe(`${models.length} of ${models.length} models`);
  expect(await control('API key').getAttribute('type')).toBe('password');
  expect(await page.content()).not.toContain('SECRET');
  expect(page.url()).not.toContain('SECRET');
  expect(await page.evaluate('localStorage.length + sessionStorage.length + document.cookie.length')).toBe(0);
  await page.reload();
  await answered();
  expect(await rawAnswer()).toEqual(exampleOf(401));
});

test('shows markup in data as the text that it is', async () => {
  const markup = '<img src=x onerror="document.title=1"><script>alert(1)</script>';
  const hostile = {
    ...(models[0] as Model),
    display_name: markup,
    [markup]: markup,
    supported_algorithms: [markup],
  };
  await open({ options: { models: [hostile] } });
  expect(await cells('display_name')).toEqual([markup]);
  expect(await page.locator('img, tbody script').count()).toBe(0);
  expect(await page.title()).not.toBe('1');
});

const long = 'x'.repeat(700);
test.each([
  [{ models: [1, null, 'x', [2], { tinker_id: long }], total: 'many' }, 200, '5 of many models'],
  [{ detail: { why: 1 }, errors: 'no' }, 422, '422 Unprocessable Entity'],
  [
    { detail: long, type: long, errors: [null, { loc: ['query', 'limit', long], msg: long, type: long }] },
    500,
    long,
  ],
  ['<html><script>alert(1)</script>', 502, '502 Bad Gateway'],
])('shows whatever a server may answer: %j', async (body, status, expected) => {
  await open({ width: 390, options: { intercept: () => Response.json(body, { status }) } });
  await page.evaluate('for (const each of document.querySelectorAll("details")) each.open = true');
  expect(await page.locator('#status').textContent()).toBe(expected);
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
});

describe.each([1280, 390])('at %i pixels', (width) => {
  test.each(['/', `/?limit=${5 * limit.maximum}`])(
    '%s does not scroll sideways, with all that can be opened open',
    async (path) => {
      await open({ width, path });
      await page.evaluate('for (const each of document.querySelectorAll("details")) each.open = true');
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    },
  );

  test('a table stays a table for a screen reader', async () => {
    await open({ width });
    expect(await page.getByRole('row').count()).toBe(models.length + 1);
    const [first] = models as [Model];
    await page.getByRole('rowheader', { name: first.tinker_id, exact: true }).waitFor();
    await page.getByRole('cell', { name: first.display_name }).first().waitFor();
  });
});

test('shows the models before the filters on a small screen, where the filters open from the keyboard', async () => {
  await open({ width: 390 });
  expect(await control('limit').isVisible()).toBe(false);
  await page.getByText('Filters', { exact: true }).focus();
  await page.keyboard.press('Enter');
  expect(await control('limit').isVisible()).toBe(true);
});

test('has a control for a parameter of any kind that is added to the contract', async () => {
  const added = [
    { name: 'sort_by', schema: { anyOf: [{ $ref: '#/components/schemas/Order' }, { type: 'null' }] } },
    { name: 'has_price', schema: { type: 'boolean' } },
    { name: 'tags', schema: { type: 'array', items: { type: 'string', enum: ['a', 'b'] } } },
    { name: 'ids', explode: false, schema: { type: ['array', 'null'], items: { type: 'integer' } } },
    { name: 'floor', required: true, schema: { type: 'number', minimum: 0.5, multipleOf: 0.5 } },
    { name: 'word', schema: { anyOf: [{ enum: ['known'] }, { type: 'string' }] } },
    { name: 'where', content: { 'application/json': { schema: { type: 'object' } } } },
  ];
  await open({
    edit(contract) {
      contract.components.schemas.Order = { type: 'string', enum: ['name', 'size'] };
      contract.components.parameters.HasPrice = { in: 'query', ...added[1] };
      contract.paths[catalogPath].parameters = [{ $ref: '#/components/parameters/HasPrice' }];
      const { parameters } = contract.paths[catalogPath].get;
      parameters.push(
        ...added.filter(({ name }) => name !== 'has_price').map((each) => ({ in: 'query', ...each })),
      );
    },
  });
  await control('sort_by').selectOption('size');
  await control('has_price').selectOption('false');
  await control('tags').fill('a, b');
  await control('ids').fill('1,2');
  expect(await control('floor (required)').getAttribute('step')).toBe('0.5');
  await control('floor (required)').fill('1.5');
  await control('word').fill('any');
  await fill('where', '{"a":1}');
  const { searchParams } = new URL(page.url());
  expect([...searchParams]).toEqual([
    ['has_price', 'false'],
    ['sort_by', 'size'],
    ['tags', 'a'],
    ['tags', 'b'],
    ['ids', '1,2'],
    ['floor', '1.5'],
    ['word', 'any'],
    ['where', '{"a":1}'],
  ]);
});

test('is sent as one file with a policy that allows nothing from elsewhere', async () => {
  const { url } = await open();
  const answer = await fetch(url);
  const html = await answer.text();
  expect(html).not.toMatch(/<(?:link|script)\b[^>]*\b(?:href|src)="(?!data:)/);
  const policy = Object.fromEntries(
    (answer.headers.get('content-security-policy') ?? '').split('; ').map((part) => part.split(/ (.*)/)),
  );
  expect(policy).toMatchObject({
    'default-src': "'none'",
    'script-src': expect.stringMatching(/^'sha256-[\w+/=]+'$/),
    'style-src': expect.stringMatching(/^'sha256-[\w+/=]+'$/),
    'connect-src': "'self'",
    'base-uri': "'none'",
    'frame-ancestors': "'none'",
  });
});
