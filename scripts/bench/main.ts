/** Measures speed and size beside other tools, prints every figure, and fails where one is beyond its guard. */
import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { readCommandLine, refuse } from '../command-line.ts';
import { root } from '../contract/read.ts';
import type { Benchmark, Figure, Tables } from './measure.ts';

/** What a benchmark measures, and for how many seconds on two idle cores. */
const benchmarks: Record<string, { about: string; seconds: number }> = {
  client: { about: 'a call over loopback, beside bare fetch and other clients', seconds: 40 },
  bytes: { about: 'what a page loads, beside other clients', seconds: 3 },
  validation: { about: 'the check of 100 models, beside JSON.parse, zod and valibot', seconds: 3 },
  generate: { about: 'npm run generate, beside the two commands that it replaces', seconds: 20 },
  growth: { about: 'what 1, 10 and 100 operations cost', seconds: 45 },
  mock: { about: 'how soon the mock answers, beside the command of Prism', seconds: 15 },
  server: { about: 'requests to the reference server, beside Prism', seconds: 20 },
};

const here = path.join(root, 'scripts/bench');
const names = Object.keys(benchmarks);
const usage = {
  command: 'npm run bench',
  summary: `Measures speed and size; ends with 1 where a figure is beyond its guard. Benchmarks: ${names.join(', ')}.`,
  words: '[benchmark...]',
};

/** Runs the work in a folder that is removed afterwards. */
async function inScratch<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const parent = path.join(here, 'node_modules', '.scratch');
  await mkdir(parent, { recursive: true });
  const folder = await mkdtemp(path.join(parent, 'run-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

function formatNumber(value: number, unit: Figure['unit']): string {
  // A ratio such as 0.054 needs three digits.
  const ratioDigits = value < 0.1 ? 3 : 2;
  const digits = { '×': ratioDigits, ms: 0, µs: 1, bytes: 0 }[unit];
  return value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

const isBeyond = ({
  median,
  atMost = Number.POSITIVE_INFINITY,
  atLeast = Number.NEGATIVE_INFINITY,
}: Figure) => median > atMost || median < atLeast;

function formatFigure(figure: Figure): string {
  const { what, unit, median, q1, q3, ratio, atMost, atLeast } = figure;
  const number = (value: number) => formatNumber(value, unit);
  const middle = q1 === q3 ? '' : `[${number(q1)} … ${number(q3)}]`;
  const line = `  ${what.padEnd(56)} ${number(median).padStart(8)} ${unit.padEnd(5)} ${middle.padEnd(18)}`;
  if (ratio !== undefined) return `${line} ${formatNumber(ratio, '×')} ×`;
  const guard = atMost === undefined ? atLeast : atMost;
  if (guard === undefined) return line.trimEnd();
  const sign = atMost === undefined ? '≥' : '≤';
  return `${line} guard ${sign} ${number(guard)}${isBeyond(figure) ? '  EXCEEDED' : ''}`;
}

const { words } = readCommandLine(usage);
const unknown = words.find((name) => !names.includes(name));
if (unknown !== undefined) refuse(usage, `There is no benchmark "${unknown}", but ${names.join(', ')}.`);
const chosen = Object.entries(benchmarks).filter(([name]) => words.length === 0 || words.includes(name));

const seconds = chosen.reduce((sum, [, benchmark]) => sum + benchmark.seconds, 0);
console.log(
  `Measures ${chosen.map(([name]) => name).join(', ')}, which takes about ${seconds} s on two idle cores.`,
);
// npm keeps a copy of the lockfile that it installed from. If it is older, the peers have changed.
const changed = (file: string) => statSync(path.join(here, file), { throwIfNoEntry: false })?.mtimeMs ?? 0;
if (changed('node_modules/.package-lock.json') < changed('package-lock.json')) {
  console.log('First installs the peers in scripts/bench, once.');
  execFileSync('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: here,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

const problems: string[] = [];
for (const [name, benchmark] of chosen) {
  console.log(`\n${name}: ${benchmark.about} (about ${benchmark.seconds} s)`);
  const { run }: { run: Benchmark } = await import(`./${name}.ts`);
  const tables = await inScratch(run).catch((error: Error): Tables => {
    problems.push(`${name} failed: ${error.message}`);
    return {};
  });
  for (const [title, figures] of Object.entries(tables)) {
    console.log(`\n  ${title}`);
    for (const figure of figures) console.log(formatFigure(figure));
    const exceeded = figures.filter(isBeyond);
    problems.push(...exceeded.map(({ what }) => `${name}: ${what} is beyond its guard.`));
  }
}

const day = new Date().toISOString().slice(0, 10);
console.log(`\nNode ${process.versions.node}, ${os.cpus().length} × ${os.cpus()[0]?.model}, ${day}`);
if (problems.length > 0) {
  console.error(`\n${problems.join('\n')}`);
  process.exitCode = 1;
}
