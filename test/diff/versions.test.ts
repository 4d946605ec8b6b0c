/** The version that changes ask for is written into every file that states it. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { setVersion } from '../../scripts/diff/version.ts';
import { diff } from '../../scripts/diff.ts';
import { Project } from './project.ts';

let project: Project;

beforeEach(() => {
  project = new Project();
  project.write('package-lock.json', lockfile('1.0.0'));
  project.release('1.0.0');
});

/** With a dependency, whose version is another matter. */
const lockfile = (version: string) =>
  JSON.stringify({ version, packages: { '': { version }, x: { version: '1.0.0' } } }, null, '\t');

/** What `npm run diff -- --write` does. */
async function write(): Promise<string> {
  const { version } = await diff({ directory: project.directory });
  await setVersion(project.directory, version?.needed as string, version?.preparing);
  return version?.needed as string;
}

/** The text of every file, and when it was written. */
function snapshot(): Record<string, [text: string, written: number]> {
  const names = readdirSync(project.directory, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile() && !entry.parentPath.includes('.git'));
  const paths = files.map(({ parentPath, name }) => path.join(parentPath, name));
  return Object.fromEntries(
    paths.map((file) => [
      path.relative(project.directory, file),
      [readFileSync(file, 'utf8'), statSync(file).mtimeMs],
    ]),
  );
}

test('the version is written to contract, package, lockfile and generated files; comments and layout stay', async () => {
  project.editContract('["llama", "qwen"]', '["llama", "qwen", "gemma"] # three');
  const edited = project.read('openapi/openapi.yaml');
  expect(await write()).toBe('1.1.0');
  expect(project.read('openapi/openapi.yaml')).toBe(edited.replace('version: 1.0.0', 'version: 1.1.0'));
  expect(JSON.parse(project.read('package.json')).version).toBe('1.1.0');
  expect(project.read('package-lock.json')).toBe(lockfile('1.1.0'));
  expect(JSON.parse(project.read('generated/openapi.json')).info.version).toBe('1.1.0');
  expect(project.read('CHANGELOG.md')).not.toContain('1.1.0');
});

test('the second time in a row nothing but generated/ is written', async () => {
  project.editContract('maximum: 100', 'maximum: 50');
  await write();
  const before = snapshot();
  expect(await write()).toBe('2.0.0');
  const after = snapshot();
  const texts = (files: typeof before) => Object.entries(files).map(([name, [text]]) => [name, text]);
  expect(texts(after)).toEqual(texts(before));
  const written = Object.keys(after).filter((name) => after[name]?.[1] !== before[name]?.[1]);
  expect(written.filter((name) => !name.startsWith('generated'))).toEqual([]);
});

test('the version is lowered once the change that asked for it is taken back', async () => {
  project.editContract('maximum: 100', 'maximum: 50');
  await write();
  project.editContract('maximum: 50', 'maximum: 100');
  project.editContract('The name to show to people.', 'A name for people.');
  expect(await write()).toBe('1.0.1');
  expect(project.read('openapi/openapi.yaml')).toContain('version: 1.0.1');
  expect(project.read('package-lock.json')).toBe(lockfile('1.0.1'));
});

test('the heading of a release in preparation gets the version, too', async () => {
  project.edit('CHANGELOG.md', (text) =>
    text.replace('## 1.0.0', '## 1.0.1 (2026-02-28)\n\n- New.\n\n## 1.0.0'),
  );
  project.editContract('["llama", "qwen"]', '["llama", "qwen", "gemma"]');
  expect(await write()).toBe('1.1.0');
  expect(project.read('CHANGELOG.md')).toContain('\n## 1.1.0 (2026-02-28)\n\n- New.\n\n## 1.0.0');
});

test('a contract that nothing can be generated from gets no version', async () => {
  project.editContract('maximum: 100', 'maximum: many');
  const before = snapshot();
  await expect(setVersion(project.directory, '2.0.0')).rejects.toThrow('Expected type `number`');
  expect(snapshot()).toEqual(before);
});

test('a failure half way names what was written and how to undo it', async () => {
  // A file that was not generated is not overwritten, which is found out last.
  project.write('generated/operations.ts', '// Mine.\n');
  project.editContract('maximum: 100', 'maximum: 50');
  const failure = await write().catch((error: Error) => error.message);
  expect(failure).toContain('operations.ts was not generated and would be overwritten');
  expect(failure).toContain('openapi/openapi.yaml, package.json, package-lock.json, generated.');
  expect(failure).toContain('openapi/openapi.yaml had other edits');
  const [, undo = ''] = /git (restore .*)/.exec(failure as string) ?? [];
  expect(undo).toBe('restore package.json package-lock.json generated');
  project.git(...undo.split(' '));
  expect(project.git('status', '--porcelain').trim().split('\n')).toEqual([
    'M openapi/openapi.yaml',
    '?? generated/operations.ts',
  ]);
});
