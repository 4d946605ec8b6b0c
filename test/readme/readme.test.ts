/** Runs the code of the README and of the pages beside it as it stands, against a mock of the contract. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { root } from '../../scripts/contract/read.ts';
import { run } from '../../src/cli/run.ts';
import { startMock } from '../../src/mock/index.ts';
import { type CatalogHandler, createCatalogHandler } from '../../src/server/index.ts';
import { listen } from '../../src/server/node.ts';
import { catalogPath, models } from '../contract/from-yaml.ts';

/** How many characters a row of a table may have: what a screen shows without scrolling. */
const widest = 120;

interface Block {
  language: string;
  code: string;
}

async function blocksOf(page: string): Promise<Block[]> {
  const text = await readFile(path.join(root, page), 'utf8');
  const found = text.matchAll(/```(?<language>[^\n]+)\n(?<code>.*?)```/gs);
  return [...found].map(({ groups }) => groups as unknown as Block);
}

const of = (blocks: readonly Block[], language: string) =>
  blocks.filter((block) => block.language === language).map(({ code }) => code);

const all = `${models.length}`;

/** What each snippet of a page prints, in its order. */
const printed: Record<string, string[][]> = {
  'README.md': [
    [`${models[0]?.tinker_id} ${models[0]?.size_b}B active`, `${all} of ${all}`],
    ['sign in first'],
    ["'Qwen3 4B Instruct 2507'", "'Qwen3 30B A3B'"],
  ],
  'docs/client.md': [[], [], [`${all} 200`], [`GET ${catalogPath}`, all]],
  'docs/mocks-and-server.md': [
    ["'Qwen3 4B Instruct 2507'", "'Qwen3 30B A3B'"],
    ['1 429', '2 503', '3 200', all],
    ['429'],
  ],
  'docs/generated-code.md': [['/models/0 required', "'/query/family'", "'/query/limit'"]],
};
const pages = Object.keys(printed);
const blocks = Object.fromEntries(
  await Promise.all(pages.map(async (page) => [page, await blocksOf(page)] as const)),
);
const snippets = pages.flatMap((page) => of(blocks[page] as Block[], 'ts').map((code) => ({ page, code })));

let folder: string;
let mock: Awaited<ReturnType<typeof startMock>>;

beforeAll(async () => {
  // Inside the project, so that the package's own name leads to its sources.
  folder = await mkdtemp(path.join(root, 'test/readme/snippets-'));
  mock = await startMock();
});

afterAll(async () => {
  await mock.close();
  await rm(folder, { recursive: true });
});

test.for(pages)('every snippet is run: %s', (page) => {
  expect(of(blocks[page] as Block[], 'ts')).toHaveLength(printed[page]?.length as number);
});

describe('A snippet does what it says:', () => {
  /** What each printed. All run in one process, which ends by itself only if none leaves anything open. */
  let outputs: string[];
  const end = 'The end of one.';

  beforeAll(async () => {
    for (const [index, { code }] of snippets.entries()) {
      // A page writes of the project's folder, two levels above this one.
      const text = code.replaceAll("'../generated/", "'../../../generated/");
      await writeFile(path.join(folder, `${index}.ts`), text);
    }
    const imports = snippets.map((_, index) => `await import('./${index}.ts');\nconsole.log('${end}');\n`);
    const file = path.join(folder, 'all.ts');
    await writeFile(file, imports.join(''));
    const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx/esm', file], {
      cwd: root,
      env: { ...process.env, DREADNODE_SERVER: mock.url, DREADNODE_API_KEY: 'any' },
    });
    outputs = stdout.split(end);
  });

  const lines = pages.flatMap((page) =>
    (printed[page] ?? []).map((expected, number) => ({ page, number: number + 1, expected })),
  );
  test.for(lines.map((line, index) => ({ ...line, index })))(
    '$page, number $number',
    ({ index, expected }) => {
      for (const line of expected) expect(outputs[index]).toContain(line);
    },
  );
});

test('the set-up for vitest is the one that is tested', async () => {
  const tested = await readFile(path.join(root, 'test/mock/global-setup.ts'), 'utf8');
  const code = (text: string) => text.replaceAll(/^import .*\n|^\/[/*].*\n/gm, '').trim();
  const [setup = ''] = of(blocks['docs/mocks-and-server.md'] as Block[], 'ts setup');
  expect(code(setup)).toBe(code(tested));
});

test.for(['README.md', ...(await readdir(path.join(root, 'docs'))).map((name) => `docs/${name}`)])(
  'no table is wider than a screen, and every link leads somewhere: %s',
  async (page) => {
    const text = await readFile(path.join(root, page), 'utf8');
    const rows = text.split('\n').filter((line) => line.startsWith('|'));
    expect(rows.filter((row) => row.length > widest)).toEqual([]);
    const links = [...text.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)].map(([, file]) => file as string);
    const missing = links.filter((file) => !existsSync(path.join(root, path.dirname(page), file)));
    expect(missing).toEqual([]);
  },
);

/** Types a line of the README that begins with `npx training-catalog`, against a server of the test's. */
async function type(line: string, more: string[]): Promise<{ exitCode: number; lines: string[] }> {
  const words = line.replace(/^.*npx training-catalog /, '').split(' ');
  const lines: string[] = [];
  const print = (text: string) => void lines.push(...text.split('\n'));
  const io = { out: print, err: print, color: false, stopped: () => Promise.resolve() };
  return { exitCode: await run([...words, ...more], io), lines };
}

describe('the terminal', () => {
  const [listing = ''] = of(blocks['README.md'] as Block[], 'console');

  async function serve(handler: CatalogHandler): Promise<string> {
    const server = await listen(handler);
    onTestFinished(() => server.close());
    return server.url;
  }

  test('lists what the README shows', async () => {
    const url = await serve(createCatalogHandler());
    const [command = '', ...shown] = listing.trim().split('\n');
    const { exitCode, lines } = await type(command, ['--server', url, '--api-key', 'any']);
    expect(exitCode).toBe(0);
    expect(lines.join('\n').trim()).toBe(shown.join('\n'));
  });
});

test('every npm script that the README names is there', async () => {
  const { scripts } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
  const readme = await readFile(path.join(root, 'README.md'), 'utf8');
  const named = [...readme.matchAll(/npm (?:run )?(start|test|(?<=run )\w+)/g)].map(
    ([, name]) => name as string,
  );
  expect(named.length).toBeGreaterThan(4);
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
});
