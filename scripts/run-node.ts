/** Runs a Node program as a process and collects what it prints. */
import { execFile } from 'node:child_process';
import path from 'node:path';
import { root } from './contract/read.ts';

/**
 * The compiler as a program. It takes a fifth of the time of TypeScript 5, which openapi-typescript needs and of which
 * only the API is used.
 */
export const tsc = path.join(root, 'node_modules/typescript-7/bin/tsc');

interface Outcome {
  passed: boolean;
  stdout: string;
  stderr: string;
}

/** Redocly's command line sends usage data and looks for updates unless these say otherwise. */
const redoclyQuiet = { REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };

/** @param args the program's file and its arguments, or options of Node */
export function tryNode(
  args: readonly string[],
  { cwd = root, ...rest }: { cwd?: string; signal?: AbortSignal } = {},
): Promise<Outcome> {
  const options = { ...rest, cwd, env: { ...process.env, ...redoclyQuiet }, maxBuffer: Infinity };
  return new Promise((resolve) => {
    execFile(process.execPath, args, options, (error, stdout, stderr) => {
      // A program that was killed may have printed nothing. Then Node's message names it.
      const silent = stdout === '' && stderr === '';
      resolve({ passed: !error, stdout, stderr: error && silent ? `${error.message}\n` : stderr });
    });
  });
}

/** @throws if the program fails, with all that it printed */
export async function runNode(...call: Parameters<typeof tryNode>): Promise<string> {
  const { passed, stdout, stderr } = await tryNode(...call);
  if (!passed) throw new Error(`node ${call[0].join(' ')} failed:\n${stdout}${stderr}`);
  return stdout;
}
