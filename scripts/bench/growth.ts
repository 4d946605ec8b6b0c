/** Measures what a larger contract costs: to generate, to compile, and in the size of the client. */
import { cp, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { contractPath, readContract, root } from '../contract/read.ts';
import { runNode } from '../run-node.ts';
import { bundle, gzip } from '../weigh.ts';
import { growContract } from './grow-contract.ts';
import { compare, exactly, rowOf } from './measure.ts';
import { inScratch } from './scratch.ts';
import { longRuns, type Suite } from './suite.ts';

const sizes = [1, 10, 100] as const;
const modules = path.join(root, 'node_modules');
const openapiTypescript = path.join(modules, 'openapi-typescript/bin/cli.js');

export const run: Suite = () =>
  inScratch(async (folder) => {
    const contract = await readContract(contractPath);
    const contestants: Record<string, () => unknown> = {};
    for (const size of sizes) {
      const file = path.join(folder, `${size}.json`);
      const out = path.join(folder, String(size), 'generated');
      await writeFile(file, JSON.stringify(growContract(contract, size)));
      const operations = `${size} operation${size === 1 ? '' : 's'}`;
      // In a folder without redocly.yaml, from which the command would take its input.
      contestants[`openapi-typescript, ${operations}`] = () =>
        runNode([openapiTypescript, file, '--output', path.join(folder, 'schema.ts')], { cwd: folder });
      const generate = () =>
        runNode(['--import', 'tsx/esm', 'scripts/generate.ts', '--contract', file, '--out', out]);
      // `tsc` needs the files, and the order of the contestants is random.
      await generate();
      contestants[`generate, ${operations}`] = generate;
      contestants[`tsc, ${operations}`] = () =>
        runNode([
          path.join(modules, 'typescript/lib/tsc.js'),
          '--strict',
          '--noEmit',
          '--target',
          'es2022',
          '--module',
          'nodenext',
          ...['schema', 'operations', 'examples'].map((name) => path.join(out, `${name}.ts`)),
        ]);
    }
    const rows = await compare(contestants, { calls: longRuns, warmUp: 1 });
    const bytes = await Promise.all(
      sizes.map(async (size) => {
        await cp(path.join(root, 'src'), path.join(folder, String(size), 'src'), { recursive: true });
        const { code } = await bundle(path.join(folder, String(size), 'src/client/client.ts'));
        return gzip(code);
      }),
    );
    const [one = 0, , hundred = 0] = bytes;
    const growth = (what: string) =>
      rowOf(rows, `${what}, 100 operations`).median / rowOf(rows, `${what}, 10 operations`).median;
    return {
      goals: [
        {
          what: '`generate` for 100 operations ÷ for 10',
          figure: exactly(growth('generate')),
          unit: 'times',
          atMost: 10,
        },
        {
          what: '`tsc` over what was generated for 100 operations ÷ for 10',
          figure: exactly(growth('tsc')),
          unit: 'times',
          atMost: 10,
        },
        {
          what: 'bytes of the catalog client, by which 100 operations exceed one',
          figure: exactly(hundred - one),
          unit: 'bytes',
          atMost: 0,
        },
      ],
      details: {
        [`contracts of 1, 10 and 100 operations, ${longRuns} processes each`]: rows,
        'the catalog client, gzip': sizes.map((size, index) => `${size} operations: ${bytes[index]} bytes`),
      },
    };
  });
