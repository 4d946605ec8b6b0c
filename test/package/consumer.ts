/** Packs the project and installs the tarball in a folder elsewhere, as a user would. */
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { pack as packInto } from '../../scripts/pack.ts';
import { run } from '../run-script.ts';

const here = fileURLToPath(new URL('.', import.meta.url));

export interface Packed {
  tarball: string;
  /** Relative to the package's folder. */
  files: string[];
  remove(): Promise<void>;
}

/** Builds and packs what is published. */
export async function pack(): Promise<Packed> {
  const folder = await mkdtemp(path.join(tmpdir(), 'packed-'));
  return { ...(await packInto(folder)), remove: () => rm(folder, { recursive: true, force: true }) };
}

export interface Consumer {
  folder: string;
  /** Imports an entry point of the installed package into this process, such as `/server`. */
  load<Entry>(entry: string): Promise<Entry>;
  remove(): Promise<void>;
}

/** Installs the tarball beside other packages, and puts the suite with its entries next to it. */
export async function install({ tarball }: Packed, others: string[] = []): Promise<Consumer> {
  const folder = await mkdtemp(path.join(tmpdir(), 'consumer-'));
  await writeFile(path.join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
  const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'];
  await run('npm', ['install', '--save-exact', ...options, tarball, ...others], { cwd: folder });
  for (const name of ['suite.js', 'models.js', 'entries', 'snippets', 'types']) {
    await cp(path.join(here, name), path.join(folder, name), { recursive: true });
  }
  const { resolve } = createRequire(path.join(folder, 'package.json'));
  return {
    folder,
    load: (entry) => import(pathToFileURL(resolve(`training-catalog-contract${entry}`)).href),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
