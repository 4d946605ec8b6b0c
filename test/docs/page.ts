/** Opens a built reference page in Chromium, without a network. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../browser/chromium.ts';

export interface OpenPage {
  page: Page;
  /** What the console said, apart from Redoc's greeting, and what was thrown. */
  complaints: string[];
  /** What was asked of any other place than this file. */
  requests: string[];
  /** What a reader sees or could scroll to, line breaks as spaces; hidden parts are left out. */
  text(): Promise<string>;
}

export interface Pages {
  open(size: { width: number; height: number }): Promise<OpenPage>;
  close(): Promise<void>;
}

export async function startPages(html: string): Promise<Pages> {
  const directory = await mkdtemp(path.join(tmpdir(), 'reference-'));
  const url = pathToFileURL(path.join(directory, 'index.html')).href;
  await writeFile(path.join(directory, 'index.html'), html);
  const browser: Browser = await launchChromium();
  return {
    async open(viewport) {
      const page = await browser.newPage({ viewport, offline: true });
      const complaints: string[] = [];
      const requests: string[] = [];
      page.on('console', (message) => {
        if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('request', (request) => {
        if (!/^(?:file|data|blob):/.test(request.url())) requests.push(request.url());
      });
      await page.goto(url);
      await page.getByRole('table').first().waitFor();
      const text = async () => oneLine(await page.evaluate<string>('document.body.innerText'));
      return { page, complaints, requests, text };
    },
    async close() {
      await browser.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** As it reads on the page: no marks of Markdown, one space for each break. */
export const oneLine = (text: string) => text.replaceAll('`', '').replaceAll(/\s+/g, ' ').trim();
