/** Measures `npm run generate` against the two commands that it stands for, one after the other. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { contractPath, root } from '../contract/read.ts';
import { compare, over, rowOf } from './measure.ts';
import { node } from './processes.ts';
import type { Suite } from './suite.ts';

const modules = path.join(root, 'node_modules');
const redocly = path.join(modules, '@redocly/cli/bin/cli.js');
const openapiTypescript = path.join(modules, 'openapi-typescript/bin/cli.js');

export const run: Suite = async ({ longRuns }) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'bench-generate-'));
  try {
    const rows = await compare(
      {
        'redocly lint, openapi-typescript': async () => {
          await node([redocly, 'lint', contractPath]);
          await node([openapiTypescript, contractPath, '--output', path.join(folder, 'schema.ts')]);
        },
        // As package.json runs it.
        'scripts/generate.ts': () =>
          node(['--import', 'tsx/esm', 'scripts/generate.ts', '--out', path.join(folder, 'generated')]),
      },
      { calls: longRuns, warmUp: 1 },
    );
    return {
      goals: [
        {
          what: '`generate` ÷ `redocly lint` then `openapi-typescript`',
          figure: over(rowOf(rows, 'scripts/generate.ts'), rows[0]),
          unit: 'times',
          atMost: 0.6,
        },
      ],
      details: { [`generated files, ${longRuns} processes each`]: rows },
    };
  } finally {
    await rm(folder, { recursive: true });
  }
};
