/** The runtimes that run a script: Node, Bun and Deno. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { run } from '../consumer.ts';
import { findListening, withServer } from './serve.ts';
import {
  attempt,
  type Context,
  callServer,
  installed,
  type Results,
  readFirstExample,
  type Target,
} from './target.ts';

interface Script {
  id: string;
  title: string;
  file: string;
  /** Before a script's name. */
  args?: string[];
  /** The documented server, in `snippets/`. */
  server: string;
  /** Whether `require()` of an ES module is there. */
  requires?: boolean;
  /** Whether to run the Prism mock too. */
  mock?: boolean;
}

function makeTarget({ id, title, file, args = [], server, requires, mock }: Script): Target {
  async function runEntry(folder: string, entry: string, ...more: string[]): Promise<Results> {
    const printed = await run(file, [...args, `entries/${entry}`, ...more], { cwd: folder });
    return JSON.parse(printed) as Results;
  }

  /** As the README shows it, with nothing but the environment set. */
  async function runFirstExample({ consumer, urls }: Context): Promise<void> {
    await writeFile(path.join(consumer.folder, 'first-example.mjs'), await readFirstExample());
    const env = { ...process.env, DREADNODE_SERVER: urls.plain, DREADNODE_API_KEY: 'any' };
    const printed = await run(file, [...args, 'first-example.mjs'], { cwd: consumer.folder, env });
    if (!/^\d+ of \d+$/m.test(printed)) throw new Error(`It printed: ${printed}`);
  }

  return {
    id,
    title,
    pinned: file !== process.execPath,
    async version() {
      const printed = await run(file, ['--version'], { cwd: '.' });
      return /\d+\.\d+\.\d+/.exec(printed)?.[0] ?? printed;
    },
    async check(context) {
      const { consumer, urls } = context;
      const addresses = JSON.stringify(urls);
      const results = await runEntry(consumer.folder, 'import.js', addresses);
      if (requires) {
        const required = await runEntry(consumer.folder, 'require.cjs', addresses);
        for (const [name, result] of Object.entries(required)) results[`require: ${name}`] = result;
      }
      Object.assign(results, await attempt('README’s first example', () => runFirstExample(context)));
      const command = [file, ...args, `snippets/${server}`] as [string, ...string[]];
      Object.assign(
        results,
        await attempt(server, () =>
          withServer(command, consumer.folder, findListening, (url) => callServer(context, url)),
        ),
      );
      if (mock) Object.assign(results, await runEntry((await context.withPeers()).folder, 'mock.js'));
      return results;
    },
  };
}

const node = (major: number, mock: boolean): Target =>
  makeTarget({
    id: `node${major}`,
    title: 'Node',
    file: installed(`node-${major}`, 'bin', 'node'),
    server: 'node-listen.js',
    requires: true,
    mock,
  });

export const scriptTargets: Target[] = [
  node(20, false),
  node(22, false),
  node(24, true),
  node(26, true),
  makeTarget({
    id: 'bun',
    title: 'Bun',
    file: installed('@oven', 'bun-linux-x64-baseline', 'bin', 'bun'),
    server: 'bun-serve.js',
    requires: true,
  }),
  makeTarget({
    id: 'deno',
    title: 'Deno',
    file: installed('@deno', 'linux-x64-glibc', 'deno'),
    args: ['run', '--no-remote', '--allow-net=127.0.0.1', '--allow-env'],
    server: 'deno-serve.js',
  }),
];
