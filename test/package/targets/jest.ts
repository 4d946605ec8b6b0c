/** Jest in its default mode, where modules are turned into CommonJS, under jsdom; set up as `docs/recipes.md` says. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { run } from '../consumer.ts';
import { readRecipes } from '../recipes.ts';
import { attempt, installed, link, pinnedVersion, type Target } from './target.ts';

const config = 'jest.config.js';

const files = {
  'package.json': '{ "private": true }',
  'babel.config.js': `module.exports = { presets: [['@babel/preset-env', { targets: { node: 'current' } }]] };`,
  /** jsdom has next to nothing of a platform. */
  'import.test.js': `/** @jest-environment jsdom */
    import { isCatalogError } from 'training-catalog-contract';
    import { createRawClient } from 'training-catalog-contract/raw';
    import { createCatalogHandler } from 'training-catalog-contract/server';
    test('what is imported is there', () => {
      expect([typeof TextDecoder, typeof fetch, typeof Response]).toEqual(Array(3).fill('undefined'));
      expect(isCatalogError(new Error('no'))).toBe(false);
      expect([typeof createRawClient, typeof createCatalogHandler]).toEqual(['function', 'function']);
    });`,
};

export const jest: Target = {
  id: 'jest',
  title: 'Jest, jsdom',
  pinned: true,
  version: () => pinnedVersion('jest'),
  async check({ consumer }) {
    const folder = path.join(consumer.folder, 'jest');
    await link(consumer, '@babel/preset-env', 'jest-environment-jsdom');
    await mkdir(folder, { recursive: true });
    const all = { ...files, ...(await readRecipes()) };
    const tests = Object.keys(all).filter((name) => name.endsWith('.test.js'));
    for (const name of [...Object.keys(files), config, ...tests]) {
      await writeFile(path.join(folder, name), (all as Record<string, string>)[name] ?? '');
    }
    const results = tests.map((name) =>
      attempt(name, () =>
        run(process.execPath, [installed('jest', 'bin', 'jest.js'), name], { cwd: folder }),
      ),
    );
    return Object.assign({}, ...(await Promise.all(results)));
  },
};
