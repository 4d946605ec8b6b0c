/** Counts the type instantiations of a typical consumer, with this client and with openapi-fetch alone. */
import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { root } from '../contract/read.ts';
import { runNode } from '../run-node.ts';
import { exactly } from './measure.ts';
import { inScratch } from './scratch.ts';
import type { Suite } from './suite.ts';

const built = path.join(root, 'dist');

const consumers = {
  ours: `import { createTrainingCatalogClient, isApiError } from '${built}/index.js';
    const client = createTrainingCatalogClient({ apiKey: 'any' });
    try {
      const { models, total } = await client.listModels({ family: 'qwen', algorithm: 'ppo', min_size_b: 7, limit: 50 });
      const names: string[] = models.map((model) => model.display_name + model.size_b);
      print(names, total);
    } catch (error) {
      if (isApiError(error)) print([error.detail], error.status);
    }
    declare function print(lines: string[], number: number): void;`,
  raw: `import createClient from 'openapi-fetch';
    import type { paths } from '${built}/schema.js';
    const client = createClient<paths>({ baseUrl: 'http://127.0.0.1', headers: { authorization: 'Bearer any' } });
    const { data, error, response } = await client.GET('/api/v1/training/catalog', {
      params: { query: { family: 'qwen', algorithm: 'ppo', min_size_b: 7, limit: 50 } },
    });
    if (data) {
      const names: string[] = (data.models ?? []).map((model) => model.display_name + model.size_b);
      print(names, data.total);
    } else {
      print([error.detail], response.status);
    }
    declare function print(lines: string[], number: number): void;`,
};

/** @throws with the compiler's output, if the consumer does not compile */
async function instantiations(folder: string, code: string): Promise<number> {
  const file = path.join(folder, 'consumer.mts');
  await writeFile(file, code);
  const tsc = createRequire(path.join(root, 'package.json')).resolve('typescript/lib/tsc.js');
  const flags = [
    '--typeRoots',
    folder,
    '--strict',
    '--noEmit',
    '--skipLibCheck',
    '--module',
    'nodenext',
    '--target',
    'es2022',
  ];
  const printed = await runNode([tsc, ...flags, '--extendedDiagnostics', file], { cwd: folder });
  return Number(/Instantiations:\s+(\d+)/.exec(printed)?.[1]);
}

export const run: Suite = () =>
  inScratch(async (folder) => {
    const ours = await instantiations(folder, consumers.ours);
    const raw = await instantiations(folder, consumers.raw);
    return {
      goals: [
        {
          what: 'type instantiations of a typical consumer ÷ raw openapi-fetch',
          figure: exactly(ours / raw),
          unit: 'times',
          atMost: 1,
        },
      ],
      details: { 'type instantiations': [`ours: ${ours}`, `openapi-fetch: ${raw}`] },
    };
  });
