/** Lints the contract by Redocly and the code by Biome, from any working directory; any finding fails. */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { contractPath, root } from './contract/read.ts';

const require = createRequire(import.meta.url);

/** Runs a package's own executable under this Node, without a shell, so that any path will do. */
function run(pkg: string, bin: string, args: string[]): boolean {
  const script = path.join(path.dirname(require.resolve(`${pkg}/package.json`)), bin);
  const { status } = spawnSync(process.execPath, [script, ...args], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
  });
  return status === 0;
}

const contract = path.relative(root, path.resolve(process.argv[2] ?? contractPath));
const results = [
  run('@redocly/cli', 'bin/cli.js', ['lint', contract, '--config', 'redocly.yaml', '--lint-config', 'error']),
  run('@biomejs/biome', 'bin/biome', ['check']),
];
if (results.includes(false)) process.exitCode = 1;
