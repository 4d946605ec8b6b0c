/** A browser, with the client as a bundled ES module. */
import { existsSync } from 'node:fs';
import { chromium as launcher } from 'playwright-core';
import { run } from '../consumer.ts';
import { bundle } from './bundle.ts';
import type { Results, Target } from './target.ts';

/** The machine's own, wherever its packages put it. */
function findBrowser(): string {
  const candidates = [process.env['CHROME_PATH'], '/usr/bin/chromium', '/usr/bin/google-chrome'];
  const file = candidates.find((candidate) => candidate && existsSync(candidate));
  if (!file) throw new Error('No Chromium: install it (apt-get install chromium) or set CHROME_PATH');
  return file;
}

const html = (chunks: Map<string, string>) =>
  `<!doctype html><script type="module" src="/${[...chunks.keys()][0]}"></script>`;

export const chromium: Target = {
  id: 'chromium',
  title: 'Chromium',
  pinned: false,
  async version() {
    const printed = await run(findBrowser(), ['--version'], { cwd: '.' });
    return /\d+(\.\d+)+/.exec(printed)?.[0] ?? printed;
  },
  async check({ consumer, urls }) {
    const chunks = new Map(await bundle(consumer, 'entries/page.js'));
    const { listen } = await consumer.load<typeof import('../../../src/server/node.ts')>('/server/node');
    // From this machine too: a page from elsewhere would need leave to call it.
    const site = await listen(async ({ url }) => {
      const code = chunks.get(new URL(url).pathname.slice(1));
      const [type, body] = code ? ['text/javascript', code] : ['text/html', html(chunks)];
      return new Response(body, { headers: { 'content-type': type } });
    });
    const browser = await launcher.launch({ executablePath: findBrowser(), args: ['--no-sandbox'] });
    try {
      const page = await browser.newPage();
      await page.goto(site.url);
      return (await page.evaluate(`runSuite(${JSON.stringify(urls)})`)) as Results;
    } finally {
      await browser.close();
      await site.close();
    }
  },
};
