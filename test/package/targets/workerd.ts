/** The runtime of Cloudflare Workers. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { run } from '../consumer.ts';
import { bundle } from './bundle.ts';
import { withServer } from './serve.ts';
import { attempt, type Context, callServer, installed, type Results, type Target } from './target.ts';

const file = installed('@cloudflare', 'workerd-linux-64', 'bin', 'workerd');

/** A worker on a free port that may call this machine and nothing else. No compatibility flags are needed. */
const configure = (
  modules: string[],
  variables: Record<string, string>,
) => `using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "main", worker = .worker),
    (name = "internet", network = (allow = ["local"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);

const worker :Workerd.Worker = (
  modules = [${modules.map((name) => `(name = "${name}", esModule = embed "${name}")`).join(', ')}],
  bindings = [${Object.entries(variables)
    .map(([name, text]) => `(name = "${name}", text = "${text}")`)
    .join(', ')}],
  compatibilityDate = "2025-01-01",
);
`;

/** It says `{"event":"listen","socket":"http","port":43215}`. */
function findPort(printed: string): string | undefined {
  const port = /"port":(\d+)/.exec(printed)?.[1];
  return port && `http://127.0.0.1:${port}`;
}

/** Runs an entry of the consumer's with these variables of its environment, and hands its address to `use`. */
export async function withWorker(
  { consumer }: Context,
  entry: string,
  use: (url: string) => Promise<unknown>,
  variables: Record<string, string> = {},
): Promise<void> {
  const folder = path.join(consumer.folder, `worker-${entry.replaceAll(/\W/g, '-')}`);
  await mkdir(folder, { recursive: true });
  const chunks = await bundle(consumer, entry);
  for (const [name, code] of chunks) await writeFile(path.join(folder, name), code);
  await writeFile(
    path.join(folder, 'config.capnp'),
    configure(
      chunks.map(([name]) => name),
      variables,
    ),
  );
  await withServer([file, 'serve', 'config.capnp', '--control-fd=3'], folder, findPort, use);
}

export const workerd: Target = {
  id: 'workerd',
  title: 'workerd',
  pinned: true,
  version: async () => (await run(file, ['--version'], { cwd: '.' })).replace('workerd ', '').trim(),
  async check(context) {
    let results: Results = {};
    await withWorker(context, 'entries/worker.js', async (url) => {
      const response = await fetch(url, { method: 'POST', body: JSON.stringify(context.urls) });
      results = (await response.json()) as Results;
    });
    const served = await attempt('worker.js', () =>
      withWorker(context, 'snippets/worker.js', (url) => callServer(context, url)),
    );
    return { ...results, ...served };
  },
};
