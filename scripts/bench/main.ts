/** Runs the benchmarks of speed and size, and prints each figure with its goal. */
import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readCommandLine, refuse, wholeNumber } from '../command-line.ts';
import { root } from '../contract/read.ts';
import type { Row } from './measure.ts';
import type { Result } from './suite.ts';
import { formatVerdicts, judge } from './verdict.ts';

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

const count = (help: string) => ({ value: '<count>', help, read: wholeNumber(1) });
const usage = {
  command: 'npm run bench',
  summary: `Measures speed and size, and prints each figure with its goal. Benchmarks: ${suites.join(', ')}.`,
  options: {
    calls: count('calls within a process (3000)'),
    runs: count('processes, where one takes a fraction of a second (25)'),
    'long-runs': count('processes, where one takes seconds (7)'),
    json: { help: 'print all figures as JSON' },
  },
  words: { text: '<benchmark>...', min: 0, max: Number.POSITIVE_INFINITY },
};
const { values, words: names } = readCommandLine(usage);
const unknown = names.filter((name) => !suites.includes(name));
if (unknown.length > 0)
  refuse(usage, `No benchmark "${unknown.join('", "')}"; there are ${suites.join(', ')}.`);
const effort = {
  calls: values.calls ?? 3000,
  runs: values.runs ?? 25,
  longRuns: values['long-runs'] ?? 7,
};

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

const results: Record<string, Result> = {};
for (const name of suites) {
  if (names.length > 0 && !names.includes(name)) continue;
  const command = ['--import', 'tsx/esm', path.join(here, 'run-suite.ts'), name, JSON.stringify(effort)];
  const printed = execFileSync(process.execPath, command, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const result: Result = JSON.parse(printed.toString());
  results[name] = result;
  if (values.json) continue;
  for (const [title, lines] of Object.entries(result.details)) {
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
