/** Asks git. */
import { execFileSync } from 'node:child_process';

/** @throws if git fails, or is not there */
export function git(directory: string, ...args: string[]): string {
  return execFileSync('git', args, {
    cwd: directory,
    encoding: 'utf8',
    maxBuffer: 1e9,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Undefined where git fails. */
export function tryGit(directory: string, ...args: string[]): string | undefined {
  try {
    return git(directory, ...args).trim();
  } catch {
    return undefined;
  }
}
