/** Compiles files of the consumer's by a pinned TypeScript, under settings as strict as they get. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { run } from '../../run-script.ts';
import { installed } from './target.ts';

/** The command of a pinned version of TypeScript. */
export const tsc = (version: string) => installed(`typescript-${version}`, 'bin', 'tsc');

/**
 * @param folder - Where the file is, and where the project file goes.
 * @param options - Beside the strict ones.
 * @throws what the compiler says
 */
export async function compile(
  folder: string,
  file: string,
  options: { module?: string; moduleResolution?: string; [option: string]: unknown },
  version = '5.9',
): Promise<void> {
  const compilerOptions = {
    target: 'es2022',
    lib: ['es2022'],
    module: 'nodenext',
    types: [],
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    verbatimModuleSyntax: true,
    noEmit: true,
    ...options,
  };
  const name = [version, options.moduleResolution ?? options.module, path.basename(file)].join('-');
  const project = path.join(folder, `tsconfig-${name}.json`);
  await writeFile(project, JSON.stringify({ compilerOptions, files: [file] }));
  await run(process.execPath, [tsc(version), '--project', project], { cwd: folder });
}
