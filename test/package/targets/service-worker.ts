/** A module service worker, which may import as it starts and not later; it gets the files as the package has them. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { launchChromium } from '../../browser/chromium.ts';
import type { Results, Target } from './target.ts';

const worker = `import * as api from '/node_modules/training-catalog-contract/dist/index.js';
import * as raw from '/node_modules/training-catalog-contract/dist/raw.js';
import { runSuite } from '/suite.js';

addEventListener('message', async ({ data, ports: [port] }) => {
  port.postMessage({ ...(await runSuite(api, data)), raw: raw.createRawClient ? 'passed' : 'not there' });
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

export const serviceWorker: Target = {
  id: 'service-worker',
  title: 'Chromium, service worker',
  pinned: false,
  async version() {
    const browser = await launchChromium();
    const version = browser.version();
    await browser.close();
    return version;
  },
  async check({ consumer, urls }) {
    const { listen } = await consumer.load<typeof import('../../../src/server/node.ts')>('/server/node');
    const site = await listen(async ({ url }) => {
      const { pathname } = new URL(url);
      if (pathname === '/') return new Response('', { headers: { 'content-type': 'text/html' } });
      const code =
        pathname === '/worker.js' ? worker : await readFile(path.join(consumer.folder, pathname), 'utf8');
      return new Response(code, { headers: { 'content-type': 'text/javascript' } });
    });
    const browser = await launchChromium();
    try {
      const page = await browser.newPage();
      await page.goto(site.url);
      return await page.evaluate<Results>(ask(urls));
    } finally {
      await browser.close();
      await site.close();
    }
  },
};
