/** Runs Redocly's command line. */
import { createRequire } from 'node:module';
import { runNode } from './run-node.ts';

const cli = createRequire(import.meta.url).resolve('@redocly/cli/bin/cli.js');

/** @throws if it fails, with all that it printed */
export async function redocly(args: string[], cwd: string): Promise<void> {
  await runNode([cli, ...args], { cwd });
}
