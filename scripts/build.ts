/** Builds `dist/`: modules by tsdown, their types by tsc. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { readCommandLine } from './command-line.ts';
import { root } from './contract/read.ts';
import { tsc } from './run-node.ts';

readCommandLine({
  command: 'npm run build',
  summary: 'Builds dist/: modules by tsdown, their types by tsc.',
});

const steps = [
  [path.join(root, 'node_modules/tsdown/dist/run.mjs'), '--log-level', 'warn'],
  [tsc, '--project', 'tsconfig.build.json'],
];
for (const args of steps) {
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(1);
}
