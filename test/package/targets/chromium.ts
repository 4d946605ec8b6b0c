/** A browser, with the client as a bundled ES module, and as the file that the package has. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { launchChromium } from '../../browser/chromium.ts';
import { models as served } from '../models.js';
import { bundle } from './bundle.ts';
import { attempt, type Results, type Target } from './target.ts';

const html = (chunks: Map<string, string>) =>
  `<!doctype html><script type="module" src="/${[...chunks.keys()][0]}"></script>`;

export const chromium: Target = {
  id: 'chromium',
  title: 'Chromium',
  pinned: false,
  async version() {
    const browser = await launchChromium();
    const version = browser.version();
    await browser.close();
    return version;
  },
  async check({ consumer, urls }) {
    const chunks = new Map(await bundle(consumer, 'entries/page.js'));
    const dist = path.join(consumer.folder, 'node_modules/training-catalog-contract/dist');
    const { listen } = await consumer.load<typeof import('../../../src/server/node.ts')>('/server/node');
    // From this machine too: a page from elsewhere would need leave to call it.
    const site = await listen(async ({ url }) => {
      const [, folder, name] = new URL(url).pathname.split('/');
      const code =
        folder === 'dist' && name ? await readFile(path.join(dist, name), 'utf8') : chunks.get(`${folder}`);
      const [type, body] = code ? ['text/javascript', code] : ['text/html', html(chunks)];
      return new Response(body, { headers: { 'content-type': type } });
    });
    const browser = await launchChromium();
    try {
      const page = await browser.newPage();
      await page.goto(site.url);
      const unbundled = attempt('without a bundler', async () => {
        const code = `import('/dist/index.js').then(({ createTrainingCatalogClient }) =>
          createTrainingCatalogClient({ baseUrl: '${urls.plain}', apiKey: 'any' }).listAllModels())`;
        const models = await page.evaluate<unknown[]>(code);
        if (models.length !== served.length) {
          throw new Error(`${models.length} models instead of ${served.length}`);
        }
      });
      return {
        ...((await page.evaluate(`runSuite(${JSON.stringify(urls)})`)) as Results),
        ...(await unbundled),
      };
    } finally {
      await browser.close();
      await site.close();
    }
  },
};
