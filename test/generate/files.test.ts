import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { readContract } from '../../scripts/contract/read.ts';
import { findStale, type GeneratedFiles, generate, writeGenerated } from '../../scripts/generate.ts';
import { operationId } from '../contract/from-yaml.ts';
import { parsedContract } from '../contract/read-yaml.ts';
import { root, runScript } from '../run-script.ts';
import { temporaryFolder } from './scratch.ts';
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

// biome-ignore lint/suspicious/noExplicitAny: a document is changed at will.
const generateFrom = (contract: any): Promise<GeneratedFiles> => generate(contract);

test('the same contract gives the same files, and those of the project are fresh', async () => {
  const [first, second] = [await generate(await readContract()), await generate(await readContract())];
  expect(first).toEqual(second);
  expect(await findStale(first, generated)).toEqual([]);
});

test('each file but the document says in its first line how it was made', async () => {
  for (const [name, text] of await generate(await readContract())) {
    if (name === 'openapi.json') expect(JSON.parse(text)).toHaveProperty('x-generated');
    else expect(text, name).toMatch(/^\/\/ Written by `npm run generate` .*\n/);
  }
});

test('the document and its types are those of the contract, whatever is beside them', async () => {
  const contract = parsedContract();
  const files = await generateFrom(structuredClone(contract));
  const { 'x-generated': _, ...written } = JSON.parse(files.get('openapi.json') as string);
  expect(written).toEqual(contract);
});

test('one more value makes stale every file that lists the values', async () => {
  const { out } = copy();
  const contract = parsedContract();
  const list = contract.components.schemas.TrainingModel.properties.family.enum;
  list.push('one-more');
  const [document, types, values, ...validators] = await findStale(await generateFrom(contract), out);
  expect([document, types, values]).toEqual(
    ['openapi.json', 'schema.ts', 'values.ts'].map((name) => `${name} is stale`),
  );
  expect(validators).toContain(`validators/${operationId}.mjs is stale`);
});

describe('writing', () => {
  const files: GeneratedFiles = new Map([
    ['a.ts', '// Written by `npm run generate` from the contract. Do not edit.\nnew\n'],
    ['validators/b.mjs', '// Written by `npm run generate` from the contract. Do not edit.\nnew\n'],
  ]);
  const old = '// Written by `npm run generate` from the contract. Do not edit.\nold\n';

  test('removes what was generated once, wherever it lies, and leaves what others wrote', async () => {
    const folder = temporaryFolder();
    mkdirSync(path.join(folder, 'validators'));
    for (const name of ['a.ts', 'gone.ts', 'validators/gone.mjs'])
      writeFileSync(path.join(folder, name), old);
    for (const name of ['notes.md', 'validators/own.mjs'])
      writeFileSync(path.join(folder, name), '// by hand\n');
    expect(await findStale(files, folder)).toEqual([
      'a.ts is stale',
      'validators/b.mjs is missing',
      'gone.ts is left over',
      'validators/gone.mjs is left over',
    ]);
    await writeGenerated(files, folder);
    expect(Object.keys(contents(folder))).toEqual([
      'a.ts',
      'notes.md',
      'validators/b.mjs',
      'validators/own.mjs',
    ]);
    expect(await findStale(files, folder)).toEqual([]);
  });

  test('changes no file if one of them cannot be written, and tidies up', async () => {
    const folder = temporaryFolder();
    writeFileSync(path.join(folder, 'a.ts'), old);
    // In the way of the neighbour that is written first.
    const obstacle = path.join(folder, 'validators', '.b.mjs.tmp');
    mkdirSync(obstacle, { recursive: true });
    await expect(writeGenerated(files, folder)).rejects.toThrow(/EISDIR/);
    expect(readFileSync(path.join(folder, 'a.ts'), 'utf8')).toBe(old);
    rmSync(obstacle, { recursive: true });
    await writeGenerated(files, folder);
    expect(contents(folder)).toEqual(Object.fromEntries(files));
  });

  test('refuses to write over a file of somebody’s own, and writes nothing', async () => {
    const folder = temporaryFolder();
    mkdirSync(path.join(folder, 'validators'));
    writeFileSync(path.join(folder, 'validators/b.mjs'), '// by hand\n');
    await expect(writeGenerated(files, folder)).rejects.toThrow(/b\.mjs was not generated .*--out/);
    expect(contents(folder)).toEqual({ 'validators/b.mjs': '// by hand\n' });
  });

  test('looks for left-overs where it writes, and nowhere else', async () => {
    const folder = temporaryFolder();
    mkdirSync(path.join(folder, 'elsewhere'));
    writeFileSync(path.join(folder, 'elsewhere/copy.ts'), old);
    await writeGenerated(files, folder);
    expect(Object.keys(contents(folder))).toContain('elsewhere/copy.ts');
  });

  test('removes nothing when there is more that could not be made', async () => {
    const folder = temporaryFolder();
    writeFileSync(path.join(folder, 'values.ts'), old);
    await writeGenerated(files, folder, { complete: false });
    expect(Object.keys(contents(folder))).toEqual(['a.ts', 'validators/b.mjs', 'values.ts']);
  });

  test('takes line ends of Windows for the same', async () => {
    const folder = temporaryFolder();
    await writeGenerated(files, folder);
    writeFileSync(path.join(folder, 'a.ts'), (files.get('a.ts') as string).replaceAll('\n', '\r\n'));
    expect(await findStale(files, folder)).toEqual([]);
  });
});

describe('the command', { timeout: 120_000 }, () => {
  test('--check passes on the files of the project, whatever Redocly settings lie around', async () => {
    const folder = temporaryFolder();
    writeFileSync(
      path.join(folder, 'redocly.yaml'),
      'apis: { main: { root: nowhere.yaml } }\nrules: { info-contact: error, operation-4xx-response: error }\n',
    );
    const outcome = await runScript('generate.ts', ['--check'], { cwd: folder });
    expect(outcome).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  test('--check names what is wrong with each file, and writes nothing', async () => {
    const { folder, out } = copy();
    writeFileSync(path.join(out, 'schema.ts'), 'export {};\n');
    rmSync(path.join(out, 'openapi.json'));
    const before = contents(out);
    const { code, stdout, stderr } = await runScript('generate.ts', ['--check', '--out', 'out'], {
      cwd: folder,
    });
    expect({ code, stdout, lines: stderr.trimEnd().split('\n') }).toEqual({
      code: 1,
      stdout: '',
      lines: [
        `${path.join('out', 'openapi.json')} is missing`,
        `${path.join('out', 'schema.ts')} is stale`,
        'Run `npm run generate` and commit the result.',
      ],
    });
    expect(contents(out)).toEqual(before);
  });

  test('leaves all as it was when the contract has an error, and names the place', async () => {
    const { folder, out } = copy();
    const before = contents(out);
    writeFileSync(
      path.join(folder, 'contract.yaml'),
      stringify(answering({ $ref: '#/components/schemas/Nothing' })),
    );
    const outcome = await runScript('generate.ts', ['--contract', 'contract.yaml', '--out', 'out'], {
      cwd: folder,
    });
    expect(outcome).toEqual({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/^contract\.yaml:\d+:\d+ Can't resolve \$ref .*\n$/),
    });
    expect(contents(out)).toEqual(before);
  });

  test('writes document and types of a contract that has no validators, and says what to write instead', async () => {
    const { folder, out } = copy();
    const before = contents(out);
    writeFileSync(path.join(folder, 'contract.yaml'), stringify(answering({ type: 'string', pattern: '[' })));
    const { code, stdout, stderr } = await runScript(
      'generate.ts',
      ['--contract', 'contract.yaml', '--out', 'out'],
      { cwd: folder },
    );
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    const [wrote, ...problems] = stderr.trimEnd().split('\n');
    expect(wrote).toBe(
      `Wrote openapi.json and schema.ts to out${path.sep}; the other files are left as they were, because of:`,
    );
    expect(problems).toEqual([expect.stringMatching(/^contract\.yaml:\d+:\d+ .*write it as one/)]);
    const after = contents(out);
    expect(after['schema.ts']).toContain('look');
    const { 'openapi.json': _, 'schema.ts': __, ...others } = after;
    expect(before).toMatchObject(others);
  });
});
