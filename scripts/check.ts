/** The checks that `npm test` begins with, side by side; prints what each has to say, one after the other. */
import { execFile } from 'node:child_process';
import path from 'node:path';
import { readCommandLine } from './command-line.ts';
import { root } from './contract/read.ts';

readCommandLine({
  command: 'npx tsx scripts/check.ts',
  summary: 'Runs lint, generate --check and diff side by side.',
});

const checks = [['lint.ts'], ['generate.ts', '--check'], ['diff.ts']] as const;

function run(script: string, args: string[]): Promise<{ passed: boolean; printed: string }> {
  const command = ['--import', 'tsx/esm', path.join(root, 'scripts', script), ...args];
  return new Promise((resolve) => {
    execFile(process.execPath, command, { cwd: root }, (error, stdout, stderr) =>
      resolve({ passed: !error, printed: stdout + stderr }),
    );
  });
}

for (const outcome of checks.map(([script, ...args]) => run(script, args))) {
  const { passed, printed } = await outcome;
  process.stdout.write(printed);
  if (!passed) process.exitCode = 1;
}
