/** Prints what the README claims about speed: `npm run bench -- client`, `npm run bench -- cli`. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../contract/read.ts';
import type { Row } from './measure.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    calls: { type: 'string', default: '3000' },
    runs: { type: 'string', default: '25' },
    json: { type: 'boolean', default: false },
  },
});

const here = path.join(root, 'scripts/bench');
const npm = (...args: string[]) =>
  execFileSync('npm', args, { cwd: here, stdio: ['ignore', 'ignore', 'inherit'] });
npm('run', 'build', '--prefix', root);

function print(title: string, rows: Row[]): void {
  console.log(`\n${title}`);
  for (const { name, median, q1, q3, ratio } of rows) {
    console.log(
      `  ${name.padEnd(32)} ${median.toFixed(0).padStart(5)} µs  [${q1.toFixed(0)} … ${q3.toFixed(0)}]  ${ratio.toFixed(3)}`,
    );
  }
}

async function client(): Promise<Record<string, Row[]>> {
  if (!existsSync(path.join(here, 'node_modules'))) npm('ci', '--no-audit', '--no-fund');
  const { benchClient } = await import('./client.ts');
  const calls = Number(values.calls);
  return {
    [`listModels, 20 models, ${calls} calls each, over loopback`]: await benchClient(20, calls),
    [`listModels, 100 models, ${calls} calls each, over loopback`]: await benchClient(100, calls),
  };
}

async function cli(): Promise<Record<string, Row[]>> {
  const { benchCli } = await import('./cli.ts');
  const { help, list } = await benchCli(Number(values.runs));
  return {
    [`the help, ${values.runs} processes each`]: help,
    [`a list of 20 models, ${values.runs} processes each, over loopback`]: list,
  };
}

const suites: Record<string, () => Promise<Record<string, Row[]>>> = { client, cli };
const [name = 'client'] = positionals;
const suite = suites[name];
if (!suite) throw new Error(`No benchmark '${name}'; there are ${Object.keys(suites).join(', ')}.`);
const results = await suite();
if (values.json) console.log(JSON.stringify({ [name]: results }));
else for (const [title, rows] of Object.entries(results)) print(title, rows);
