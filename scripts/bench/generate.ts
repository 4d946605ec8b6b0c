/** Measures `npm run generate` against the two commands that it replaces, one after the other. */
import path from 'node:path';
import { contractPath, root } from '../contract/read.ts';
import { runNode } from '../run-node.ts';
import { compare } from './measure.ts';
import { inScratch } from './scratch.ts';
import { longRuns, type Suite } from './suite.ts';
import { timesBaseline } from './verdict.ts';

const modules = path.join(root, 'node_modules');
const redocly = path.join(modules, '@redocly/cli/bin/cli.js');
const openapiTypescript = path.join(modules, 'openapi-typescript/bin/cli.js');

export const run: Suite = () =>
  inScratch(async (folder) => {
    const rows = await compare(
      {
        'redocly lint, openapi-typescript': async () => {
          await runNode([redocly, 'lint', contractPath]);
          // In a folder without redocly.yaml, from which the command would take its input.
          await runNode([openapiTypescript, contractPath, '--output', path.join(folder, 'schema.ts')], {
            cwd: folder,
          });
        },
        // As package.json runs it.
        'scripts/generate.ts': () =>
          runNode(['--import', 'tsx/esm', 'scripts/generate.ts', '--out', path.join(folder, 'generated')]),
      },
      { calls: longRuns, warmUp: 1 },
    );
    return {
      goals: [
        timesBaseline(
          '`generate` ÷ `redocly lint` then `openapi-typescript`',
          rows,
          'scripts/generate.ts',
          1,
        ),
      ],
      details: { [`generated files, ${longRuns} processes each`]: rows },
    };
  });
