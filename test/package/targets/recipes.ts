/** The recipes of `docs/recipes.md`: they compile, and do what they are for. */
import { cp, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { root, run, typescript } from '../../run-script.ts';
import { models as served } from '../models.js';
import { compile } from './compile.ts';
import { attempt, installed, link, pinnedVersion, type Target, writeFiles } from './target.ts';
import { withWorker } from './workerd.ts';

/** The blocks of code that have a file name, by that name. */
async function readRecipes(): Promise<Record<string, string>> {
  const text = await readFile(path.join(root, 'docs/recipes.md'), 'utf8');
  const blocks = [...text.matchAll(/^```\w+ (?<name>\S+)\n(?<code>.*?)^```$/gms)];
  return Object.fromEntries(blocks.map(({ groups }) => [groups?.['name'], groups?.['code']]));
}

const needed = [
  '@cloudflare/workers-types',
  '@tanstack/react-query',
  '@types/node',
  '@types/react',
  'jsdom',
  'msw',
  'openapi-react-query',
  'react',
  'react-dom',
  'undici',
  'vitest',
];
/** Each is run by the script of its name in `recipes/`. */
const scripts = ['models.tsx', 'hooks.mts', 'mocks.ts', 'catalog.ts', 'proxied.ts'];
/** Runs as it stands. */
const inCommonJs = 'list.cjs';
const inVitest = 'models.vitest.ts';
const inWorker = 'worker.ts';
const drivers = fileURLToPath(new URL('../recipes', import.meta.url));

/** Asks the worker, which passes on what the server gives. */
async function expectModels(url: string): Promise<void> {
  const text = await (await fetch(url)).text();
  if (JSON.parse(text).total !== served.length) throw new Error(text);
}

export const recipes: Target = {
  id: 'recipes',
  title: 'docs/recipes.md',
  pinned: true,
  version: async () => `Node ${process.versions.node}`,
  async check(context) {
    const { consumer, urls } = context;
    const folder = path.join(consumer.folder, 'recipes');
    // Those of Jest are with Jest.
    const files = Object.entries(await readRecipes()).filter(([name]) => !name.endsWith('.js'));
    await link(consumer, ...needed);
    await cp(drivers, folder, { recursive: true });
    await writeFiles(folder, {
      ...Object.fromEntries(files),
      // Its name keeps the test out of this project's tests.
      'vitest.config.js': `export default { test: { include: ['${inVitest}'] } };`,
      // For what runs the components.
      'tsconfig.json': JSON.stringify({ compilerOptions: { jsx: 'react-jsx' } }),
    });

    const lib = ['es2022', 'dom', 'dom.iterable'];
    const inNode = { types: ['node'], lib, jsx: 'react-jsx', skipLibCheck: true };
    const env = { DREADNODE_SERVER: urls.plain, DREADNODE_API_KEY: 'any' };
    const checks: Record<string, () => Promise<unknown>> = {
      [`${inVitest} runs`]: () => {
        const vitest = path.join(root, 'node_modules/vitest/vitest.mjs');
        return run(process.execPath, [vitest, 'run', '--root', folder], { cwd: folder });
      },
      [`${inWorker} runs`]: () => withWorker(context, `recipes/${inWorker}`, expectModels, env),
      [`${inCommonJs} runs`]: async () => {
        const printed = await run(process.execPath, [inCommonJs], { cwd: folder, env });
        if (Number(printed) !== served.length) throw new Error(printed);
      },
      'uses-hooks.cts compiles': () =>
        compile(folder, 'uses-hooks.cts', { ...inNode, verbatimModuleSyntax: false }),
    };
    for (const [name] of files) {
      if (name === inCommonJs) continue;
      const options = name === inWorker ? { types: ['@cloudflare/workers-types'] } : inNode;
      checks[`${name} compiles`] = () => compile(folder, name, options);
    }
    for (const name of scripts) {
      const args = [...typescript, name.replace(/\.[^.]+$/, '.js')];
      checks[`${name} runs`] = () => run(process.execPath, args, { cwd: folder, env });
    }
    return attempt(checks);
  },
};

/** jsdom has next to nothing of a platform. */
const importTest = `/** @jest-environment jsdom */
import { isCatalogError } from 'training-catalog-contract';
import * as operations from 'training-catalog-contract/operations';
import { createRawClient } from 'training-catalog-contract/raw';
import { createCatalogHandler } from 'training-catalog-contract/server';
test('what is imported is there', () => {
  expect([typeof TextDecoder, typeof fetch, typeof Response]).toEqual(Array(3).fill('undefined'));
  expect(isCatalogError(new Error('no'))).toBe(false);
  expect([typeof createRawClient, typeof createCatalogHandler]).toEqual(['function', 'function']);
  expect(operations).not.toEqual({});
});`;

/** What listens on a port runs where there is a platform. */
const serversTest = `/** @jest-environment node */
import { createTrainingCatalogClient } from 'training-catalog-contract';
import { startMock } from 'training-catalog-contract/mock';
import { createCatalogHandler } from 'training-catalog-contract/server';
import { listen } from 'training-catalog-contract/server/node';
test('the mock and the server answer', async () => {
  for (const server of [await startMock(), await listen(createCatalogHandler())]) {
    const client = createTrainingCatalogClient({ baseUrl: server.url, apiKey: 'any' });
    expect((await client.listModels()).models).not.toEqual([]);
    await server.close();
  }
}, 60_000);`;

/** Jest in its default mode, where modules are turned into CommonJS, under jsdom; set up as the recipe says. */
export const jest: Target = {
  id: 'jest',
  title: 'Jest, jsdom',
  pinned: true,
  version: () => pinnedVersion('jest'),
  async check({ withPrism }) {
    const consumer = await withPrism('tested');
    const folder = path.join(consumer.folder, 'jest');
    const ofJest = Object.entries(await readRecipes()).filter(([name]) => name.endsWith('.js'));
    const files: Record<string, string> = {
      'package.json': '{ "private": true }',
      'babel.config.js': `module.exports = { presets: [['@babel/preset-env', { targets: { node: 'current' } }]] };`,
      'import.test.js': importTest,
      'servers.test.js': serversTest,
      ...Object.fromEntries(ofJest),
    };
    await link(consumer, '@babel/preset-env', 'jest-environment-jsdom');
    await writeFiles(folder, files);
    const runTest = (name: string) => () =>
      run(process.execPath, [installed('jest', 'bin', 'jest.js'), name], { cwd: folder });
    const tests = Object.keys(files).filter((name) => name.endsWith('.test.js'));
    return attempt(Object.fromEntries(tests.map((name) => [name, runTest(name)])));
  },
};
