/** docs/keeping-the-contract.md prints what the commands print. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { root } from '../../scripts/contract/read.ts';
import { diff } from '../../scripts/diff.ts';
import { Project } from './project.ts';
import { nullable } from './tables/small.ts';

const text = readFileSync(path.join(root, 'docs/keeping-the-contract.md'), 'utf8');

/** Commands with what they print. */
const [same, changed, noTags] = [...text.matchAll(/```console\n\$ (.*)\n([\s\S]*?)```/g)].map(
  ([, command = '', printed = '']) => ({ command, printed: printed.trimEnd().split('\n') }),
);

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'diff-docs-'));
  const documents = path.join(root, 'test/diff/documents');
  cpSync(path.join(documents, 'contract.yaml'), path.join(directory, 'openapi/openapi.yaml'));
  cpSync(path.join(documents, 'backend.json'), path.join(directory, 'backend.json'));
  writeFileSync(path.join(directory, 'package.json'), '{ "version": "1.3.0" }');
});

afterEach(() => rmSync(directory, { recursive: true, force: true }));

async function run(command = ''): Promise<string[]> {
  const [, base, revision] = /^npm run diff -- --base (\S+) --revision (\S+)$/.exec(command) ?? [];
  expect(revision).toBeDefined();
  const { lines: report, problems } = await diff({ directory, base, revision });
  return [...report, ...problems];
}

test('a backend that says the same', async () => {
  expect(await run(same?.command)).toEqual(same?.printed);
});

test('a backend that changed', async () => {
  const file = path.join(directory, 'backend.json');
  const { paths, components, ...rest } = JSON.parse(readFileSync(file, 'utf8'));
  paths['/api/v1/books'].get.parameters[0].schema.maximum = 50;
  components.schemas.Genre.enum.push('history');
  components.schemas.Book.properties.bought = {
    ...nullable({ type: 'string', format: 'date' }),
    title: 'Bought',
  };
  writeFileSync(file, JSON.stringify({ ...rest, paths, components }, null, 2));
  expect(await run(changed?.command)).toEqual(changed?.printed);
});

test('a clone without tags', async () => {
  const project = new Project();
  try {
    project.release('1.0.0');
    const clone = path.join(directory, 'clone');
    execFileSync('git', ['clone', '--quiet', '--no-tags', pathToFileURL(project.directory).href, clone]);
    writeFileSync(path.join(clone, 'CHANGELOG.md'), `${project.read('CHANGELOG.md')}\n`);
    project.editContract('maximum: 100', 'maximum: 50');
    cpSync(path.join(project.directory, 'openapi'), path.join(clone, 'openapi'), { recursive: true });
    await expect(diff({ directory: clone })).rejects.toThrow(noTags?.printed.join('\n'));
  } finally {
    project.remove();
  }
});

test('every script that is named there is there', () => {
  const { scripts } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const named = new Set([...text.matchAll(/npm run ([\w:]+)/g)].map(([, name = '']) => name));
  expect([...named].filter((name) => !(name in scripts))).toEqual([]);
});
