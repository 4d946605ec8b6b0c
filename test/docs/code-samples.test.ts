/** The requests to copy: a shell reads the command as meant, and the TypeScript fits the types of the client. */
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { expect, test } from 'vitest';
import { findOperations } from '../../scripts/contract/operations.ts';
import { readContract, root } from '../../scripts/contract/read.ts';
import { codeSamples } from '../../scripts/docs/code-samples.ts';
import { compile, temporaryFolder, writeFiles } from '../generate/scratch.ts';
import { toysPath } from './page.ts';

const contract = await readContract(toysPath);
const [list, add, remove] = findOperations(contract).map((operation) => codeSamples(contract, operation));

/** What curl would be called with. */
function argumentsOf(samples: typeof list): string[] {
  const script = `curl() { printf '%s\\0' "$@"; }\n${samples?.[0]?.source}`;
  const env = { DREADNODE_API_KEY: 'secret' };
  return execFileSync('sh', ['-c', script], { env, encoding: 'utf8' }).split('\0').slice(0, -1);
}

test('a command has the address, the key and the first examples of parameters and body', () => {
  expect(argumentsOf(list)).toEqual([
    ...['--get', 'https://toys.example/base/toys'],
    ...['-d', 'tags=a+b', '-d', 'tags=c', '-d', 'ids=1%2C2'],
    ...['-H', 'Authorization: Bearer secret'],
    ...['-H', 'X-Owner: ann'],
  ]);
  expect(argumentsOf(add)).toEqual([
    ...['-X', 'POST', 'https://toys.example/base/toys'],
    ...['-H', 'Authorization: Bearer secret'],
    ...['-H', 'X-Owner: ann'],
    ...['-H', 'Content-Type: application/json'],
    ...['--data-raw', JSON.stringify({ name: "Ann's bear" }, null, 2)],
  ]);
  expect(argumentsOf(remove)).toEqual(['-X', 'DELETE', "https://toys.example/base/toys/Ann's%20bear"]);
});

test('TypeScript has the same values, and none where there is no example', () => {
  const flat = (samples: typeof list) => samples?.[1]?.source.replaceAll(/\s+/g, ' ');
  expect(flat(add)).toContain(
    `client.call(addToy, { header: { 'X-Owner': 'ann' }, body: { name: "Ann's bear" } });`,
  );
  expect(flat(list)).toContain(
    `client.call(listToys, { query: { tags: [ 'a b', 'c' ], ids: [ 1, 2 ] }, header: { 'X-Owner': 'ann' } });`,
  );
});

test('the TypeScript for the catalog fits the types of the client', async () => {
  const document = await readContract();
  const samples = findOperations(document).map(
    (operation) => codeSamples(document, operation)[1]?.source ?? '',
  );
  const folder = temporaryFolder();
  const check = (source: string) => {
    writeFiles(folder, { 'sample.mts': source });
    return compile([path.join(folder, 'sample.mts')], {
      lib: ['es2023', 'dom', 'dom.iterable'],
      noUncheckedIndexedAccess: false,
      allowImportingTsExtensions: true,
      paths: {
        'training-catalog-contract': [path.join(root, 'src/index.ts')],
        'training-catalog-contract/operations': [path.join(root, 'generated/operations.ts')],
      },
    });
  };
  for (const source of samples) expect(await check(source)).toEqual([]);
  // What does not fit would be told.
  const [sample = ''] = samples;
  expect(await check(sample.replace('query: {', 'query: { limit: true,'))).not.toEqual([]);
});
