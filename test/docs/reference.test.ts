/** The reference page in a real browser without a network, at the width of a desk and of a phone. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { advice, apiErrorPayloadType, catalogPath, queryTypes } from '../../generated/constants.ts';
import { findOperation } from '../../scripts/contract/constants.ts';
import { readContract } from '../../scripts/contract/read.ts';
import { buildDocs } from '../../scripts/docs.ts';
import { launchChromium } from '../browser/chromium.ts';

let descriptions: Record<string, string | undefined>;
let directory: string;
let html: string;
let browser: Browser;

beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'reference-'));
  const contract = await readContract();
  descriptions = Object.fromEntries(
    Object.entries(findOperation(contract).responses).map(([status, { description }]) => [
      status,
      description,
    ]),
  );
  html = await buildDocs(contract);
  await writeFile(path.join(directory, 'index.html'), html);
  browser = await launchChromium();
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await rm(directory, { recursive: true, force: true });
});

test('the page loads nothing from another host by its markup', () => {
  // In markup, not in the text of scripts: there an address is only a string.
  const markup = html.replace(/<script\b.*?<\/script>/gs, '');
  expect(markup).not.toMatch(/(?:src|srcset|poster|data)="?(?:https?:)?\/\//);
  expect(markup).not.toMatch(/<link\b[^>]*href="?(?:https?:)?\/\//);
  expect(html).not.toContain('fonts.googleapis');
  expect(html).not.toContain('cdn.redoc.ly');
});

describe.each([
  { name: 'desktop', width: 1440, height: 900 },
  { name: 'phone', width: 390, height: 844 },
])('at $name width', ({ width, height }) => {
  let page: Page;
  const complaints: string[] = [];
  const requests: string[] = [];

  beforeAll(async () => {
    page = await browser.newPage({ viewport: { width, height }, offline: true });
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => requests.push(request.url()));
    await page.goto(pathToFileURL(path.join(directory, 'index.html')).href);
    await page.getByText('Retried by the client').first().waitFor();
  }, 120_000);

  afterAll(() => page?.close());

  /** What a reader sees or could scroll to; hidden parts are left out. */
  const visibleText = () => page.evaluate<string>('document.body.innerText');

  test('the error guide says for every status what it means and what to do, and names every type', async () => {
    const text = await visibleText();
    for (const [status, whatToDo] of Object.entries(advice)) {
      expect(text).toMatch(
        new RegExp(`^${status}: \\S.* Retried by the client: (yes|no)\\. What to do: `, 'm'),
      );
      expect(text).toContain(whatToDo.replaceAll('`', ''));
    }
    for (const type of apiErrorPayloadType) expect(text).toContain(type);
  });

  test('the operation and its parameters are there for who scrolls down', async () => {
    const missing = async () => {
      await page.mouse.wheel(0, height);
      const text = await visibleText();
      return [catalogPath, 'GET', ...Object.keys(queryTypes)].filter((needle) => !text.includes(needle));
    };
    await expect.poll(missing, { timeout: 20_000 }).toEqual([]);
  });

  test('every status opens with its own description', async () => {
    for (const status of Object.keys(descriptions)) {
      await page.getByRole('tab', { name: status, exact: true }).first().click();
      const description = descriptions[status]?.replaceAll('`', '').replaceAll(/\s+/g, ' ');
      await expect.poll(async () => (await visibleText()).replaceAll(/\s+/g, ' ')).toContain(description);
    }
  });

  test('nothing sticks out to the right', async () => {
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
  });

  test('all the while the console stays clean and no request leaves the machine', () => {
    expect(complaints).toEqual([]);
    expect(requests.filter((url) => !/^(?:file|data|blob):/.test(url))).toEqual([]);
  });
});
