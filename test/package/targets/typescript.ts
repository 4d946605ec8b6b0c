/** The compilers: the package's declarations under strict settings, with and without a platform's types. */
import { run } from '../../run-script.ts';
import { compile, tsc } from './compile.ts';
import { attempt, link, pinnedVersion, type Target } from './target.ts';

function makeTarget(version: string): Target {
  const is = (least: number) => Number(version) >= least;
  return {
    id: `ts${version}`,
    title: 'TypeScript',
    pinned: true,
    version: async () =>
      (await run(process.execPath, [tsc(version), '--version'])).replace('Version', '').trim(),
    check({ consumer: { folder } }) {
      const checks: Record<string, () => Promise<void>> = {};
      const add = (resolution: string, file: string, lib: string[], more: object = {}) => {
        const options = {
          module: resolution === 'bundler' ? 'esnext' : resolution,
          moduleResolution: resolution,
          lib,
          ...(is(5.8) && { erasableSyntaxOnly: true }),
          ...more,
        };
        checks[`${resolution}: ${file}`] = () => compile(folder, `types/${file}`, options, version);
      };
      for (const resolution of ['node16', 'nodenext', 'bundler']) {
        add(resolution, 'client.ts', ['es2022']);
        add(resolution, 'platform.ts', ['es2022', 'dom', 'dom.iterable']);
      }
      // For a tool that reads no exports. The compiler has given it up since.
      if (!is(6)) add('node10', 'client.ts', ['es2022'], { module: 'esnext' });
      // Imports become `require` there, which these two options forbid.
      const loose = { verbatimModuleSyntax: false, erasableSyntaxOnly: false };
      if (is(5.9)) add('nodenext', 'require.cts', ['es2022', 'dom'], loose);
      return attempt(checks);
    },
  };
}

export const typescriptTargets: Target[] = ['5.4', '5.9', '6', '7'].map(makeTarget);

const workers = '@cloudflare/workers-types';

/** The types of Cloudflare Workers, where there is no DOM. */
export const workersTypes: Target = {
  id: 'workers-types',
  title: workers,
  pinned: true,
  version: () => pinnedVersion(workers),
  async check({ consumer }) {
    await link(consumer, workers);
    const check = (file: string) => () => compile(consumer.folder, `types/${file}`, { types: [workers] });
    return attempt({ 'worker.ts': check('worker.ts'), 'client.ts': check('client.ts') });
  },
};
