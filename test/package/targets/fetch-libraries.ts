/** Libraries that bring a `fetch` of their own: its types fit the option, and calls go well. */
import { run } from '../consumer.ts';
import { compile } from './compile.ts';
import { attempt, link, pinnedVersion, type Results, type Target } from './target.ts';

function makeTarget(name: string): Target {
  return {
    id: name,
    title: `fetch of ${name}`,
    pinned: true,
    version: () => pinnedVersion(name),
    async check({ consumer, urls }) {
      await link(consumer, name, '@types/node');
      const args = ['entries/fetch-library.js', name, JSON.stringify(urls)];
      const printed = await run(process.execPath, args, { cwd: consumer.folder });
      return {
        ...(JSON.parse(printed) as Results),
        ...(await attempt(`${name}.ts`, () =>
          compile(consumer.folder, [`types/${name}.ts`], { types: ['node'] }),
        )),
      };
    },
  };
}

export const fetchLibraries: Target[] = ['node-fetch', 'undici'].map(makeTarget);
