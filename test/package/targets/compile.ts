/** Compiles files of the consumer's by a pinned TypeScript, under settings as strict as they get. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { run } from '../consumer.ts';
import { installed } from './target.ts';

/**
 * @param folder - Where the files are, and where the project file goes.
 * @throws what the compiler says
 */
export async function compile(
  folder: string,
  files: string[],
  options: { types: string[]; [option: string]: unknown },
): Promise<void> {
  const compilerOptions = {
    target: 'es2022',
    lib: ['es2022'],
    module: 'nodenext',
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    verbatimModuleSyntax: true,
    noEmit: true,
    ...options,
  };
  const project = path.join(folder, `tsconfig-${path.basename(files[0] ?? '')}.json`);
  await writeFile(project, JSON.stringify({ compilerOptions, files }));
  const tsc = installed('typescript-5.9', 'bin', 'tsc');
  await run(process.execPath, [tsc, '--project', project], { cwd: folder });
}
