/** `npm run dev` on a small project of its own: edits, broken edits and what keeps running meanwhile. */
import { readFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { contractPath } from '../../scripts/contract/read.ts';
import { type Dev, startDev } from '../../scripts/dev.ts';

const original = readFileSync(contractPath, 'utf8');
let directory: string;
let contract: string;
let dev: Dev;
let printed: string[];

beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'dev-'));
  contract = path.join(directory, 'openapi', 'openapi.yaml');
  await mkdir(path.dirname(contract));
  await cp(contractPath, contract);
  await writeFile(
    path.join(directory, 'tsconfig.json'),
    JSON.stringify({
      compilerOptions: { strict: true, noEmit: true, types: [], lib: ['es2023'], module: 'nodenext' },
      files: ['use.ts'],
    }),
  );
  await writeFile(
    path.join(directory, 'use.ts'),
    "import type { components } from './generated/schema.js';\nexport const page: components['schemas']['TrainingCatalogResponse'] = { limit: 20, total: 0 };\n",
  );
  printed = [];
  dev = await startDev({
    contract,
    out: path.join(directory, 'generated'),
    tsconfig: path.join(directory, 'tsconfig.json'),
    port: 0,
    print: (text) => printed.push(text),
  });
}, 60_000);

afterEach(async () => {
  await dev?.close();
  await rm(directory, { recursive: true, force: true });
});

/** Saves the contract and resolves with what is said about it. */
async function save(text: string): Promise<string> {
  const before = printed.length;
  await writeFile(contract, text);
  await expect.poll(() => printed.length, { timeout: 20_000 }).toBeGreaterThan(before);
  return printed.at(-1) ?? '';
}

const mockUrl = () => /http:\/\/127\.0\.0\.1:\d+/.exec(printed.at(-1) ?? '')?.[0];

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

const generated = () => readFile(path.join(directory, 'generated', 'constants.ts'), 'utf8');

test('a good save is one line, new files and a new mock on the old address', async () => {
  expect(printed).toEqual([
    expect.stringMatching(
      /^\d\d:\d\d:\d\d Fine: openapi\.json, .* changed, generated in \d+ ms, types fit, mock on http:\/\/127\.0\.0\.1:\d+\.$/,
    ),
  ]);
  expect(await statusFor('limit=60')).toBe(200);
  const address = mockUrl();

  const said = await save(edited('maximum: 100', 'maximum: 50'));
  expect(said).toMatch(/Fine: .*constants\.ts.* changed/);
  expect(await generated()).toContain('"maximum": 50');
  expect(mockUrl()).toBe(address);
  expect(await statusFor('limit=60')).toBe(422);
}, 60_000);

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

  const guide = await save(edited('Retried by the client: yes.', 'Retried by the client: perhaps.'));
  expect(guide).toContain(
    `openapi.yaml:${lineOf('RateLimited:') + 1}:20 An error is described in three paragraphs`,
  );

  expect(await generated()).toBe(before);
  expect(await statusFor('limit=60')).toBe(200);

  expect(await save(original)).toContain('Fine: nothing changed');
  expect(await statusFor('limit=60')).toBe(200);
}, 60_000);

test('a good contract that the code does not fit says where the code breaks, and is served', async () => {
  const said = await save(edited('required: [limit, total]', 'required: [limit, models, total]'));
  expect(said).toMatch(/use\.ts:2:14 - error TS2741: Property 'models' is missing/);
  expect(said).toContain('export const page');
  expect(said).toContain('The contract is fine, the code that uses it is not.');
  expect(await save(original)).toContain('types fit');
}, 60_000);

test('a save of the same text restarts nothing', async () => {
  expect(await save(original)).toContain('Fine: nothing changed');
});
