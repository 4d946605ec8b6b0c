/** Builds `dist/`: modules by tsdown, their types by tsc. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { readCommandLine } from './command-line.ts';
import { root } from './contract/read.ts';

readCommandLine({
  command: 'npm run build',
  summary: 'Builds dist/: modules by tsdown, their types by tsc.',
});

const steps = [
  ['tsdown/dist/run.mjs', '--log-level', 'warn'],
  ['typescript/lib/tsc.js', '--project', 'tsconfig.build.json'],
] as const;
for (const [program, ...args] of steps) {
  const file = path.join(root, 'node_modules', program);
  const { status } = spawnSync(process.execPath, [file, ...args], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(1);
}
