/** `npm run dev` on a small project of its own: edits, broken edits and what keeps running meanwhile. */
import { readFileSync } from 'node:fs';
import { appendFile, mkdir, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Dev, startDev } from '../../scripts/dev.ts';
import { smallContractPath } from '../contract/read-yaml.ts';
import { temporaryFolder, writeFiles } from '../generate/scratch.ts';

const original = readFileSync(smallContractPath, 'utf8');
let directory: string;
let contract: string;
let dev: Dev;
let printed: string[];

beforeEach(async () => {
  directory = temporaryFolder();
  contract = path.join(directory, 'openapi', 'openapi.yaml');
  const compilerOptions = { strict: true, noEmit: true, types: [], lib: ['es2023'], module: 'nodenext' };
  writeFiles(directory, {
    'openapi/openapi.yaml': original,
    'tsconfig.json': JSON.stringify({ compilerOptions, files: ['use.ts'] }),
    'use.ts': `import type { components } from './generated/schema.js';
export const page: components['schemas']['TrainingCatalogResponse'] = { limit: 20, total: 0 };
`,
  });
  printed = [];
  dev = await startDev({
    contract,
    out: path.join(directory, 'generated'),
    tsconfig: path.join(directory, 'tsconfig.json'),
    port: 0,
    print: (text) => printed.push(text),
  });
  await heard(0);
});

afterEach(() => dev?.close());

/** Writes into the file that is there. */
const overwrite = (text: string) => writeFile(contract, text);

/** What vim, JetBrains, `sed -i` and git do: a new file takes the place of the old one. */
async function replace(text: string) {
  const next = path.join(path.dirname(contract), '.openapi.yaml.next');
  await writeFile(next, text);
  await rename(next, contract);
}

/** Saves the contract and resolves with all that is said about it. */
async function save(text: string, way = overwrite): Promise<string> {
  const before = printed.length;
  await way(text);
  return heard(before);
}

/** What is said after the first so many reports, once nothing more is to come. */
async function heard(before: number): Promise<string> {
  const isOver = () => printed.length > before && !printed.at(-1)?.endsWith('Checking types …');
  await expect.poll(isOver, { timeout: 60_000 }).toBe(true);
  return printed.slice(before).join('\n');
}

const mockUrl = () => /http:\/\/127\.0\.0\.1:\d+/.exec(printed.join())?.[0];

async function statusFor(query: string): Promise<number> {
  const response = await fetch(`${mockUrl()}/api/v1/training/catalog?${query}`, {
    headers: { authorization: 'Bearer key' },
  });
  return response.status;
}

const edited = (from: string, to: string) => {
  expect(original).toContain(from);
  return original.replace(from, to);
};

const bounded = (maximum: number) => edited('maximum: 100', `maximum: ${maximum}`);

const generated = () => readFile(path.join(directory, 'generated', 'openapi.json'), 'utf8');

test('a good save is told once, with new files and a new mock on the old address, before types are checked', async () => {
  const fine = (changed: string) =>
    expect.stringMatching(
      new RegExp(
        `^\\d\\d:\\d\\d:\\d\\d Fine: ${changed} changed, generated in \\d+ ms, mock on ${mockUrl()}\\. Checking types …$`,
      ),
    );
  const typesFit = expect.stringMatching(/^\d\d:\d\d:\d\d Types fit\.$/);
  expect(await statusFor('limit=60')).toBe(200);

  await overwrite(bounded(50));
  await expect.poll(() => printed.length, { timeout: 60_000 }).toBeGreaterThan(2);
  expect(await generated()).toContain('"maximum": 50');
  // Served before types are checked, which takes longest.
  expect(await statusFor('limit=60')).toBe(422);
  expect(printed).toHaveLength(3);
  await heard(2);

  await save(bounded(50));
  expect(printed).toEqual([
    fine('openapi\\.json, .*'),
    typesFit,
    fine('openapi\\.json, .*'),
    typesFit,
    fine('nothing'),
    typesFit,
  ]);
});

test('a broken save shows the lines in question, and what was good stays until it is mended', async () => {
  const before = await generated();
  const lines = original.split('\n');
  const lineOf = (text: string) => lines.findIndex((line) => line.includes(text)) + 1;

  const syntax = await save(edited('  schemas:', '  schemas: ['));
  expect(syntax).toMatch(/openapi\.yaml:\d+:\d+ missed comma between flow collection entries/);
  expect(syntax).toContain('schemas: [');
  expect(syntax).toContain('still serves the contract as it was');

  const lint = await save(edited('maximum: 100', 'maximum: many'));
  expect(lint).toContain(
    `openapi.yaml:${lineOf('maximum: 100')}:18 Expected type \`number\` but got \`string\`.`,
  );
  expect(lint).toMatch(new RegExp(`^${lineOf('maximum: 100')} \\| +maximum: many$`, 'm'));

  expect(await generated()).toBe(before);
  expect(await statusFor('limit=60')).toBe(200);

  expect(await save(original)).toContain('Fine: nothing changed');
  expect(await statusFor('limit=60')).toBe(200);
  expect(printed).toHaveLength(6);
});

test('a good contract that the code does not fit says where the code breaks, and is served', async () => {
  const said = await save(edited('required: [limit, total]', 'required: [limit, models, total]'));
  expect(said).toMatch(/use\.ts:2:14 - error TS2741: Property 'models' is missing/);
  expect(said).toContain('export const page');
  expect(said).toContain('The contract is fine, the code that uses it is not:');
  expect(await save(original)).toContain('Types fit');
});

/** Resolves when a bound of the contract is in the generated files, and the mock knows it. */
async function arrived(maximum: number): Promise<void> {
  await expect.poll(generated, { timeout: 60_000 }).toContain(`"maximum": ${maximum}`);
  const statuses = () => Promise.all([statusFor(`limit=${maximum}`), statusFor(`limit=${maximum + 1}`)]);
  await expect.poll(statuses, { timeout: 60_000 }).toEqual([200, 422]);
}

test('saves that replace the file are all heard, and one in pieces is read when it is whole', async () => {
  await replace(bounded(50));
  await arrived(50);
  await replace(edited('  schemas:', '  schemas: ['));
  // The types of the save before may be told after it.
  await expect.poll(() => printed.join(), { timeout: 60_000 }).toContain('missed comma');
  await replace(bounded(60));
  await arrived(60);
  await truncate(contract);
  for (const line of bounded(70).split(/(?<=\n)/)) await appendFile(contract, line);
  await arrived(70);
  expect(printed.filter((line) => line.includes(' Fine: '))).toHaveLength(4);
  expect(printed.filter((line) => line.includes('still serves'))).toHaveLength(1);
});

test('while there is no folder this is said and what was good stays, until one is there again', async () => {
  const before = printed.length;
  const folder = path.dirname(contract);
  await rm(folder, { recursive: true });
  expect(await heard(before)).toMatch(/ENOENT[\s\S]*still serves the contract as it was/);
  expect(await statusFor('limit=60')).toBe(200);
  await mkdir(folder);
  await overwrite(bounded(50));
  await arrived(50);
  // As git does on a checkout, with no time between.
  await rm(folder, { recursive: true });
  await mkdir(folder);
  await overwrite(bounded(60));
  await arrived(60);
  await replace(bounded(70));
  await arrived(70);
});
