/**
 * Lints the contract by Redocly and the code by Biome, from any working directory; any finding fails.
 * With files as arguments, lints these as contracts and nothing else.
 */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { readCommandLine } from './command-line.ts';
import { contractPath, root } from './contract/read.ts';
import { quiet } from './redocly.ts';

const require = createRequire(import.meta.url);

/** Runs a package's own executable under this Node, without a shell, so that any path will do. */
function run(pkg: string, bin: string, args: string[]): boolean {
  const script = path.join(path.dirname(require.resolve(`${pkg}/package.json`)), bin);
  const { status } = spawnSync(process.execPath, [script, ...args], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...quiet },
  });
  return status === 0;
}

function lintContracts(files: string[]): boolean {
  const contracts = files.map((file) => path.relative(root, path.resolve(file)));
  const config = ['--config', 'redocly.yaml', '--lint-config', 'error'];
  return run('@redocly/cli', 'bin/cli.js', ['lint', ...contracts, ...config]);
}

const { words: named } = readCommandLine({
  command: 'npm run lint',
  summary: 'Lints the contract and the code, or the contracts that are named and nothing else.',
  words: { text: '<file>...', min: 0, max: Number.POSITIVE_INFINITY },
});
const results =
  named.length > 0
    ? [lintContracts(named)]
    : [lintContracts([contractPath]), run('@biomejs/biome', 'bin/biome', ['check'])];
if (results.includes(false)) process.exitCode = 1;
