/** Measures `npm run dev` on this contract: from a save to the regenerated files, in milliseconds. */
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseDocument } from 'yaml';
import { list_training_catalog_endpoint as catalog } from '../../generated/operations.ts';
import { contractPath, root } from '../contract/read.ts';
import { startDev } from '../dev.ts';
import { type Figure, spread } from './measure.ts';
import type { Suite } from './suite.ts';

const saves = 25;
/** The first saves run code that is not compiled yet, so they don't count. */
const warmUp = 5;

const line = ({ median, q1, q3 }: Figure) => `${median.toFixed(0)} ms [${q1.toFixed(0)} … ${q3.toFixed(0)}]`;

export const run: Suite = async () => {
  const directory = await mkdtemp(path.join(tmpdir(), 'bench-dev-'));
  const contract = path.join(directory, 'openapi', 'openapi.yaml');
  const out = path.join(directory, 'generated');
  const text = await readFile(contractPath, 'utf8');
  await mkdir(path.dirname(contract));
  await writeFile(contract, text);

  let rounds = 0;
  const dev = await startDev({
    contract,
    out,
    tsconfig: path.join(root, 'tsconfig.json'),
    port: 0,
    print: () => {
      rounds += 1;
    },
  });

  const document = parseDocument(text);
  /** The generated file that is moved into place last. */
  const lastFile = path.join(out, 'validators', `${catalog.operationId}.d.mts`);
  const times: number[] = [];
  /** Of the whole process. On a busy machine it is steadier than the clock. */
  const cpuTimes: number[] = [];
  for (let save = 0; save < saves; save += 1) {
    document.setIn(['components', 'parameters', 'limit', 'schema', 'maximum'], 1000 + save);
    const edited = String(document);
    const before = (await stat(lastFile)).mtimeMs;
    const said = rounds;
    const start = performance.now();
    const cpu = process.cpuUsage();
    await writeFile(contract, edited);
    while ((await stat(lastFile)).mtimeMs === before) await sleep(1);
    times.push(performance.now() - start);
    const { user, system } = process.cpuUsage(cpu);
    cpuTimes.push((user + system) / 1000);
    // The next save comes after the mock and the type check.
    while (rounds === said) await sleep(5);
  }
  await dev.close();
  await rm(directory, { recursive: true, force: true });
  const toFiles = spread(times.slice(warmUp));
  return {
    goals: [],
    details: {
      [`npm run dev, ${saves - warmUp} saves`]: [
        `from save to files: ${line(toFiles)}`,
        `processor time for it: ${line(spread(cpuTimes.slice(warmUp)))}`,
      ],
    },
  };
};
