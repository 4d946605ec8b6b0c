/** Makes the project over with another contract in place of its own, and loads its sources from there. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { readContract } from '../scripts/contract/read.ts';
import { generateAll, writeGenerated } from '../scripts/generate.ts';
import { root } from './run-script.ts';

export interface Product {
  folder: string;
  /** Loads a source: `server/index.ts`. */
  // biome-ignore lint/suspicious/noExplicitAny: its types are those of another contract.
  load(source: string): Promise<any>;
  remove(): void;
}

/** @param contract - A document that has the catalog among its operations, as the sources know it by name. */
export async function makeProduct(contract: object): Promise<Product> {
  const folder = mkdtempSync(path.join(tmpdir(), 'product-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    for (const name of ['package.json', 'src']) {
      cpSync(path.join(root, name), path.join(folder, name), { recursive: true });
    }
    symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'), 'junction');
    mkdirSync(path.join(folder, 'openapi'));
    const file = path.join(folder, 'openapi', 'openapi.json');
    writeFileSync(file, JSON.stringify(contract));
    await writeGenerated(await generateAll(await readContract(file), file), path.join(folder, 'generated'));
  } catch (error) {
    remove();
    throw error;
  }
  return {
    folder,
    load: (source) => import(/* @vite-ignore */ pathToFileURL(path.join(folder, 'src', source)).href),
    remove,
  };
}
