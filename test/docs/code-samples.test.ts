/** The requests to copy: a shell reads the command as meant, and the TypeScript fits the contract's types. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript';
import { afterAll, expect, test } from 'vitest';
import { readContract, root } from '../../scripts/contract/read.ts';
import { codeSamples } from '../../scripts/docs/code-samples.ts';
import { readOperations } from '../../scripts/docs/operations.ts';
import { compile } from '../package/editor.ts';
import { contract } from './contract.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'samples-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The samples of each operation, by its name. */
function samplesOf(document: OpenAPI3): Record<string, { curl: string; typescript: string }> {
  return Object.fromEntries(
    readOperations(document).map((operation) => {
      const [curl, typescript] = codeSamples(document, operation).map(({ source }) => source);
      return [operation.name, { curl: String(curl), typescript: String(typescript) }];
    }),
  );
}

/** What curl would be called with. */
function argumentsOf(command: string): string[] {
  const script = `curl() { printf '%s\\0' "$@"; }\n${command}`;
  const printed = execFileSync('sh', ['-c', script], {
    env: { DREADNODE_API_KEY: 'secret' },
    encoding: 'utf8',
  });
  return printed.split('\0').slice(0, -1);
}

/** What the compiler says of programs in which the package is this project and `paths` are a contract's. */
async function compileAll(document: OpenAPI3, ...programs: string[]): Promise<string[]> {
  const write = (name: string, text: string) => {
    writeFileSync(path.join(folder, name), text);
    return path.join(folder, name);
  };
  write('schema.ts', astToString(await openapiTS(structuredClone(document), { silent: true })));
  const raw = write(
    'raw.d.ts',
    `import type { Client } from ${JSON.stringify(path.join(root, 'node_modules/openapi-fetch/dist/index.mjs'))};
     import type { paths } from './schema.ts';
     export declare function createRawClient(): Client<paths>;`,
  );
  const files = programs.map((program, index) => write(`program-${index}.mts`, program));
  return compile(files, {
    lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
    noUncheckedIndexedAccess: false,
    skipLibCheck: true,
    allowImportingTsExtensions: true,
    paths: {
      'training-catalog-contract': [path.join(root, 'src/index.ts')],
      'training-catalog-contract/raw': [raw],
    },
  });
}

test('a command has the address, the key and what the contract gives for parameters and body', () => {
  const samples = samplesOf(contract);
  expect(argumentsOf(samples['GET /toys']?.curl ?? '')).toEqual([
    'https://toys.example/base/toys?tags=a+b&tags=c&ids=1%2C2',
    ...['-H', 'X-Key: secret'],
    ...['-H', 'X-Owner: ann'],
  ]);
  const [body, ...others] = argumentsOf(samples['POST /toys']?.curl ?? '').reverse();
  expect(others.reverse()).toEqual([
    ...['-X', 'POST', 'https://toys.example/base/toys'],
    ...['-H', 'X-Key: secret'],
    ...['-H', 'X-Owner: ann'],
    ...['-H', 'Content-Type: application/json', '--data-raw'],
  ]);
  expect(JSON.parse(String(body))).toEqual({
    name: "Ann's bear",
    count: 2,
    colours: ['string'],
    owner: 'ann',
  });
  expect(argumentsOf(samples['DELETE /toys/{name}']?.curl ?? '')).toEqual([
    ...['-X', 'DELETE', "https://toys.example/base/toys/Ann's%20bear"],
  ]);
});

test('the TypeScript of every operation fits the types of its contract', async () => {
  const samples = Object.values(samplesOf(contract)).map(({ typescript }) => typescript);
  expect(await compileAll(contract, ...samples)).toEqual([]);
  // What does not fit would be told.
  const wrong = samples
    .map((sample) => sample.replace("'ann'", "'zoe'"))
    .find((sample) => /zoe/.test(sample));
  expect(await compileAll(contract, String(wrong))).toEqual([expect.stringMatching(/"?zoe"?/)]);
});

test('the catalog is listed by the typed client', async () => {
  const document = await readContract();
  const [sample] = Object.values(samplesOf(document));
  expect(sample?.typescript).toContain('client.listModels({ limit: ');
  expect(await compileAll(document, String(sample?.typescript))).toEqual([]);
});

test('a schema that holds itself makes an end', () => {
  const schema: Record<string, unknown> = { $ref: '#/components/schemas/Node' };
  const node = { type: 'object', required: ['next'], properties: { next: schema } };
  const document = {
    ...contract,
    paths: {
      '/nodes': {
        post: { requestBody: { content: { 'application/json': { schema } } }, responses: {} },
      },
    },
    components: { ...contract.components, schemas: { Node: node } },
  } as unknown as OpenAPI3;
  expect(samplesOf(document)['POST /nodes']?.curl).toContain('"next": null');
});
