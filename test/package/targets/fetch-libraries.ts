/** Libraries that bring a `fetch` of their own: its types fit the option, and calls go well. */
import { run } from '../../run-script.ts';
import { compile } from './compile.ts';
import { attempt, link, pinnedVersion, type Results, type Target } from './target.ts';

export const fetchLibraries = ['node-fetch', 'undici'].map(
  (name): Target => ({
    id: name,
    title: `fetch of ${name}`,
    pinned: true,
    version: () => pinnedVersion(name),
    async check({ consumer, urls }) {
      await link(consumer, name, '@types/node');
      const args = ['entries/fetch-library.js', name, JSON.stringify(urls)];
      const suite: Results = JSON.parse(await run(process.execPath, args, { cwd: consumer.folder }));
      const compiles = () => compile(consumer.folder, `types/${name}.ts`, { types: ['node'] });
      return { ...suite, ...(await attempt({ [`${name}.ts`]: compiles })) };
    },
  }),
);
