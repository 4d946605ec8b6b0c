/** Runs TypeScript files and snippets of this repository in a process of their own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

export const root = path.resolve(import.meta.dirname, '../..');

/** An absolute address, so that it is found from any working directory. */
const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx/esm')).href;

export interface Running {
  child: ChildProcess;
  output(): { stdout: string; stderr: string };
  /** Resolves once stdout matches, with the match; rejects if the process ends before. */
  waitFor(pattern: RegExp): Promise<RegExpExecArray>;
  ended: Promise<number | NodeJS.Signals>;
}

/** The runner's own variables would reach the child, and npm's would change what it does. */
function cleanEnv(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(npm_|VITEST|NODE_ENV)/.test(name)),
  );
}

export function run(command: string, args: string[], cwd = root): Running {
  const child = spawn(command, args, { cwd, env: cleanEnv(), stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text) => (stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text) => (stderr += text));
  const ended = once(child, 'close').then(([code, signal]) => code ?? signal);
  const waitFor = (pattern: RegExp) =>
    new Promise<RegExpExecArray>((resolve, reject) => {
      const look = () => {
        const match = pattern.exec(stdout);
        if (match) resolve(match);
      };
      child.stdout?.on('data', look);
      look();
      ended.then(
        (code) => reject(new Error(`Ended with ${code} before ${pattern}: ${stdout}${stderr}`)),
        reject,
      );
    });
  return { child, output: () => ({ stdout, stderr }), waitFor, ended };
}

export const runScript = (file: string, ...args: string[]) =>
  run(process.execPath, ['--import', loader, file, ...args]);

export const runSnippet = (code: string, cwd = root) =>
  run(process.execPath, ['--import', loader, '--input-type=module', '-e', code], cwd);
