/** Starts servers as processes and sees to it that none is left. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { root } from '../contract/read.ts';

export interface Server {
  url: string;
  stop(): Promise<void>;
  /** Stops it, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
}

/** Starts Node on something that serves, and resolves when it has printed where. */
export async function startServer(args: string[], env: Record<string, string> = {}): Promise<Server> {
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { ...process.env, ...env },
    // A child that inherits the caller's output would keep its pipe open.
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  };
  // It has either printed its address or ended.
  return { url: await readUrl(child), stop, [Symbol.asyncDispose]: stop };
}

function readUrl(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = '';
    const read = (text: Buffer) => {
      printed += text;
      const [url] = /http:\/\/[\w.]+:\d+(?=\s)/.exec(printed) ?? [];
      if (url) resolve(url);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`The server ended with ${code}: ${printed}`)));
  });
}
