/** Runs the README's code as it stands, against a mock of the contract. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { root } from '../../scripts/contract/read.ts';
import { run } from '../../src/cli/run.ts';
import { startMock } from '../../src/mock/index.ts';
import { type CatalogHandler, createCatalogHandler } from '../../src/server/index.ts';
import { listen } from '../../src/server/node.ts';
import { catalogPath, limit, models } from '../contract/from-yaml.ts';

const readme = await readFile(path.join(root, 'README.md'), 'utf8');
const blocks = [...readme.matchAll(/```(?<language>[^\n]+)\n(?<code>.*?)```/gs)].map(
  ({ groups }) => groups as { language: string; code: string },
);
const of = (language: string) =>
  blocks.filter((block) => block.language === language).map(({ code }) => code);

/** What each snippet prints, in the README's order. */
const printed = [
  [`${models[0]?.tinker_id} ${models[0]?.size_b}B active`, `${models.length} of ${models.length}`],
  ['sign in first'],
  [`GET ${catalogPath}`, `${models.length}`],
  ["'Qwen3 4B Instruct 2507'", "'Qwen3 30B A3B'"],
  ['1 429', '2 503', '3 200', `${models.length}`],
  ['429'],
  ['passed'],
];

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

test('every snippet is run', () => {
  expect(of('ts')).toHaveLength(printed.length);
});

describe('A snippet does what it says:', () => {
  /** What each printed. All run in one process, which ends by itself only if none leaves anything open. */
  let outputs: string[];
  const end = 'The end of one.';

  beforeAll(async () => {
    const names = of('ts').map((_, index) => `${index + 1}.ts`);
    for (const [index, code] of of('ts').entries())
      await writeFile(path.join(folder, `${index + 1}.ts`), code);
    const all = names.map((name) => `await import('./${name}');\nconsole.log('${end}');\n`);
    const file = path.join(folder, 'all.ts');
    await writeFile(file, all.join(''));
    const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx/esm', file], {
      cwd: root,
      env: { ...process.env, DREADNODE_SERVER: mock.url, DREADNODE_API_KEY: 'any' },
    });
    outputs = stdout.split(end);
  });

  test.for(printed.map((lines, index) => [index + 1, lines] as const))('number %i', ([number, lines]) => {
    for (const line of lines) expect(outputs[number - 1]).toContain(line);
  });
});

test('the set-up for vitest is the one that is tested', async () => {
  const tested = await readFile(path.join(root, 'test/mock/global-setup/global-setup.ts'), 'utf8');
  const code = (text: string) => text.replaceAll(/^import .*\n|^\/[/*].*\n/gm, '').trim();
  expect(code(of('ts setup')[0] as string)).toBe(code(tested));
});

/** Types a line of the README that begins with `npx training-catalog`, against a server of the test's. */
async function type(line: string, more: string[]): Promise<{ exitCode: number; lines: string[] }> {
  const words = line.replace(/^.*npx training-catalog /, '').split(' ');
  const lines: string[] = [];
  const print = (text: string) => void lines.push(...text.split('\n'));
  const io = { out: print, err: print, color: false, stopped: () => Promise.resolve() };
  return { exitCode: await run([...words, ...more], io), lines };
}

describe('the terminal', () => {
  const documented = 'http://127.0.0.1:8000';
  const [listing = '', verifying = ''] = of('console');

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

  test('says of a server that is too kind what the README shows', async () => {
    const catalog = createCatalogHandler();
    const url = await serve((request) => {
      const kind = new URL(request.url);
      if (Number(kind.searchParams.get('limit')) > limit.maximum) {
        kind.searchParams.set('limit', `${limit.maximum}`);
      }
      return catalog(new Request(kind, request));
    });
    const [command = '', ...shown] = verifying.trim().split('\n');
    const { exitCode, lines } = await type(command.replace(documented, url), ['--api-key', 'any']);
    expect(exitCode).toBe(1);
    // The README shows the limits of the day on which it was written.
    const steady = (text: string) => text.replace(/\d+/g, 'N');
    expect(steady(lines.join('\n').replaceAll(url, documented))).toContain(steady(shown.join('\n')));
  });

  test('takes what the job to copy passes to it', async () => {
    const url = await serve(createCatalogHandler());
    const report = path.join(folder, 'report.xml');
    const [command = ''] = /npx training-catalog .+/.exec(of('yaml')[0] ?? '') ?? [];
    const words = command.replace(documented, url).replace('report.xml', report);
    expect(words).toContain(report);
    expect(await type(words, ['--api-key', 'any'])).toMatchObject({ exitCode: 0 });
    expect(await readFile(report, 'utf8')).toContain('<testsuite');
  });
});

test('every npm script that the README names is there', async () => {
  const { scripts } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
  const named = [...readme.matchAll(/npm (?:run )?(start|test|(?<=run )\w+)/g)].map(
    ([, name]) => name as string,
  );
  expect(named.length).toBeGreaterThan(8);
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
});
