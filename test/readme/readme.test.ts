/** Runs the code of the README and of the pages beside it as it stands, against a mock of the contract. */
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { run as runCli } from '../../src/cli/run.ts';
import { createCatalogHandler } from '../../src/server/index.ts';
import { listen } from '../../src/server/node.ts';
import { catalogPath, models } from '../contract/from-yaml.ts';
import { root, run, typescript } from '../run-script.ts';

/** How many characters a row of a table may have: what a screen shows without scrolling. */
const widest = 120;

const read = (file: string) => readFile(path.join(root, file), 'utf8');

/** The blocks of code in a language. */
async function codeOf(page: string, language: string): Promise<string[]> {
  const blocks = (await read(page)).matchAll(/```([^\n]+)\n(.*?)```/gs);
  return [...blocks].filter(([, named]) => named === language).map(([, , code]) => code as string);
}

const all = `${models.length}`;

/** What each snippet of a page prints, in its order. */
const printed: Record<string, string[][]> = {
  'README.md': [
    [`${models[0]?.tinker_id} ${models[0]?.size_b}B active`, `${all} of ${all}`],
    ['sign in first'],
    ["'Qwen3 4B Instruct 2507'", "'Qwen3 30B A3B'"],
  ],
  'docs/client.md': [[], [], [`${all} 200`], ['0'], [`GET ${catalogPath}`, all]],
  'docs/mocks-and-server.md': [
    ["'Qwen3 4B Instruct 2507'", "'Qwen3 30B A3B'"],
    ['text/html', '200'],
    ['1 429', '2 503', '3 200', all],
    ['429'],
  ],
  'docs/generated-code.md': [['/models/0 required', "'/query/family'", "'/query/limit'"]],
};
const snippets = Object.fromEntries(
  await Promise.all(Object.keys(printed).map(async (page) => [page, await codeOf(page, 'ts')] as const)),
);

test.for(Object.keys(printed))('every snippet is run: %s', (page) => {
  expect(snippets[page]).toHaveLength(printed[page]?.length as number);
});

describe('A snippet does what it says:', () => {
  /** What each printed. All run in one process, which ends by itself only if none leaves anything open. */
  let outputs: string[];
  const end = 'The end of one.';

  let folder: string;

  beforeAll(async () => {
    // Inside the project, so that the package's name leads to its sources.
    folder = await mkdtemp(path.join(root, 'test/readme/snippets-'));
    const codes = Object.values(snippets).flat();
    for (const [index, code] of codes.entries()) {
      // A page writes of the project's folder, two levels above this one.
      const text = code.replaceAll("'../generated/", "'../../../generated/");
      await writeFile(path.join(folder, `${index}.ts`), text);
    }
    const imports = codes.map((_, index) => `await import('./${index}.ts');\nconsole.log('${end}');\n`);
    const file = path.join(folder, 'all.ts');
    await writeFile(file, imports.join(''));
    const env = { DREADNODE_SERVER: inject('catalogUrl'), DREADNODE_API_KEY: 'any' };
    outputs = (await run(process.execPath, [...typescript, file], { env })).split(end);
  });
  afterAll(() => rm(folder, { recursive: true }));

  const each = Object.entries(printed).flatMap(([page, snippets]) =>
    snippets.map((expected, number) => ({ page, number: number + 1, expected })),
  );
  test.for(each.map((snippet, index) => ({ ...snippet, index })))(
    '$page, number $number',
    ({ index, expected }) => {
      for (const line of expected) expect(outputs[index]).toContain(line);
    },
  );
});

test('the set-up for vitest is the one that these tests use', async () => {
  const code = (text = '') => text.replaceAll(/^import .*\n|^\/[/*].*\n/gm, '').trim();
  const [setup] = await codeOf('docs/mocks-and-server.md', 'ts setup');
  expect(code(setup)).toBe(code(await read('test/mock/global-setup.ts')));
});

test.for(['README.md', ...(await readdir(path.join(root, 'docs'))).map((name) => `docs/${name}`)])(
  'no table is wider than a screen, and every link leads somewhere: %s',
  async (page) => {
    const text = await read(page);
    const rows = text.split('\n').filter((line) => line.startsWith('|'));
    expect(rows.filter((row) => row.length > widest)).toEqual([]);
    const links = [...text.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)].map(([, file]) => file as string);
    const missing = links.filter((file) => !existsSync(path.join(root, path.dirname(page), file)));
    expect(missing).toEqual([]);
  },
);

test('the terminal lists what the README shows', async () => {
  const [listing = ''] = await codeOf('README.md', 'console');
  const [command = '', ...shown] = listing.trim().split('\n');
  const words = command.replace(/^.*npx training-catalog /, '').split(' ');
  const lines: string[] = [];
  const print = (text: string) => void lines.push(text);
  const io = { out: print, err: print, color: false, columns: 80, stopped: () => Promise.resolve() };
  const server = await listen(createCatalogHandler());
  const exitCode = await runCli([...words, '--server', server.url, '--api-key', 'any'], io);
  await server.close();
  expect(exitCode).toBe(0);
  expect(lines.join('\n').trim()).toBe(shown.join('\n'));
});

test('every npm script that the README names is there', async () => {
  const { scripts } = JSON.parse(await read('package.json'));
  const readme = await read('README.md');
  const named = [...readme.matchAll(/npm (?:run )?(start|test|(?<=run )\w+)/g)].map(
    ([, name]) => name as string,
  );
  expect(named.length).toBeGreaterThan(3);
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
});
