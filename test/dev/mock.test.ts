/** `npm run mock` says when what it serves is not the contract as it stands. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readContract } from '../../scripts/contract/read.ts';
import { generate, writeGenerated } from '../../scripts/generate.ts';
import { describeStale } from '../../scripts/mock.ts';
import { smallContractPath } from '../contract/read-yaml.ts';

let directory: string;
let contract: string;
let generated: string;

beforeEach(async () => {
  directory = mkdtempSync(path.join(tmpdir(), 'mock-'));
  contract = path.join(directory, 'openapi.yaml');
  generated = path.join(directory, 'generated');
  cpSync(smallContractPath, contract);
  await writeGenerated(await generate(await readContract(contract)), generated);
});

afterEach(() => rmSync(directory, { recursive: true, force: true }));

const edit = (from: string, to: string) =>
  writeFileSync(contract, readFileSync(contract, 'utf8').replace(from, to));

test('nothing is said while generated files are of the contract', async () => {
  expect(await describeStale(contract, generated)).toBeUndefined();
});

test('a contract edited since is told, with the command to run', async () => {
  edit('maximum: 100', 'maximum: 50');
  expect(await describeStale(contract, generated)).toMatch(/generated\/ is stale.*npm run generate/);
});

test('a contract that is broken is told in one line', async () => {
  edit('maximum: 100', 'maximum: many');
  expect(await describeStale(contract, generated)).toMatch(
    /^The mock serves the last contract .*openapi\.yaml:\d+:\d+ .*$/,
  );
});
