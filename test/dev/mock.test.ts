/** `npm run mock` says when what it serves is not the contract as it stands. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { readContract } from '../../scripts/contract/read.ts';
import { generate, writeGenerated } from '../../scripts/generate.ts';
import { describeStale } from '../../scripts/mock.ts';
import { smallContractPath } from '../contract/read-yaml.ts';
import { temporaryFolder, writeFiles } from '../generate/scratch.ts';

const original = readFileSync(smallContractPath, 'utf8');

test.each([
  ['nothing is said while generated files are of the contract', '', undefined],
  [
    'a contract edited since is told, with the command to run',
    'maximum: 50',
    /generated\/ is stale.*npm run generate/,
  ],
  [
    'a contract that is broken is told in one line',
    'maximum: many',
    /^The mock serves the last contract .*openapi\.yaml:\d+:\d+ .*$/,
  ],
])('%s', async (_, edit, says) => {
  const folder = temporaryFolder();
  const generated = path.join(folder, 'generated');
  await writeGenerated((await generate(await readContract(smallContractPath))).files, generated);
  writeFiles(folder, { 'openapi.yaml': edit ? original.replace('maximum: 100', edit) : original });
  const told = await describeStale(path.join(folder, 'openapi.yaml'), generated);
  expect(told).toEqual(says && expect.stringMatching(says));
});
