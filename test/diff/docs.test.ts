/** docs/keeping-the-contract.md prints what the commands print. */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { root } from '../../scripts/contract/read.ts';
import { diff } from '../../scripts/diff.ts';
import { temporaryFolder } from '../generate/scratch.ts';
import { Project } from './project.ts';
import { nullable, text } from './tables/small.ts';

const page = readFileSync(path.join(root, 'docs/keeping-the-contract.md'), 'utf8');

/** Commands with what they print. */
const [same, changed, noTags] = [...page.matchAll(/```console\n\$ (.*)\n([\s\S]*?)```/g)].map(
  ([, command = '', printed = '']) => ({ command, printed: printed.trimEnd().split('\n') }),
);

let directory: string;

beforeEach(() => {
  directory = temporaryFolder();
  const documents = path.join(root, 'test/diff/documents');
  cpSync(path.join(documents, 'contract.yaml'), path.join(directory, 'openapi/openapi.yaml'));
  cpSync(path.join(documents, 'backend.json'), path.join(directory, 'backend.json'));
  writeFileSync(path.join(directory, 'package.json'), '{ "version": "1.3.0" }');
});

async function run(command = ''): Promise<string[]> {
  const [, base, revision] = /^npm run diff -- --base (\S+) --revision (\S+)$/.exec(command) ?? [];
  expect(revision).toBeDefined();
  const { lines: report, problems } = await diff({ directory, base, revision });
  return [...report, ...problems];
}

test('the backend without a change prints what the page shows', async () => {
  expect(await run(same?.command)).toEqual(same?.printed);
});

test('the backend with changes prints what the page shows', async () => {
  const file = path.join(directory, 'backend.json');
  const { paths, components, ...rest } = JSON.parse(readFileSync(file, 'utf8'));
  paths['/api/v1/books'].get.parameters[0].schema.maximum = 50;
  components.schemas.Genre.enum.push('history');
  components.schemas.Book.properties.bought = { ...nullable(text({ format: 'date' })), title: 'Bought' };
  writeFileSync(file, JSON.stringify({ ...rest, paths, components }, null, 2));
  expect(await run(changed?.command)).toEqual(changed?.printed);
  const [, line] = /backend\.json:(\d+):/.exec(changed?.printed[1] ?? '') ?? [];
  expect(readFileSync(file, 'utf8').split('\n')[Number(line) - 1]).toContain('"maximum": 50');
});

test('a clone without tags prints what the page shows', async () => {
  const project = new Project();
  project.release('1.0.0');
  project.editContract('maximum: 100', 'maximum: 50');
  project.commit();
  await expect(diff({ directory: project.clone('--no-tags') })).rejects.toThrow(noTags?.printed.join('\n'));
});

test('every script that the page names exists', () => {
  const { scripts } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const named = new Set([...page.matchAll(/npm run ([\w:]+)/g)].map(([, name = '']) => name));
  expect([...named].filter((name) => !(name in scripts))).toEqual([]);
});
