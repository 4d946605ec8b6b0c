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

/** Any origin will do: each request to it is answered here. */
const origin = 'http://localhost';

export const chromium: Target = {
  id: 'chromium',
  title: 'Chromium',
  pinned: false,
  async version() {
    const printed = await run(findBrowser(), ['--version'], { cwd: '.' });
    return /\d+(\.\d+)+/.exec(printed)?.[0] ?? printed;
  },
  async check({ consumer, urls }) {
    const chunks = await bundle(consumer, 'entries/page.js');
    const html = `<!doctype html><script type="module" src="/${chunks[0]?.[0]}"></script>`;
    const browser = await launcher.launch({ executablePath: findBrowser(), args: ['--no-sandbox'] });
    try {
      const page = await browser.newPage();
      await page.route(`${origin}/**`, (route) => {
        const code = chunks.find(([name]) => route.request().url() === `${origin}/${name}`)?.[1];
        return code
          ? route.fulfill({ contentType: 'text/javascript', body: code })
          : route.fulfill({ contentType: 'text/html', body: html });
      });
      await page.goto(origin);
      return (await page.evaluate(`runSuite(${JSON.stringify(urls)})`)) as Results;
    } finally {
      await browser.close();
    }
  },
};
