/** Starts child processes: the project's scripts, snippets of TypeScript, and any other command. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

// By address, because `tsx` cannot be found by name from a folder elsewhere.
const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx/esm')).href;

/** The arguments of Node that let it run TypeScript. */
export const typescript = ['--import', tsx];

interface Outcome {
  /** -1 if a signal ended the process. */
  code: number;
  stdout: string;
  stderr: string;
}

export interface Running {
  child: ChildProcess;
  /** Resolves once what was printed matches; rejects if the process ends before, or after a minute. */
  waitFor(pattern: RegExp): Promise<RegExpExecArray>;
  /** A failing command is an outcome, not an exception. */
  ended: Promise<Outcome>;
}

interface Options {
  cwd?: string;
  /** Beside the variables of this process. */
  env?: Record<string, string> | undefined;
  /** Of the variables of this process, only where programs and the user's folder are. */
  clean?: boolean;
}

/** Starts a command, which is ended after ten minutes. */
export function start(command: string, args: string[], { cwd = root, env, clean }: Options = {}): Running {
  const { PATH, HOME } = process.env;
  const child = spawn(command, args, {
    cwd,
    env: { ...(clean ? { PATH, HOME } : process.env), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 600_000,
  });
  const printed = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text) => {
      printed[name] += text;
    });
  }
  const ended = new Promise<Outcome>((resolve, reject) => {
    child.once('error', reject).once('close', (code) => resolve({ code: code ?? -1, ...printed }));
  });
  const waitFor = (pattern: RegExp) =>
    new Promise<RegExpExecArray>((resolve, reject) => {
      const look = () => {
        const match = pattern.exec(printed.stdout + printed.stderr);
        if (match) resolve(match);
      };
      child.stdout.on('data', look);
      child.stderr.on('data', look);
      look();
      const fail = () => reject(new Error(`${command} did not print ${pattern}: ${JSON.stringify(printed)}`));
      setTimeout(fail, 60_000).unref();
      ended.then(fail, reject);
    });
  return { child, waitFor, ended };
}

/** Runs a command to its end and returns its standard output; throws with all that it printed if it fails. */
export async function run(command: string, args: string[], options?: Options): Promise<string> {
  const { code, stdout, stderr } = await start(command, args, options).ended;
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}\n${stdout}${stderr}`);
  return stdout;
}

/** Runs one of the project's scripts: `runScript('generate.ts', ['--check'], { cwd })`. */
export const runScript = (script: string, args: string[], options?: Options) =>
  start(process.execPath, [...typescript, path.join(root, 'scripts', script), ...args], options).ended;

/** Runs a module of TypeScript. */
export const runSnippet = (code: string, options?: Options) =>
  start(process.execPath, [...typescript, '--input-type=module', '-e', code], options).ended;
