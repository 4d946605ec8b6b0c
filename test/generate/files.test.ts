import { cpSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { readContract } from '../../scripts/contract/read.ts';
import { findStale, type GeneratedFiles, generate, writeGenerated } from '../../scripts/generate.ts';
import { operationId } from '../contract/from-yaml.ts';
import { parsedContract } from '../contract/read-yaml.ts';
import { root, runScript } from '../run-script.ts';
import { temporaryFolder, writeFiles } from './scratch.ts';
import { answering } from './small.ts';

const generated = path.join(root, 'generated');

/** Every file with its text, hidden ones too, so that a left-over shows. */
function contents(directory: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(directory, { recursive: true, encoding: 'utf8' })
      .sort()
      .filter((name) => statSync(path.join(directory, name)).isFile())
      .map((name) => [name, readFileSync(path.join(directory, name), 'utf8')]),
  );
}

/** A folder with a copy of the generated files in `out`. */
function copy(): { folder: string; out: string } {
  const folder = temporaryFolder();
  const out = path.join(folder, 'out');
  cpSync(generated, out, { recursive: true });
  return { folder, out };
}

test('the same contract gives the same files, and those of the project are fresh', async () => {
  const [first, second] = [await generate(await readContract()), await generate(await readContract())];
  expect(first).toEqual(second);
  expect(findStale(first.files, generated)).toEqual([]);
});

test('each file but the document says in its first line how it was made', async () => {
  for (const [name, text] of (await generate(await readContract())).files) {
    if (name === 'openapi.json') expect(JSON.parse(text)).toHaveProperty('x-generated');
    else expect(text, name).toMatch(/^\/\/ Written by `npm run generate` .*\n/);
  }
});

test('the document and its types are those of the contract, whatever is beside them', async () => {
  const contract = parsedContract();
  const { files } = await generate(structuredClone(contract));
  const { 'x-generated': _, ...written } = JSON.parse(files.get('openapi.json') as string);
  expect(written).toEqual(contract);
});

test('one more enum value makes every file that lists the values stale', async () => {
  const { out } = copy();
  const contract = parsedContract();
  contract.components.schemas.TrainingModel.properties.family.enum.push('one-more');
  const { files } = await generate(contract);
  const [document, types, values, ...validators] = findStale(files, out);
  expect([document, types, values]).toEqual(
    ['openapi.json', 'schema.ts', 'values.ts'].map((name) => `${name} is stale`),
  );
  expect(validators).toContain(`validators/${operationId}.mjs is stale`);
});

describe('writing', () => {
  const banner = '// Written by `npm run generate` from the contract. Do not edit.\n';
  const old = `${banner}old\n`;
  const byHand = '// by hand\n';
  const files: GeneratedFiles = new Map([
    ['a.ts', `${banner}new\n`],
    ['validators/b.mjs', `${banner}new\n`],
  ]);

  test('removes obsolete generated files in any folder, and leaves files of others', async () => {
    const folder = temporaryFolder();
    const left = { 'a.ts': old, 'gone.ts': old, 'validators/gone.mjs': old };
    writeFiles(folder, { ...left, 'notes.md': byHand, 'validators/own.mjs': byHand });
    expect(findStale(files, folder)).toEqual([
      'a.ts is stale',
      'validators/b.mjs is missing',
      'gone.ts is left over',
      'validators/gone.mjs is left over',
    ]);
    writeGenerated(files, folder);
    expect(Object.keys(contents(folder))).toEqual([
      'a.ts',
      'notes.md',
      'validators/b.mjs',
      'validators/own.mjs',
    ]);
    expect(findStale(files, folder)).toEqual([]);
  });

  test('refuses to write over a file of somebody’s own, and writes nothing', async () => {
    const folder = temporaryFolder();
    writeFiles(folder, { 'validators/b.mjs': byHand });
    expect(() => writeGenerated(files, folder)).toThrow(/b\.mjs was not generated .*--out/);
    expect(contents(folder)).toEqual({ 'validators/b.mjs': byHand });
  });

  test('looks for left-overs where it writes, and nowhere else', async () => {
    const folder = temporaryFolder();
    writeFiles(folder, { 'elsewhere/copy.ts': old });
    writeGenerated(files, folder);
    expect(Object.keys(contents(folder))).toContain('elsewhere/copy.ts');
  });

  test('ignores a difference in line ends', async () => {
    const folder = temporaryFolder();
    writeGenerated(files, folder);
    writeFiles(folder, { 'a.ts': `${banner}new\n`.replaceAll('\n', '\r\n') });
    expect(findStale(files, folder)).toEqual([]);
  });
});

describe('the command', { timeout: 120_000 }, () => {
  /** Runs it in a folder with a copy of what is generated in `out`. */
  const run = (folder: string, ...args: string[]) =>
    runScript('generate.ts', [...args, '--out', 'out'], { cwd: folder });

  /** The same, for a contract whose one answer is of this schema. */
  const runWith = (folder: string, schema: object) => {
    writeFiles(folder, { 'contract.yaml': stringify(answering(schema)) });
    return run(folder, '--contract', 'contract.yaml');
  };

  test('--check passes on the files of the project, whatever Redocly settings are beside them', async () => {
    const folder = temporaryFolder();
    writeFiles(folder, {
      'redocly.yaml':
        'apis: { main: { root: nowhere.yaml } }\nrules: { info-contact: error, operation-4xx-response: error }\n',
    });
    const outcome = await runScript('generate.ts', ['--check'], { cwd: folder });
    expect(outcome).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  test('--check names what is wrong with each file, and writes nothing', async () => {
    const { folder, out } = copy();
    writeFiles(out, { 'schema.ts': 'export {};\n' });
    rmSync(path.join(out, 'openapi.json'));
    const before = contents(out);
    const stderr = [
      `${path.join('out', 'openapi.json')} is missing`,
      `${path.join('out', 'schema.ts')} is stale`,
      'Run `npm run generate` and commit the result.\n',
    ].join('\n');
    expect(await run(folder, '--check')).toEqual({ code: 1, stdout: '', stderr });
    expect(contents(out)).toEqual(before);
  });

  test('changes no file when the contract has an error, and names its position', async () => {
    const { folder, out } = copy();
    const before = contents(out);
    expect(await runWith(folder, { $ref: '#/components/schemas/Nothing' })).toEqual({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/^contract\.yaml:\d+:\d+ Can't resolve \$ref .*\n$/),
    });
    expect(contents(out)).toEqual(before);
  });

  test('leaves out the validators of operations that reach a refused schema, and says what to write', async () => {
    const { folder, out } = copy();
    const { code, stdout, stderr } = await runWith(folder, { type: 'string', pattern: '[' });
    expect({ code, stdout, lines: stderr.trimEnd().split('\n') }).toEqual({
      code: 1,
      stdout: expect.stringMatching(/^Wrote \d+ files to out/),
      lines: [
        expect.stringMatching(/^contract\.yaml:\d+:\d+ .*write it as one/),
        'Operations that reach these schemas have no validators.',
      ],
    });
    expect(Object.keys(contents(out)).filter((name) => name.startsWith('validators'))).toEqual([]);
    expect(contents(out)['operations.ts']).toContain('look');
  });
});
