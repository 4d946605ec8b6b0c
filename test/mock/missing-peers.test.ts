import { cp, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { root, runSnippet } from './run.ts';

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

const start = `
  import { startMock } from './node_modules/training-catalog-contract/src/mock/index.ts';
  await startMock().catch((error) => console.log(error.message));
`;

/** The one place for Prism's versions is the manifest; these are what the tests here run against. */
const versions = Object.entries(manifest.devDependencies).filter(
  ([name]) => name in manifest.peerDependencies,
);

test('the peers are pinned to the versions that are tested, and optional', () => {
  expect(Object.entries(manifest.peerDependencies)).toEqual(versions);
  expect(Object.keys(manifest.peerDependenciesMeta)).toEqual(Object.keys(manifest.peerDependencies));
  for (const [, version] of versions) expect(version).toMatch(/^\d+\.\d+\.\d+$/);
});

test('a mock without Prism names the command that installs it, and nothing fails on import', async () => {
  const running = runSnippet(start, folder);
  expect(await running.ended).toBe(0);
  const { stdout, stderr } = running.output();
  expect(stderr).toBe('');
  expect(stdout.trim().split('\n')).toHaveLength(1);
  const command = versions.map(([name, version]) => `${name}@${version}`).join(' ');
  expect(stdout).toContain(`npm i -D -E ${command}\n`);
});

test('a mock with a part of Prism names the parts that are absent', async () => {
  await mkdir(path.join(folder, 'node_modules/@stoplight'));
  const core = 'node_modules/@stoplight/prism-core';
  await symlink(path.join(root, core), path.join(folder, core), 'junction');
  const running = runSnippet(start, folder);
  await running.ended;
  expect(running.output().stdout).toContain(
    'needs Prism, and @stoplight/prism-http, @stoplight/prism-http-server cannot be found',
  );
});
