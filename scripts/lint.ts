/**
 * Lints the contract by Redocly and the code by Biome, from any working directory. Any finding fails, and only
 * then is a tool's output shown. With files as arguments, lints these as contracts and nothing else.
 */
import { createRequire } from 'node:module';
import path from 'node:path';
import { readCommandLine } from './command-line.ts';
import { contractPath, root } from './contract/read.ts';
import { tryNode } from './run-node.ts';

const require = createRequire(import.meta.url);

async function run(executable: string, args: string[]): Promise<void> {
  const { passed, stdout, stderr } = await tryNode([require.resolve(executable), ...args]);
  if (passed) return;
  process.stdout.write(stdout);
  process.stderr.write(stderr);
  process.exitCode = 1;
}

function lintContracts(files: string[]): Promise<void> {
  const contracts = files.map((file) => path.relative(root, path.resolve(file)));
  const config = ['--config', 'redocly.yaml', '--lint-config', 'error'];
  return run('@redocly/cli/bin/cli.js', ['lint', ...contracts, ...config]);
}

const { words: files } = readCommandLine({
  command: 'npm run lint',
  summary: 'Lints the contract and the code, or the contracts that are named and nothing else.',
  words: '[file...]',
});
if (files.length > 0) await lintContracts(files);
else {
  await Promise.all([
    lintContracts([contractPath]),
    run('@biomejs/biome/bin/biome', ['check', '--error-on-warnings']),
  ]);
}
