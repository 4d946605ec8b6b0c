/** Builds modules of the package as users get them. */
import { cp } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'tsdown';
import { modules, replaced } from '../../tsdown.config.ts';
import { root } from '../contract/read.ts';

/**
 * @param entry such as `{ index: 'src/index.ts' }`
 * @returns the address of a module, by its name
 */
export async function buildModules(
  folder: string,
  entry: Record<string, string>,
): Promise<(name: string) => string> {
  // As if installed, since the mock finds the contract by the name of the package.
  for (const part of ['package.json', 'generated']) {
    await cp(path.join(root, part), path.join(folder, part), { recursive: true });
  }
  const outDir = path.join(folder, 'dist');
  await build({
    ...modules,
    entry: { ...entry, ...replaced },
    cwd: root,
    outDir,
    config: false,
    logLevel: 'error',
  });
  return (name) => pathToFileURL(path.join(outDir, `${name}.js`)).href;
}
