/** Measures `npm run diff` on contracts of 1, 10 and 100 operations, one of which changed. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { readContract } from '../contract/read.ts';
import { runNode } from '../run-node.ts';
import { growContract } from './grow-contract.ts';
import { compare } from './measure.ts';
import { inScratch } from './scratch.ts';
import { longRuns, type Suite } from './suite.ts';

const sizes = [1, 10, 100];

export const run: Suite = () =>
  inScratch(async (folder) => {
    const contract = await readContract();
    const contestants: Record<string, () => unknown> = {};
    for (const size of sizes) {
      const [base, revision] = [path.join(folder, `${size}.json`), path.join(folder, `${size}-changed.json`)];
      const text = JSON.stringify(growContract(contract, size), null, 2);
      await writeFile(base, text);
      // The last one, which is in the schema of the last operation.
      const at = text.lastIndexOf('"minimum": 1');
      await writeFile(revision, text.slice(0, at) + text.slice(at).replace('1', '2'));
      const args = ['scripts/diff.ts', '--base', base, '--revision', revision];
      contestants[`${size} operations, ${Math.round(text.length / 1024)} kB`] = () =>
        runNode(['--import', 'tsx/esm', ...args]);
    }
    const rows = await compare(contestants, { calls: longRuns, warmUp: 1 });
    return { goals: [], details: { [`npm run diff with one change, ${longRuns} processes each`]: rows } };
  });
