/** The runtimes that run a script: Node, Bun and Deno. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { root, run } from '../../run-script.ts';
import {
  attempt,
  type Context,
  callServer,
  installed,
  type prisms,
  type Results,
  type Target,
  withServer,
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
  /** Which Prism to run the mock with too. */
  prism?: keyof typeof prisms;
}

function makeTarget({ id, title, file, args = [], server, requires, prism }: Script): Target {
  async function runEntry(folder: string, entry: string, ...more: string[]): Promise<Results> {
    const printed = await run(file, [...args, `entries/${entry}`, ...more], { cwd: folder });
    return JSON.parse(printed) as Results;
  }

  /** The README's first block for callers as it stands, with nothing but the environment set. */
  async function runFirstExample({ consumer: { folder }, urls }: Context): Promise<void> {
    const readme = await readFile(path.join(root, 'README.md'), 'utf8');
    const [, code = ''] = /```ts\n(.*?createTrainingCatalogClient.*?)```/s.exec(readme) ?? [];
    await writeFile(path.join(folder, 'first-example.mjs'), code);
    const env = { DREADNODE_SERVER: urls.plain, DREADNODE_API_KEY: 'any' };
    const printed = await run(file, [...args, 'first-example.mjs'], { cwd: folder, env });
    if (!/^\d+ of \d+$/m.test(printed)) throw new Error(`It printed: ${printed}`);
  }

  return {
    id,
    title,
    pinned: file !== process.execPath,
    async version() {
      const printed = await run(file, ['--version']);
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
      const command = [file, ...args, `snippets/${server}`] as [string, ...string[]];
      const listening = /Listening on (http:\/\/[\d.:]+)/;
      const more = await attempt({
        'README’s first example': () => runFirstExample(context),
        [server]: () => withServer(command, consumer.folder, listening, (url) => callServer(context, url)),
      });
      Object.assign(results, more);
      if (prism) Object.assign(results, await runEntry((await context.withPrism(prism)).folder, 'mock.js'));
      return results;
    },
  };
}

const node = (major: number, prism: keyof typeof prisms): Target =>
  makeTarget({
    id: `node${major}`,
    title: 'Node',
    file: installed(`node-${major}`, 'bin', 'node'),
    server: 'node-listen.js',
    requires: true,
    prism,
  });

export const scriptTargets: Target[] = [
  node(20, 'tested'),
  node(22, 'tested'),
  node(24, 'current'),
  node(26, 'current'),
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
