/** A browser, where the client is in a page or in a service worker, bundled or as the files that the package has. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { launchChromium } from '../../browser/chromium.ts';
import { models as served } from '../models.js';
import { bundle } from './bundle.ts';
import { attempt, type Context, type Results, type Target } from './target.ts';

async function version(): Promise<string> {
  const browser = await launchChromium();
  const version = browser.version();
  await browser.close();
  return version;
}

/** Serves the consumer's folder and some files more, opens the root in a page and hands it to `use`. */
async function withPage(
  { consumer }: Context,
  files: Record<string, string>,
  use: (page: Page) => Promise<Results>,
): Promise<Results> {
  const { listen } = await consumer.load<typeof import('../../../src/server/node.ts')>('/server/node');
  // From this machine too: a page from elsewhere would need leave to call it.
  const site = await listen(async ({ url }) => {
    const { pathname } = new URL(url);
    const text = files[pathname] ?? (await readFile(path.join(consumer.folder, pathname), 'utf8'));
    const type = pathname === '/' ? 'text/html' : 'text/javascript';
    return new Response(text, { headers: { 'content-type': type } });
  });
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    await page.goto(site.url);
    return await use(page);
  } finally {
    await browser.close();
    await site.close();
  }
}

const dist = '/node_modules/training-catalog-contract/dist';

export const chromium: Target = {
  id: 'chromium',
  title: 'Chromium',
  pinned: false,
  version,
  async check(context) {
    const { consumer, urls } = context;
    const chunks = await bundle(consumer, 'entries/page.js');
    const files = Object.fromEntries(chunks.map(([name, code]) => [`/${name}`, code]));
    files['/'] = `<!doctype html><script type="module" src="/${chunks[0]?.[0]}"></script>`;
    return withPage(context, files, async (page) => {
      const suite = await page.evaluate<Results>(`runSuite(${JSON.stringify(urls)})`);
      const listAll = `import('${dist}/index.js').then(({ createTrainingCatalogClient }) =>
        createTrainingCatalogClient({ baseUrl: '${urls.plain}', apiKey: 'any' }).listAllModels())`;
      const unbundled = await attempt({
        'without a bundler': async () => {
          const { length } = await page.evaluate<unknown[]>(listAll);
          if (length !== served.length) throw new Error(`${length} models instead of ${served.length}`);
        },
      });
      return { ...suite, ...unbundled };
    });
  },
};

const worker = `import * as api from '${dist}/index.js';
import * as operations from '${dist}/operations.js';
import * as raw from '${dist}/raw.js';
import { runSuite } from '/suite.js';

addEventListener('message', async ({ data, ports: [port] }) => {
  const results = await runSuite({ ...api, ...operations }, data);
  port.postMessage({ ...results, raw: raw.createRawClient ? 'passed' : 'not there' });
});`;

/** Asks the worker, as soon as it is ready. */
const ask = (urls: object) => `(async () => {
  const { active } = await navigator.serviceWorker
    .register('/worker.js', { type: 'module' })
    .then(() => navigator.serviceWorker.ready);
  const { port1, port2 } = new MessageChannel();
  active.postMessage(${JSON.stringify(urls)}, [port2]);
  return new Promise((resolve) => (port1.onmessage = ({ data }) => resolve(data)));
})()`;

/** A module service worker may import as it starts and not later. */
export const serviceWorker: Target = {
  id: 'service-worker',
  title: 'Chromium, service worker',
  pinned: false,
  version,
  check: (context) =>
    withPage(context, { '/': '', '/worker.js': worker }, (page) => page.evaluate<Results>(ask(context.urls))),
};
