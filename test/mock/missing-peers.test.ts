import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { tested } from '../../src/mock/prism.ts';
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

/** Tries to start a mock, and prints why it cannot. */
const startThere = () =>
  runSnippet(
    `import { startMock } from './node_modules/training-catalog-contract/src/mock/index.ts';
     await startMock().catch((error) => console.log(error.message));`,
    { cwd: folder },
  );

const versions = Object.entries(tested);
const command = `npm i -D -E ${versions.map(([name, version]) => `${name}@${version}`).join(' ')}`;

test('the peers are optional and of any version; the tested ones are those that are installed here', () => {
  const { devDependencies, peerDependencies, peerDependenciesMeta } = manifest;
  expect(peerDependencies).toEqual(Object.fromEntries(versions.map(([name]) => [name, '*'])));
  expect(Object.keys(peerDependenciesMeta)).toEqual(Object.keys(peerDependencies));
  expect(devDependencies).toMatchObject(tested);
});

test('a mock without Prism names the command that installs it, and nothing fails on import', async () => {
  const { code, stdout, stderr } = await startThere();
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout.trim().split('\n')).toHaveLength(1);
  expect(stdout).toContain(`${command}\n`);
});

test('a mock with a part of Prism names the parts that are absent', async () => {
  await mkdir(path.join(folder, 'node_modules/@stoplight'));
  const core = 'node_modules/@stoplight/prism-core';
  await symlink(path.join(root, core), path.join(folder, core), 'junction');
  expect((await startThere()).stdout).toContain(
    'needs Prism, and @stoplight/prism-http cannot be found, @stoplight/prism-http-server cannot be found. Run',
  );
});

describe('a mock beside another Prism', () => {
  const name = '@stoplight/prism-http-server';

  /** What `startMock` says where this version is all that differs from the tested ones. */
  async function saidOf(version: string): Promise<string> {
    const modules = path.join(folder, 'node_modules');
    await mkdir(path.join(modules, '@stoplight'), { recursive: true });
    for (const [other] of versions) {
      const there = path.join(modules, other);
      await rm(there, { recursive: true, force: true });
      if (other !== name) await symlink(path.join(root, 'node_modules', other), there, 'junction');
    }
    await mkdir(path.join(modules, name));
    await writeFile(path.join(modules, name, 'package.json'), JSON.stringify({ name, version }));
    return (await startThere()).stdout;
  }

  test.for(['4.99.0', '6.0.0', '5.11.9', '5.12.1', '6.0.0-beta.1'])(
    'says that %s is not for it',
    async (version) => {
      expect(await saidOf(version)).toBe(
        `The mock needs Prism, and ${name} is ${version}. Run: ${command}\n`,
      );
    },
  );

  test.for(['5.12.3', '5.13.0'])('tries %s, which should do as well', async (version) => {
    // What is installed here has no code, so that it gets no further.
    expect(await saidOf(version)).toMatch(`Cannot find module '${name}'`);
  });
});
