/** Prints what is promised of speed and size, measured here and now: `npm run bench`, or one suite of it. */
import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../contract/read.ts';
import type { Row } from './measure.ts';
import type { Result, Suite } from './suite.ts';
import { formatVerdicts, judge } from './verdict.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    calls: { type: 'string', default: '3000' },
    runs: { type: 'string', default: '25' },
    'long-runs': { type: 'string', default: '7' },
    json: { type: 'boolean', default: false },
  },
});

const here = path.join(root, 'scripts/bench');
const npm = (...args: string[]) =>
  execFileSync('npm', args, { cwd: here, stdio: ['ignore', 'ignore', 'inherit'] });
const changed = (file: string) => statSync(path.join(here, file), { throwIfNoEntry: false })?.mtimeMs ?? 0;
// npm leaves a copy of the lockfile behind, so an older copy means that the peers are other ones by now.
if (changed('node_modules/.package-lock.json') < changed('package-lock.json'))
  npm('ci', '--no-audit', '--no-fund');
npm('run', 'build', '--prefix', root);

/** In the order of the table. Each is loaded when its turn comes, so that none runs in what another left. */
const suites: Record<string, () => Promise<{ run: Suite }>> = {
  client: () => import('./client.ts'),
  bytes: () => import('./bytes.ts'),
  cli: () => import('./cli.ts'),
  validation: () => import('./validation.ts'),
  generate: () => import('./generate.ts'),
  server: () => import('./server.ts'),
  mock: () => import('./mock.ts'),
  types: () => import('./types.ts'),
  walk: () => import('./walk.ts'),
  dev: () => import('./dev.ts'),
};

function readCount(name: 'calls' | 'runs' | 'long-runs'): number {
  const count = Number(values[name]);
  if (Number.isInteger(count) && count > 0) return count;
  throw new Error(`--${name} must be a whole number from 1, not '${values[name]}'.`);
}

const describeRow = ({ name, median, q1, q3, ratio }: Row) =>
  `${name.padEnd(36)} ${median.toFixed(1).padStart(9)} µs  [${q1.toFixed(1)} … ${q3.toFixed(1)}]  ${ratio.toFixed(3)}`;

const unknown = positionals.filter((name) => !(name in suites));
if (unknown.length > 0) {
  throw new Error(`No benchmark '${unknown.join("', '")}'; there are ${Object.keys(suites).join(', ')}.`);
}
const effort = { calls: readCount('calls'), runs: readCount('runs'), longRuns: readCount('long-runs') };
const results: Record<string, Result> = {};
for (const [name, load] of Object.entries(suites)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  results[name] = await (await load()).run(effort);
  if (values.json) continue;
  for (const [title, lines] of Object.entries(results[name].details)) {
    console.log(`\n${title}`);
    for (const line of lines) console.log(`  ${typeof line === 'string' ? line : describeRow(line)}`);
  }
}

const machine = `Node ${process.versions.node}, ${os.cpus().length} × ${os.cpus()[0]?.model}, ${new Date().toISOString().slice(0, 10)}`;
const verdicts = Object.values(results).flatMap(({ goals }) => goals.map(judge));
console.log(
  values.json
    ? JSON.stringify({ machine, verdicts, results }, null, 2)
    : `\n${machine}\n\n${formatVerdicts(verdicts)}`,
);
