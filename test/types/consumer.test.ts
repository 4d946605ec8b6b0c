import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'tsdown';
import ts from 'typescript';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from '../../scripts/contract/read.ts';
import { types } from '../../tsdown.config.ts';

/** What a consumer may do who has no DOM and no Node types. */
const program = `
import {
  createTrainingCatalogClient, families, isApiError, isCatalogError,
  type CatalogQuery, type ClientOptions, type Fetch, type Signal, type TrainingModel,
} from 'training-catalog-contract';

declare const maybe: string | undefined;
const options: ClientOptions = {
  baseUrl: 'http://127.0.0.1:4010', apiKey: maybe, retry: { limit: undefined },
  headers: [['x-source', 'nightly']],
  onAttempt: ({ attempt, failure }) => attempt + (failure ?? ''),
};
const query: CatalogQuery = { family: maybe, min_size_b: 0.5, limit: undefined };
const own: Fetch = async () => ({
  status: 200, headers: new Map([['content-type', 'application/json']]) as never, body: null, text: async () => '{}',
});

export async function list(signal: Signal): Promise<TrainingModel[]> {
  const client = createTrainingCatalogClient({ ...options, fetch: own });
  try {
    const { models } = await client.listModels(query, { signal });
    return models.filter(({ family }) => family === families[0] || family === 'newer');
  } catch (error) {
    if (isApiError(error, 'expired_token_error')) return [];
    if (isCatalogError(error, 'timeout')) throw new Error(\`gave up after \${error.timeoutMs} ms\`);
    throw error;
  }
}
`;

/** What needs the platform's own types on top of that. */
const platformProgram = `${program}
createTrainingCatalogClient({ fetch: globalThis.fetch, headers: new Headers() })
  .listModels({}, { signal: AbortSignal.timeout(500) });
createTrainingCatalogClient({ fetch: (url, init) => fetch(url, init) });
`;

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'consumer-'));
  const home = path.join(folder, 'node_modules', 'training-catalog-contract');
  await mkdir(home, { recursive: true });
  await writeFile(path.join(home, 'package.json'), await readFile(path.join(root, 'package.json')));
  const { index } = types.entry as { index: string };
  const outDir = path.join(home, 'dist');
  await build({ ...types, entry: { index }, cwd: root, outDir, config: false, logLevel: 'error' });
}, 120_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

/** What the compiler says of a consumer under some settings on top of strict ones. */
async function compile(source: string, extra: ts.CompilerOptions): Promise<string[]> {
  const file = path.join(folder, 'consumer.mts');
  await writeFile(file, source);
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    verbatimModuleSyntax: true,
    erasableSyntaxOnly: true,
    skipLibCheck: false,
    noEmit: true,
    types: [],
    ...extra,
  };
  const compiled = ts.createProgram([file], options);
  return ts
    .getPreEmitDiagnostics(compiled)
    .map(
      ({ file, messageText }) =>
        `${file?.fileName ?? ''}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`,
    );
}

test('the types compile where there is nothing but ECMAScript 2022', async () => {
  expect(await compile(program, { lib: ['lib.es2022.d.ts'] })).toEqual([]);
}, 120_000);

test('they take the platform’s fetch, headers and signals where a DOM library is', async () => {
  expect(
    await compile(platformProgram, { lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'] }),
  ).toEqual([]);
}, 120_000);

test('they take the platform’s fetch, headers and signals where Node’s types are', async () => {
  const typeRoots = [path.join(root, 'node_modules', '@types')];
  expect(await compile(platformProgram, { lib: ['lib.es2022.d.ts'], types: ['node'], typeRoots })).toEqual(
    [],
  );
}, 120_000);

test('they compile for a bundler too', async () => {
  const bundler = { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler };
  expect(await compile(program, { ...bundler, lib: ['lib.es2022.d.ts'] })).toEqual([]);
}, 120_000);
