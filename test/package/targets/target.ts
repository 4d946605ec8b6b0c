/** What a row of the matrix is. */
import { existsSync } from 'node:fs';
import { mkdir, readFile, symlink } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { models } from '../../contract/from-yaml.ts';
import { type Consumer, type Packed, root } from '../consumer.ts';
import type { Servers } from '../servers.ts';

/** Where `npm ci` puts the pinned runtimes and compilers. */
export const runtimes = fileURLToPath(new URL('../runtimes', import.meta.url));
export const installed = (...segments: string[]) => path.join(runtimes, 'node_modules', ...segments);

export interface Context {
  packed: Packed;
  consumer: Consumer;
  /** A consumer that has the peers as well. */
  withPeers(): Promise<Consumer>;
  urls: Servers['urls'];
}

/** By name of the check: `passed`, or what went wrong. */
export type Results = Record<string, string>;

export interface Target {
  /** What `--only` takes. */
  id: string;
  title: string;
  /** Whether it comes from `runtimes/`. */
  pinned: boolean;
  version(): Promise<string>;
  check(context: Context): Promise<Results>;
}

/** Turns an exception into a result, so that one failure does not hide the others. */
export async function attempt(name: string, action: () => Promise<unknown>): Promise<Results> {
  try {
    await action();
    return { [name]: 'passed' };
  } catch (error) {
    return { [name]: String(error) };
  }
}

/** Puts packages beside the consumer's own: as pinned for this matrix, else as the project has them. */
export async function link({ folder }: Consumer, ...names: string[]): Promise<void> {
  for (const name of names) {
    const place = path.join(folder, 'node_modules', name);
    if (existsSync(place)) continue;
    await mkdir(path.dirname(place), { recursive: true });
    const pinned = installed(name);
    await symlink(existsSync(pinned) ? pinned : path.join(root, 'node_modules', name), place, 'junction');
  }
}

/** The version of a package that is pinned. */
export async function pinnedVersion(name: string): Promise<string> {
  return JSON.parse(await readFile(installed(name, 'package.json'), 'utf8')).version;
}

/** Calls a documented server by the packed client. */
export async function callServer({ consumer }: Context, baseUrl: string): Promise<void> {
  const { createTrainingCatalogClient } = await consumer.load<typeof import('../../../src/index.ts')>('');
  const { total } = await createTrainingCatalogClient({ baseUrl, apiKey: 'any' }).listModels();
  if (total !== models.length) throw new Error(`${total} models instead of ${models.length}`);
}

/** The first code block of the README's part for callers. */
export async function readFirstExample(): Promise<string> {
  const readme = await readFile(path.join(root, 'README.md'), 'utf8');
  const [, code] = /```ts\n(.*?createTrainingCatalogClient.*?)```/s.exec(readme) ?? [];
  if (!code) throw new Error('The README has no example');
  return code;
}
