/** Measures `npm run generate` against the two commands that it replaces, one after the other. */
import path from 'node:path';
import { contractPath, root } from '../contract/read.ts';
import { runNode } from '../run-node.ts';
import { type Benchmark, compare } from './measure.ts';

const modules = path.join(root, 'node_modules');
const ours = 'generate';
const both = 'redocly lint, then openapi-typescript';

export const run: Benchmark = async (folder) => {
  const { times, ratio } = await compare(
    {
      [both]: async () => {
        await runNode([path.join(modules, '@redocly/cli/bin/cli.js'), 'lint', contractPath]);
        // In a folder without redocly.yaml, from which the command would take its input.
        await runNode(
          [path.join(modules, 'openapi-typescript/bin/cli.js'), contractPath, '--output', 'schema.ts'],
          { cwd: folder },
        );
      },
      // As package.json runs it.
      [ours]: () =>
        runNode(['--import', 'tsx/esm', 'scripts/generate.ts', '--out', path.join(folder, 'generated')]),
    },
    { rounds: 7 },
  );
  return {
    'generated files, 7 processes each': times,
    'generate ÷ the two commands': [{ what: 'npm run generate', ...ratio(ours, both), atMost: 1 }],
  };
};
