/** The runtime of Cloudflare Workers. */
import path from 'node:path';
import { run } from '../../run-script.ts';
import { bundle } from './bundle.ts';
import {
  attempt,
  type Context,
  callServer,
  installed,
  type Results,
  type Target,
  withServer,
  writeFiles,
} from './target.ts';

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

/** Runs an entry of the consumer's with these variables of its environment, and hands its address to `use`. */
export async function withWorker(
  { consumer }: Context,
  entry: string,
  use: (url: string) => Promise<unknown>,
  variables: Record<string, string> = {},
): Promise<void> {
  const folder = path.join(consumer.folder, `worker-${entry.replaceAll(/\W/g, '-')}`);
  const chunks = Object.fromEntries(await bundle(consumer, entry));
  await writeFiles(folder, { ...chunks, 'config.capnp': configure(Object.keys(chunks), variables) });
  // It prints `{"event":"listen","socket":"http","port":43215}`.
  await withServer([file, 'serve', 'config.capnp', '--control-fd=1'], folder, /"port":(\d+)/, (port) =>
    use(`http://127.0.0.1:${port}`),
  );
}

export const workerd: Target = {
  id: 'workerd',
  title: 'workerd',
  pinned: true,
  version: async () => (await run(file, ['--version'])).replace('workerd ', '').trim(),
  async check(context) {
    let results: Results = {};
    await withWorker(context, 'entries/worker.js', async (url) => {
      const response = await fetch(url, { method: 'POST', body: JSON.stringify(context.urls) });
      results = (await response.json()) as Results;
    });
    const served = await attempt({
      'worker.js': () => withWorker(context, 'snippets/worker.js', (url) => callServer(context, url)),
    });
    return { ...results, ...served };
  },
};
