/** Runs one of the project's scripts as a process of its own, from any working directory. */
import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

// By address, because `tsx` cannot be found by name from a folder elsewhere.
const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx/esm')).href;

export interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

/** `runScript('generate.ts', ['--check'], { cwd })`; a failing script is an outcome, not an exception. */
export function runScript(script: string, args: string[], { cwd = root } = {}): Promise<Outcome> {
  const command = ['--import', tsx, path.join(root, 'scripts', script), ...args];
  return new Promise((resolve) => {
    const child = execFile(process.execPath, command, { cwd }, (_, stdout, stderr) => {
      resolve({ code: child.exitCode ?? -1, stdout, stderr });
    });
  });
}
