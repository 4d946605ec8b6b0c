/** Runs the scripts of `processes/`, each in a process of its own. */
import path from 'node:path';
import { root, run, typescript } from '../run-script.ts';

interface Options {
  /** Of Node itself. */
  flags?: string[];
  env?: Record<string, string>;
}

/** @returns what the script prints, which is JSON */
export async function runProcess(script: string, args: string[], options: Options = {}): Promise<unknown> {
  const { flags = [], env = {} } = options;
  const file = path.join(root, 'test/client/processes', script);
  return JSON.parse(await run(process.execPath, [...flags, ...typescript, file, ...args], { env }));
}
