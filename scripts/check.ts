/** Runs the checks that `npm test` begins with, side by side, and prints the output of one after the other. */
import path from 'node:path';
import { readCommandLine } from './command-line.ts';
import { root } from './contract/read.ts';
import { tryNode, tsc } from './run-node.ts';

readCommandLine({
  command: 'npx tsx scripts/check.ts',
  summary: 'Runs the type checker, lint, generate --check and diff side by side.',
});

const script = (name: string, ...args: string[]) => [
  '--import',
  'tsx/esm',
  path.join(root, 'scripts', name),
  ...args,
];
const checks = [
  [tsc, '--project', root],
  script('lint.ts'),
  script('generate.ts', '--check'),
  script('diff.ts'),
];

const outcomes = checks.map((args) => tryNode(args));
for (const outcome of outcomes) {
  const { passed, stdout, stderr } = await outcome;
  process.stdout.write(stdout + stderr);
  if (!passed) process.exitCode = 1;
}
