/** The recipes of `docs/recipes.md`: they compile, and do what they are for. Jest's are with Jest. */
import { cp, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { root, run } from '../consumer.ts';
import { models as served } from '../models.js';
import { readRecipes } from '../recipes.ts';
import { compile } from './compile.ts';
import { attempt, link, type Target } from './target.ts';
import { withWorker } from './workerd.ts';

const needed = [
  '@cloudflare/workers-types',
  '@tanstack/react-query',
  '@types/node',
  '@types/react',
  'msw',
  'openapi-react-query',
  'react',
  'undici',
  'vitest',
];
/** Each is run by the script of its name in `recipes/`. */
const scripts = ['models.tsx', 'mocks.ts', 'catalog.ts', 'proxied.ts'];
const inVitest = 'models.vitest.ts';
const inWorker = 'worker.ts';

const drivers = fileURLToPath(new URL('../recipes', import.meta.url));
const loader = pathToFileURL(path.join(root, 'node_modules/tsx/dist/esm/index.mjs')).href;

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
    await link(consumer, ...needed);
    await mkdir(folder, { recursive: true });
    await cp(drivers, folder, { recursive: true });
    const files = Object.entries(await readRecipes()).filter(([name]) => !name.endsWith('.js'));
    for (const [name, code] of files) await writeFile(path.join(folder, name), code);

    const node = {
      types: ['node'],
      lib: ['es2022', 'dom', 'dom.iterable'],
      jsx: 'react-jsx',
      skipLibCheck: true,
    };
    const environment = { DREADNODE_SERVER: urls.plain, DREADNODE_API_KEY: 'any' };
    const results = [
      ...files.map(([name]) =>
        attempt(`${name} compiles`, () =>
          compile(folder, [name], name === inWorker ? { types: ['@cloudflare/workers-types'] } : node),
        ),
      ),
      ...scripts.map((name) =>
        attempt(`${name} runs`, () =>
          run(process.execPath, ['--import', loader, name.replace(/\.tsx?$/, '.js')], {
            cwd: folder,
            env: { ...process.env, ...environment },
          }),
        ),
      ),
      attempt(`${inVitest} runs`, async () => {
        const vitest = path.join(root, 'node_modules/vitest/vitest.mjs');
        // Its name keeps it out of this project's own tests.
        await writeFile(
          path.join(folder, 'vitest.config.js'),
          `export default { test: { include: ['${inVitest}'] } };`,
        );
        await run(process.execPath, [vitest, 'run', '--root', folder], { cwd: folder });
      }),
      attempt(`${inWorker} runs`, () =>
        withWorker(context, `recipes/${inWorker}`, expectModels, environment),
      ),
    ];
    return Object.assign({}, ...(await Promise.all(results)));
  },
};
