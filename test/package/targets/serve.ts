/** Runs a server as a process of its own until told to stop. */
import { spawn } from 'node:child_process';
import type { Readable } from 'node:stream';

/**
 * Starts the command and hands its address to `use`; the process ends afterwards.
 *
 * @param findUrl - Told all that was printed so far, on the outputs and on descriptor 3.
 */
export async function withServer(
  [file, ...args]: [string, ...string[]],
  cwd: string,
  findUrl: (printed: string) => string | undefined,
  use: (url: string) => Promise<unknown>,
): Promise<void> {
  const child = spawn(file, args, { cwd, stdio: ['ignore', 'pipe', 'pipe', 'pipe'] });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  let printed = '';
  try {
    const url = await new Promise<string>((resolve, reject) => {
      const fail = (why: string) => reject(new Error(`${file} ${why}\n${printed}`));
      setTimeout(fail, 60_000, 'did not start in a minute').unref();
      child.once('error', reject);
      child.once('close', (code) => fail(`ended with ${code}`));
      for (const output of child.stdio.slice(1) as Readable[]) {
        output.setEncoding('utf8').on('data', (text: string) => {
          printed += text;
          const found = findUrl(printed);
          if (found) resolve(found);
        });
      }
    });
    await use(url);
  } finally {
    child.kill();
    await ended;
  }
}

/** `Listening on http://127.0.0.1:4010/` gives `http://127.0.0.1:4010`. */
export const findListening = (printed: string) => /Listening on (http:\/\/[\d.:]+)/.exec(printed)?.[1];
