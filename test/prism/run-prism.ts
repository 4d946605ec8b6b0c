/** Runs Prism's own CLI as a process of its own over the contract, and talks to it. */
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { catalogPath } from '../contract/from-yaml.ts';
import { root } from '../run-script.ts';

interface Answer {
  status: number;
  type: string | null;
  // biome-ignore lint/suspicious/noExplicitAny: what Prism answers is what the tests look into.
  body: any;
}

export interface Prism {
  url: string;
  /** One request to the catalog with a token, unless said otherwise. */
  ask(query?: string, headers?: Record<string, string>, init?: RequestInit): Promise<Answer>;
  stop(): Promise<void>;
}

/** Resolves once Prism listens, on a port that the system picks. */
export async function runPrism(): Promise<Prism> {
  const require = createRequire(import.meta.url);
  const cli = path.join(path.dirname(require.resolve('@stoplight/prism-cli/package.json')), 'dist/index.js');
  const contract = path.join(root, 'openapi/openapi.yaml');
  const child = spawn(process.execPath, [cli, 'mock', '--host', '127.0.0.1', '--port', '0', contract]);
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const kill = () => child.kill();
  process.once('exit', kill);
  let log = '';
  const url = await new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      log += chunk;
      const [, found] = /listening on (http:\S+)/.exec(log) ?? [];
      if (found) resolve(found);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    exited.then(() => reject(new Error(`Prism ended before it listened:\n${log}`)));
  });
  return {
    url,
    async ask(query = '', headers = {}, init = {}) {
      const response = await fetch(`${url}${catalogPath}${query}`, {
        ...init,
        headers: { authorization: 'Bearer dn_key_test', ...headers },
      });
      const text = await response.text();
      return {
        status: response.status,
        type: response.headers.get('content-type'),
        body: text === '' ? undefined : JSON.parse(text),
      };
    },
    async stop() {
      process.off('exit', kill);
      child.kill();
      await exited;
    },
  };
}
