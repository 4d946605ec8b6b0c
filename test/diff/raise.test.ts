/** A version is written everywhere or nowhere. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import { readContract } from '../../scripts/contract/read.ts';
import { setVersion } from '../../scripts/diff/raise.ts';
import { Undo } from '../../scripts/diff/undo.ts';
import { generate } from '../../scripts/generate.ts';
import { Project } from './project.ts';

let project: Project;

beforeEach(() => {
  project = new Project();
  project.write('package-lock.json', lockfile('1.0.0'));
});

/** With a dependency, whose version is another matter. */
const lockfile = (version: string) =>
  JSON.stringify({ version, packages: { '': { version }, x: { version: '1.0.0' } } }, null, '\t');

/** The text of every file. */
function snapshot(): Record<string, string> {
  const names = readdirSync(project.directory, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile() && !entry.parentPath.includes('.git'));
  return Object.fromEntries(
    files.map(({ parentPath, name }) => [
      path.join(parentPath, name),
      readFileSync(path.join(parentPath, name), 'utf8'),
    ]),
  );
}

test('it stands in contract, package, lockfile and what is generated; nothing else changes', async () => {
  project.editContract('["llama", "qwen"]', '["llama", "qwen"] # two');
  const before = snapshot();
  await setVersion(project.directory, '1.1.0');
  expect(project.read('openapi/openapi.yaml')).toBe(
    before[path.join(project.directory, 'openapi/openapi.yaml')]?.replace('version: 1.0.0', 'version: 1.1.0'),
  );
  expect(JSON.parse(project.read('package.json')).version).toBe('1.1.0');
  expect(project.read('package-lock.json')).toBe(lockfile('1.1.0'));
  expect(JSON.parse(project.read('generated/openapi.json')).info.version).toBe('1.1.0');
  expect(await readContract(path.join(project.directory, 'openapi/openapi.yaml'))).toMatchObject({
    info: { version: '1.1.0' },
  });
  expect(Object.keys(snapshot()).filter((name) => name.endsWith('.tmp'))).toEqual([]);
});

test('what can not be generated changes nothing', async () => {
  const before = snapshot();
  const fail = vi.fn().mockRejectedValue(new Error('a pattern that is none'));
  await expect(setVersion(project.directory, '2.0.0', fail)).rejects.toThrow('a pattern that is none');
  expect(snapshot()).toEqual(before);

  project.editContract('maximum: 100', 'maximum: many');
  const broken = snapshot();
  await expect(setVersion(project.directory, '2.0.0')).rejects.toThrow('Expected type `number`');
  expect(snapshot()).toEqual(broken);
});

test('what can not be written is taken back', async () => {
  const before = snapshot();
  // A file below a file: the last of what is generated can't be written.
  const half = async (contract: Parameters<typeof generate>[0]) =>
    new Map([...(await generate(contract)).files, ['openapi.json/below.ts', '']]);
  await expect(setVersion(project.directory, '2.0.0', half)).rejects.toThrow();
  expect(snapshot()).toEqual(before);
});

test('what a killed process left half written is taken back by the next one', async () => {
  const before = snapshot();
  const script = `
    import { writeFileSync } from 'node:fs';
    const { Undo } = await import(${JSON.stringify(new URL('../../scripts/diff/undo.ts', import.meta.url).href)});
    const undo = await Undo.start(process.cwd(), ['package.json', 'openapi/openapi.yaml', 'generated']);
    await undo.write('package.json', '{}');
    writeFileSync('generated/new.ts', 'x');
    console.log('half');
    setInterval(() => {}, 1000);`;
  const loader = import.meta.resolve('tsx/esm');
  const child = spawn(process.execPath, ['--import', loader, '--input-type=module', '-e', script], {
    cwd: project.directory,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  // As long as it is at work, it is left alone.
  expect(await Undo.recover(project.directory)).toBe(false);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(project.read('package.json')).toBe('{}');

  expect(await Undo.recover(project.directory)).toBe(true);
  expect(snapshot()).toEqual(before);
  expect(existsSync(path.join(project.directory, 'version.tmp'))).toBe(false);
  expect(await Undo.recover(project.directory)).toBe(false);
});
