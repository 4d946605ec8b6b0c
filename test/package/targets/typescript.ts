/** The compilers: the package's declarations under strict settings, with and without a platform's types. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { run } from '../consumer.ts';
import { attempt, installed, type Target } from './target.ts';

interface Compilation {
  module: 'node16' | 'nodenext' | 'bundler';
  /** In `types/`. */
  file: string;
  options?: object;
}

const resolutions = ['node16', 'nodenext', 'bundler'] as const;

function makeTarget(version: string): Target {
  const folder = installed(`typescript-${version}`);
  const tsc = path.join(folder, 'bin', 'tsc');
  const is = (least: number) => Number(version) >= least;

  const compilations: Compilation[] = resolutions.flatMap((module) => [
    { module, file: 'client.ts', options: { lib: ['es2022'] } },
    { module, file: 'platform.ts', options: { lib: ['es2022', 'dom', 'dom.iterable'] } },
  ]);
  if (is(5.9)) {
    // Imports become `require` there, which these two options forbid.
    const options = { verbatimModuleSyntax: false, erasableSyntaxOnly: false, lib: ['es2022', 'dom'] };
    compilations.push({ module: 'nodenext', file: 'require.cts', options });
  }

  return {
    id: `ts${version}`,
    title: 'TypeScript',
    pinned: true,
    version: async () =>
      (await run(process.execPath, [tsc, '--version'], { cwd: '.' })).replace('Version', '').trim(),
    async check({ consumer }) {
      const home = path.join(consumer.folder, `typescript-${version}`);
      await mkdir(home, { recursive: true });
      const outcomes = compilations.map(({ module, file, options }) =>
        attempt(`${module}: ${file}`, async () => {
          const compilerOptions = {
            target: 'es2022',
            module: module === 'bundler' ? 'esnext' : module,
            moduleResolution: module,
            strict: true,
            exactOptionalPropertyTypes: true,
            noUncheckedIndexedAccess: true,
            verbatimModuleSyntax: true,
            ...(is(5.8) && { erasableSyntaxOnly: true }),
            skipLibCheck: false,
            noEmit: true,
            types: [],
            ...options,
          };
          const project = path.join(home, `${module}-${file}.json`);
          await writeFile(project, JSON.stringify({ compilerOptions, files: [`../types/${file}`] }));
          await run(process.execPath, [tsc, '--project', project], { cwd: home });
        }),
      );
      return Object.assign({}, ...(await Promise.all(outcomes)));
    },
  };
}

export const typescriptTargets: Target[] = ['5.4', '5.9', '6', '7'].map(makeTarget);
