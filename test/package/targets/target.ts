/** What a row of the matrix is, and what several rows do. */
import { existsSync } from 'node:fs';
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { tested } from '../../../src/mock/start-mock.ts';
import { models } from '../../contract/from-yaml.ts';
import { root, start } from '../../run-script.ts';
import type { Consumer, Packed } from '../consumer.ts';
import type { Servers } from '../servers.ts';

/** Where `npm ci` puts the pinned runtimes and compilers. */
export const runtimes = fileURLToPath(new URL('../runtimes', import.meta.url));
export const installed = (...segments: string[]) => path.join(runtimes, 'node_modules', ...segments);

/** Versions of Prism's packages: as the project has them, for any Node, and the current ones, for Node 24. */
export const prisms = {
  tested,
  current: {
    '@stoplight/prism-core': '5.16.0',
    '@stoplight/prism-http': '5.16.0',
    '@stoplight/prism-http-server': '5.16.0',
  },
};

export interface Context {
  packed: Packed;
  consumer: Consumer;
  /** A consumer that has Prism as well. */
  withPrism(version: keyof typeof prisms): Promise<Consumer>;
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

/** Runs checks side by side. An exception is a result, so that one failure does not hide the others. */
export async function attempt(checks: Record<string, () => Promise<unknown>>): Promise<Results> {
  const results = Object.entries(checks).map(async ([name, check]) => {
    const result = await check().then(() => 'passed', String);
    return [name, result];
  });
  return Object.fromEntries(await Promise.all(results));
}

/** Puts packages beside those of the consumer: as pinned for this matrix, else as the project has them. */
export async function link({ folder }: Consumer, ...names: string[]): Promise<void> {
  for (const name of names) {
    const to = path.join(folder, 'node_modules', name);
    if (existsSync(to)) continue;
    await mkdir(path.dirname(to), { recursive: true });
    const pinned = installed(name);
    await symlink(existsSync(pinned) ? pinned : path.join(root, 'node_modules', name), to, 'junction');
  }
}

/** Writes files into a folder, which is made. */
export async function writeFiles(folder: string, files: Record<string, string>): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, name), text);
}

/** The version of a package that is pinned. */
export async function pinnedVersion(name: string): Promise<string> {
  return JSON.parse(await readFile(installed(name, 'package.json'), 'utf8')).version;
}

/** Starts a server, waits for it to print what the pattern's first group takes, and ends it after use. */
export async function withServer(
  [command, ...args]: [string, ...string[]],
  cwd: string,
  pattern: RegExp,
  use: (printed: string) => Promise<unknown>,
): Promise<void> {
  const server = start(command, args, { cwd });
  try {
    const [, printed = ''] = await server.waitFor(pattern);
    await use(printed);
  } finally {
    server.child.kill();
    await server.ended;
  }
}

/** Calls a documented server by the packed client. */
export async function callServer({ consumer }: Context, baseUrl: string): Promise<void> {
  const { createTrainingCatalogClient } = await consumer.load<typeof import('../../../src/index.ts')>('');
  const { total } = await createTrainingCatalogClient({ baseUrl, apiKey: 'any' }).listModels();
  if (total !== models.length) throw new Error(`${total} models instead of ${models.length}`);
}
