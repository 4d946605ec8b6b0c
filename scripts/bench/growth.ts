/** Measures what a contract of many operations costs: to generate, and in what a page loads. */
import { cp, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { readContract, root } from '../contract/read.ts';
import { runNode } from '../run-node.ts';
import { bundleClient } from './bytes.ts';
import { growContract } from './grow-contract.ts';
import { type Benchmark, compare, exactly } from './measure.ts';

export const run: Benchmark = async (folder) => {
  const contract = await readContract();
  const at = (operations: number, ...rest: string[]) => path.join(folder, String(operations), ...rest);
  const generate = async (operations: number) => {
    const [file, out] = [`${at(operations)}.json`, at(operations, 'generated')];
    await writeFile(file, JSON.stringify(growContract(contract, operations)));
    return () => runNode(['--import', 'tsx/esm', 'scripts/generate.ts', '--contract', file, '--out', out]);
  };
  const { times, ratio } = await compare(
    {
      'generate, 1 operation': await generate(1),
      'generate, 10 operations': await generate(10),
      'generate, 100 operations': await generate(100),
    },
    { rounds: 7 },
  );
  // Before gzip, which gains or loses some bytes by the names that the minifier chose.
  const weigh = async (operations: number) => {
    await cp(path.join(root, 'src'), at(operations, 'src'), { recursive: true });
    return (await bundleClient(at(operations, 'src/index.ts'))).length;
  };
  const [one, hundred] = [await weigh(1), await weigh(100)];
  return {
    'contracts of 1, 10 and 100 operations, 7 processes each': times,
    growth: [
      {
        what: 'generate, 100 operations ÷ 10',
        ...ratio('generate, 100 operations', 'generate, 10 operations'),
        atMost: 10,
      },
      {
        what: 'a page with the client, minified, 100 operations − 1',
        unit: 'bytes',
        ...exactly(hundred - one),
        atMost: 0,
      },
    ],
  };
};
