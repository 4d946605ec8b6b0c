/** Opens a built reference page in Chromium, without a network. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { launchChromium } from '../browser/chromium.ts';

/** A contract to build pages of. */
export const toysPath = path.join(import.meta.dirname, 'toys.yaml');

export type Pages = Awaited<ReturnType<typeof startPages>>;
export type OpenPage = Awaited<ReturnType<Pages['open']>>;

export async function startPages(html: string) {
  const directory = await mkdtemp(path.join(tmpdir(), 'reference-'));
  const file = path.join(directory, 'index.html');
  await writeFile(file, html);
  const browser = await launchChromium();
  return {
    async open(viewport: { width: number; height: number }) {
      const page = await browser.newPage({ viewport, offline: true });
      /** What the console said, apart from Redoc's greeting, and what was thrown. */
      const complaints: string[] = [];
      /** Why requests to anything else than this file came to nothing. */
      const refused: (string | undefined)[] = [];
      page.on('console', (message) => {
        if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('requestfailed', (request) => refused.push(request.failure()?.errorText));
      await page.goto(pathToFileURL(file).href);
      // What is out of view has no text otherwise.
      const style = '<style>* { content-visibility: visible !important; }</style>';
      await page.evaluate(`document.head.insertAdjacentHTML('beforeend', '${style}')`);
      await page.getByRole('table').waitFor();
      /** What a reader sees or could scroll to, line breaks as spaces; hidden parts are left out. */
      const text = async () => oneLine(await page.evaluate<string>('document.body.innerText'));
      return { page, complaints, refused, text };
    },
    async close() {
      await browser.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** As it reads on the page: no marks of Markdown, one space for each break. */
export const oneLine = (text: string) => text.replaceAll('`', '').replaceAll(/\s+/g, ' ').trim();
