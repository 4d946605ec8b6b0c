/** A workspace of pnpm's: a package sees what it depends on, and nothing that those depend on. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { run } from '../../run-script.ts';
import { compile } from './compile.ts';
import { attempt, installed, pinnedVersion, type Target, writeFiles } from './target.ts';

/** What a module exports, its declaration has to name. */
const program = `import { createTrainingCatalogClient } from 'training-catalog-contract';
import { list_training_catalog_endpoint } from 'training-catalog-contract/operations';
import { createRawClient } from 'training-catalog-contract/raw';
import { createCatalogHandler } from 'training-catalog-contract/server';
import { verifyServer } from 'training-catalog-contract/verify';

export const client = createTrainingCatalogClient({ apiKey: 'any' });
export const { listModels } = client;
export const page = () => client.call(list_training_catalog_endpoint, { query: { limit: 1 } });
export const raw = createRawClient({ apiKey: 'any' });
export const catalog = createCatalogHandler();
export const verify = () => verifyServer('http://127.0.0.1:4010');
`;

export const pnpm: Target = {
  id: 'pnpm',
  title: 'pnpm, declaration: true',
  pinned: true,
  version: () => pinnedVersion('pnpm'),
  async check({ packed }) {
    // Not in the consumer's folder, whose own packages could be seen from there.
    const folder = await mkdtemp(path.join(tmpdir(), 'pnpm-'));
    try {
      const manifest = JSON.stringify({ private: true, type: 'module' });
      await writeFiles(folder, { 'package.json': manifest, 'exported.ts': program });
      const options = ['--ignore-scripts', '--store-dir', path.join(folder, '.store')];
      const add = [installed('pnpm', 'bin', 'pnpm.cjs'), 'add', ...options, packed.tarball];
      await run(process.execPath, add, { cwd: folder });
      const lib = ['es2022', 'dom', 'dom.iterable'];
      const emit = { lib, declaration: true, noEmit: false, outDir: 'out' };
      return await attempt({ 'exported.ts': () => compile(folder, 'exported.ts', emit) });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};
