/** Runs the benchmarks of speed and size, and prints each figure with its goal. */
import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readCommandLine, refuse } from '../command-line.ts';
import { root } from '../contract/read.ts';
import type { Row } from './measure.ts';
import type { Result } from './suite.ts';
import { formatVerdicts, judge, type Verdict } from './verdict.ts';

/** In the order of the table. */
const suites = [
  'client',
  'bytes',
  'cli',
  'validation',
  'generate',
  'growth',
  'diff',
  'server',
  'mock',
  'types',
  'walk',
  'dev',
];

const usage = {
  command: 'npm run bench',
  summary: `Measures speed and size, and prints each figure with its goal. Benchmarks: ${suites.join(', ')}.`,
  words: { text: '<benchmark>...', min: 0, max: Number.POSITIVE_INFINITY },
};
const { words: names } = readCommandLine(usage);
const unknown = names.filter((name) => !suites.includes(name));
if (unknown.length > 0)
  refuse(usage, `No benchmark "${unknown.join('", "')}"; there are ${suites.join(', ')}.`);

const here = path.join(root, 'scripts/bench');
const npm = (...args: string[]) =>
  execFileSync('npm', args, { cwd: here, stdio: ['ignore', 'ignore', 'inherit'] });
const changed = (file: string) => statSync(path.join(here, file), { throwIfNoEntry: false })?.mtimeMs ?? 0;
// npm keeps a copy of the lockfile that it installed from. If it is older, the dependencies have changed.
if (changed('node_modules/.package-lock.json') < changed('package-lock.json'))
  npm('ci', '--no-audit', '--no-fund');
npm('run', 'build', '--prefix', root);

function describeRow({ name, median, q1, q3, ratio }: Row): string {
  const [unit, size] = median < 10_000 ? ['µs', 1] : ['ms', 1000];
  const [middle, low, high] = [median, q1, q3].map((time) => (time / size).toFixed(1));
  return `${name.padEnd(36)} ${middle?.padStart(9)} ${unit}  [${low} … ${high}]  ${ratio.toFixed(3)}`;
}

const verdicts: Verdict[] = [];
for (const name of suites) {
  if (names.length > 0 && !names.includes(name)) continue;
  const command = ['--import', 'tsx/esm', path.join(here, 'run-suite.ts'), name];
  const printed = execFileSync(process.execPath, command, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const { goals, details }: Result = JSON.parse(printed.toString());
  verdicts.push(...goals.map(judge));
  for (const [title, lines] of Object.entries(details)) {
    console.log(`\n${title}`);
    for (const line of lines) console.log(`  ${typeof line === 'string' ? line : describeRow(line)}`);
  }
}

const machine = `Node ${process.versions.node}, ${os.cpus().length} × ${os.cpus()[0]?.model}, ${new Date().toISOString().slice(0, 10)}`;
console.log(`\n${machine}\n\n${formatVerdicts(verdicts)}`);
