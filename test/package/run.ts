/** Tests the packed package on every runtime and compiler, and prints the table of what ran. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { readCommandLine, refuse } from '../../scripts/command-line.ts';
import { run } from '../run-script.ts';
import { type Consumer, install, pack } from './consumer.ts';
import { startServers } from './servers.ts';
import { chromium, serviceWorker } from './targets/chromium.ts';
import { fetchLibraries } from './targets/fetch-libraries.ts';
import { pnpm } from './targets/pnpm.ts';
import { jest, recipes } from './targets/recipes.ts';
import { scriptTargets } from './targets/script.ts';
import { installed, prisms, runtimes, type Target } from './targets/target.ts';
import { typescriptTargets, workersTypes } from './targets/typescript.ts';
import { workerd } from './targets/workerd.ts';

const all = [
  ...scriptTargets,
  workerd,
  chromium,
  serviceWorker,
  jest,
  ...typescriptTargets,
  workersTypes,
  ...fetchLibraries,
  pnpm,
  recipes,
];

const usage = {
  command: 'npm run test:runtimes',
  summary: 'Tests the packed package on every runtime and compiler.',
  options: {
    only: { value: '<names>', help: `some of them, with commas: ${all.map(({ id }) => id).join(',')}` },
  },
};

function readTargets(): Target[] {
  const { only } = readCommandLine(usage).values;
  if (only === undefined) return all;
  return only.split(',').map((id) => {
    const target = all.find((candidate) => candidate.id === id);
    if (!target) refuse(usage, `No runtime "${id}". There are: ${all.map(({ id }) => id).join(', ')}.`);
    return target;
  });
}

/** Over a gigabyte, hence only when something pinned is asked for and the pins have changed. */
async function installRuntimes(): Promise<void> {
  const pins = await readFile(path.join(runtimes, 'package-lock.json'), 'utf8');
  const mark = installed('.pins.json');
  if ((await readFile(mark, 'utf8').catch(() => '')) === pins) return;
  console.log('Installing the pinned runtimes, once.');
  await run('npm', ['ci', '--no-audit', '--no-fund'], { cwd: runtimes });
  await writeFile(mark, pins);
}

const targets = readTargets();
if (targets.some(({ pinned }) => pinned)) await installRuntimes();
const packed = await pack();
const consumer = await install(packed);
const consumers = new Map<string, Promise<Consumer>>();

function withPrism(version: keyof typeof prisms): Promise<Consumer> {
  const packages = Object.entries(prisms[version]).map(([name, number]) => `${name}@${number}`);
  const found = consumers.get(version) ?? install(packed, packages);
  consumers.set(version, found);
  return found;
}

const rows: string[][] = [];
const failures: string[] = [];
for (const target of targets) {
  const servers = await startServers(consumer);
  const began = performance.now();
  const version = await target.version().catch(() => 'not to be had');
  try {
    const context = {
      packed,
      consumer,
      withPrism,
      urls: servers.urls,
    };
    const results = Object.entries(await target.check(context));
    const failed = results.filter(([, result]) => result !== 'passed');
    for (const [name, result] of failed) failures.push(`${target.title} ${version}, ${name}: ${result}`);
    if (results.length === 0) failures.push(`${target.title} ${version}: nothing ran`);
    rows.push([target.title, version, `${results.length - failed.length} of ${results.length} passed`]);
  } catch (error) {
    failures.push(`${target.title} ${version}: ${error}`);
    rows.push([target.title, version, 'FAILED']);
  } finally {
    await servers.close();
  }
  console.error(`${target.id}: ${rows.at(-1)?.[2]}, ${((performance.now() - began) / 1000).toFixed(1)} s`);
}

const heads = ['runtime', 'version', 'checks'];
const widths = heads.map((head, i) => Math.max(...[heads, ...rows].map((row) => (row[i] ?? head).length)));
const line = (row: string[]) => `| ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`;
console.log([line(heads), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n'));
for (const failure of failures) console.error(`\n${failure}`);
if (failures.length > 0) process.exitCode = 1;

for (const each of await Promise.all(consumers.values())) await each.remove();
await Promise.all([consumer.remove(), packed.remove()]);
