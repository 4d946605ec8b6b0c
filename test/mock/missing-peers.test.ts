import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { tested } from '../../src/mock/start-mock.ts';
import { root, runSnippet } from '../run-script.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'mock without prism '));
  const installed = path.join(folder, 'node_modules/training-catalog-contract');
  await mkdir(installed, { recursive: true });
  for (const part of ['package.json', 'src', 'generated/openapi.json']) {
    await cp(path.join(root, part), path.join(installed, part), { recursive: true });
  }
});
afterAll(() => rm(folder, { recursive: true }));

const names = Object.keys(tested);

/** Tries to start a mock, and gives what it says. */
async function startThere(): Promise<string> {
  const { code, stdout, stderr } = await runSnippet(
    `import { startMock } from './node_modules/training-catalog-contract/src/mock/index.ts';
     await startMock().catch((error) => console.log(error.message));`,
    { cwd: folder },
  );
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
}

const install = `Run: npm i -D -E ${Object.entries(tested)
  .map(([name, version]) => `${name}@${version}`)
  .join(' ')}\n`;

test('the peers are optional and of any version; the tested ones are those that are installed here', () => {
  const { devDependencies, peerDependencies, peerDependenciesMeta } = manifest;
  expect(peerDependencies).toEqual(Object.fromEntries(names.map((name) => [name, '*'])));
  expect(Object.keys(peerDependenciesMeta)).toEqual(Object.keys(peerDependencies));
  expect(devDependencies).toMatchObject(tested);
});

test('a mock without Prism says in one line which package is missing, and the command that installs all', async () => {
  const said = await startThere();
  expect(said).toMatch(/^The mock needs Prism: Cannot find package '@stoplight\/prism-\w+'.+\n$/);
  expect(said.endsWith(install)).toBe(true);
});

test('a mock beside a Prism that is too old says so, and the command that installs one that is not', async () => {
  for (const name of names) {
    const home = path.join(folder, 'node_modules', name);
    await mkdir(home, { recursive: true });
    await writeFile(path.join(home, 'index.js'), 'exports.createServer = exports.createLogger = () => {};');
  }
  expect(await startThere()).toBe(
    `The mock needs Prism: @stoplight/prism-http is older than version 5. ${install}`,
  );
});
