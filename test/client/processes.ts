/** Runs the scripts of `processes/`, each in a process of its own. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

interface Options {
  /** Of Node itself. */
  flags?: string[];
  env?: Record<string, string>;
  /** In milliseconds. */
  timeout?: number;
}

/** @returns what the script prints, which is JSON */
export async function runProcess(
  script: string,
  args: string[],
  { flags = [], env = {}, timeout = 60_000 }: Options = {},
): Promise<unknown> {
  const file = fileURLToPath(new URL(`processes/${script}`, import.meta.url));
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [...flags, '--import', 'tsx/esm', file, ...args],
    { timeout, env: { ...process.env, ...env } },
  );
  return JSON.parse(stdout);
}
