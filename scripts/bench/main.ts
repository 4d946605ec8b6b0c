/** Prints what the README claims about speed and size: `npm run bench -- client`. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../contract/read.ts';
import type { Row } from './measure.ts';

const { values } = parseArgs({
  allowPositionals: true,
  options: { calls: { type: 'string', default: '3000' }, json: { type: 'boolean', default: false } },
});

const here = path.join(root, 'scripts/bench');
const npm = (...args: string[]) =>
  execFileSync('npm', args, { cwd: here, stdio: ['ignore', 'ignore', 'inherit'] });
if (!existsSync(path.join(here, 'node_modules'))) npm('ci', '--no-audit', '--no-fund');
npm('run', 'build', '--prefix', root);

function print(title: string, rows: Row[]): void {
  console.log(`\n${title}`);
  for (const { name, median, q1, q3, ratio } of rows) {
    console.log(
      `  ${name.padEnd(32)} ${median.toFixed(0).padStart(5)} µs  [${q1.toFixed(0)} … ${q3.toFixed(0)}]  ${ratio.toFixed(3)}`,
    );
  }
}

const { benchClient } = await import('./client.ts');
const calls = Number(values.calls);
const results = { 20: await benchClient(20, calls), 100: await benchClient(100, calls) };
if (values.json) console.log(JSON.stringify({ client: results }));
else
  for (const [models, rows] of Object.entries(results))
    print(`listModels, ${models} models, ${calls} calls each, over loopback`, rows);
