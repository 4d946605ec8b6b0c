/** Runs the checks that `npm test` begins with, side by side, and prints the output of one after the other. */
import path from 'node:path';
import { readCommandLine } from './command-line.ts';
import { root } from './contract/read.ts';
import { tryNode } from './run-node.ts';

readCommandLine({
  command: 'npx tsx scripts/check.ts',
  summary: 'Runs lint, generate --check and diff side by side.',
});

const checks = [['lint.ts'], ['generate.ts', '--check'], ['diff.ts']] as const;

const outcomes = checks.map(([script, ...args]) =>
  tryNode(['--import', 'tsx/esm', path.join(root, 'scripts', script), ...args]),
);
for (const outcome of outcomes) {
  const { passed, stdout, stderr } = await outcome;
  process.stdout.write(stdout + stderr);
  if (!passed) process.exitCode = 1;
}
