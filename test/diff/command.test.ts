/** `npm run diff` in a git repository of its own: which release it takes, what it prints, how it ends. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { root } from '../../scripts/contract/read.ts';
import { raiseVersion } from '../../scripts/diff/raise.ts';
import { diff } from '../../scripts/diff.ts';

let project: string;

beforeEach(() => {
  project = mkdtempSync(path.join(tmpdir(), 'diff-project-'));
  for (const name of ['openapi', 'generated', 'src', 'tsconfig.json']) {
    cpSync(path.join(root, name), path.join(project, name), { recursive: true });
  }
  symlinkSync(path.join(root, 'node_modules'), path.join(project, 'node_modules'));
  writeFileSync(path.join(project, '.gitignore'), 'node_modules\n');
  setVersion('1.0.0', '1.0.0');
  git('init', '--quiet');
  commit();
});

afterEach(() => rmSync(project, { recursive: true, force: true }));

function git(...args: string[]) {
  const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@localhost', '-c', 'commit.gpgsign=false'];
  execFileSync('git', [...identity, ...args], { cwd: project, stdio: 'pipe' });
}

function commit() {
  git('add', '.');
  git('commit', '--quiet', '--message', 'Edit');
}

function editFile(name: string, edit: (text: string) => string) {
  const file = path.join(project, name);
  const before = readFileSync(file, 'utf8');
  const after = edit(before);
  expect(after).not.toBe(before);
  writeFileSync(file, after);
}

const edit = (from: string | RegExp, to: string) =>
  editFile('openapi/openapi.yaml', (text) => text.replace(from, to));

function setVersion(contract: string, pkg: string) {
  const file = path.join(project, 'openapi/openapi.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replace(/^ {2}version: .*$/m, `  version: ${contract}`));
  writeFileSync(path.join(project, 'package.json'), JSON.stringify({ type: 'module', version: pkg }));
}

test('before the first release there is one line and success', async () => {
  expect(await diff({ directory: project })).toEqual({
    report: ['diff: no release yet (no tag such as v1.0.0), so there is nothing to compare with.'],
    problems: [],
    version: '1.0.0',
  });
});

test('an unchanged contract is in order', async () => {
  git('tag', 'v1.0.0');
  expect(await diff({ directory: project })).toEqual({
    report: ['diff: v1.0.0 → openapi/openapi.yaml: no changes.'],
    problems: [],
    version: '1.0.0',
  });
});

test('a breaking edit is a problem until contract and package have the next major version', async () => {
  git('tag', 'v1.0.0');
  edit('maximum: 100', 'maximum: 50');
  const { report, problems } = await diff({ directory: project });
  expect(report).toEqual([
    "major  Upper bound changed from '<= 100' to '<= 50'.",
    expect.stringMatching(
      /^ {7}openapi\/openapi\.yaml:\d+:\d+ {2}#\/components\/parameters\/limit\/schema\/maximum$/,
    ),
    'diff: v1.0.0 → openapi/openapi.yaml: 1 major, 0 minor, 0 patch.',
  ]);
  expect(problems).toEqual(['info.version is 1.0.0, but major changes since 1.0.0 ask for 2.0.0 or higher.']);

  setVersion('2.0.0', '1.0.0');
  expect((await diff({ directory: project })).problems).toEqual([
    'package.json has version 1.0.0 and the contract 2.0.0; they are always equal.',
  ]);
  setVersion('2.0.0', '2.0.0');
  expect((await diff({ directory: project })).problems).toEqual([]);
});

test('the version can be written into every file that states it', async () => {
  git('tag', 'v1.0.0');
  edit('["llama", "qwen"]', '["llama", "qwen", "gemma"] # three');
  writeFileSync(
    path.join(project, 'package-lock.json'),
    JSON.stringify({ version: '1.0.0', packages: { '': { version: '1.0.0' } } }),
  );
  const { version = '' } = await diff({ directory: project });
  expect(version).toBe('1.1.0');
  await raiseVersion(project, version);
  expect((await diff({ directory: project })).problems).toEqual([]);
  const read = (name: string) => readFileSync(path.join(project, name), 'utf8');
  expect(read('openapi/openapi.yaml')).toContain('"gemma"] # three');
  expect(JSON.parse(read('package-lock.json'))).toEqual({ version, packages: { '': { version } } });
  expect(read('generated/constants.ts')).toContain('version = "1.1.0"');
});

test('the release that counts is the nearest one, and another can be chosen', async () => {
  git('tag', 'v1.0.0');
  edit('["llama", "qwen"]', '["llama", "qwen", "gemma"]');
  setVersion('1.1.0', '1.1.0');
  commit();
  git('tag', 'v1.1.0');
  git('tag', 'not-a-release');
  expect(await diff({ directory: project })).toMatchObject({
    report: ['diff: v1.1.0 → openapi/openapi.yaml: no changes.'],
  });
  const { report, problems } = await diff({ directory: project, base: 'v1.0.0' });
  expect(report[0]).toBe(
    "minor  Enum of `family` gained values: 'gemma'. (clients read values newer than the contract, so callers do not break)",
  );
  expect(problems).toEqual([]);
});

test('a document of a whole backend is compared without a look at versions', async () => {
  const backend = {
    openapi: '3.1.0',
    info: { title: 'Platform', version: '9.0.0' },
    paths: { '/other': {}, '/api/v1/training/catalog': { get: { operationId: 'x', responses: {} } } },
  };
  writeFileSync(path.join(project, 'backend.json'), JSON.stringify(backend));
  const { report, problems } = await diff({ directory: project, base: 'backend.json' });
  expect(report.join('\n')).toContain("changed from 'x' to 'list_training_catalog_endpoint'");
  expect(report.at(-1)).toContain('Versions are not compared');
  expect(problems).toEqual([]);
});

test.each(['v9.9.9', 'notes.yaml'])('a base that is no contract is refused by name: %s', async (base) => {
  writeFileSync(path.join(project, 'notes.yaml'), 'hello: world\n');
  await expect(diff({ directory: project, base })).rejects.toThrow(base);
});

test('code that compiled with the last release and does not today is a major change', async () => {
  mkdirSync(path.join(project, 'test/surface'), { recursive: true });
  writeFileSync(
    path.join(project, 'test/surface/root.test-d.ts'),
    [
      "import { families } from '../../src/index.ts';",
      "import type { components } from '../../generated/schema.ts';",
      "export const first: 'llama' = families[0];",
      "export const id = (model: components['schemas']['TrainingModel']): string => model.tinker_id;",
      '// @ts-expect-error there is no such family',
      "export const known: (typeof families)[number] = 'gemma';",
    ].join('\n'),
  );
  commit();
  git('tag', 'v1.0.0');
  // One more family: the line that was refused compiles now, and nobody breaks.
  editFile('generated/constants.ts', (text) => text.replace('"qwen"\n', '"qwen",\n  "gemma"\n'));
  expect(await diff({ directory: project })).toMatchObject({
    report: ['diff: v1.0.0 → openapi/openapi.yaml: no changes.'],
  });

  editFile('src/index.ts', (text) => text.replace('as families', 'as modelFamilies'));
  editFile('generated/schema.ts', (text) => text.replace('tinker_id: string', 'tinker_id: number'));
  const { report, problems } = await diff({ directory: project });
  expect(report.filter((line) => line.startsWith(' '))).toEqual([
    '       v1.0.0:test/surface/root.test-d.ts:1:10',
    expect.stringContaining('v1.0.0:test/surface/root.test-d.ts:4:'),
  ]);
  expect(problems).toEqual([expect.stringContaining('ask for 2.0.0 or higher')]);
}, 90_000);
