/** Applies all edits that go together at once, and uses the product of that contract: types, client, servers. */
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { readContract, root } from '../../scripts/contract/read.ts';
import { generate, writeGenerated } from '../../scripts/generate.ts';
import { startMock } from '../../src/mock/index.ts';
import { catalogPath, contractOfCatalog, exampleOf, newTrouble } from '../contract/from-yaml.ts';
import { edits } from './edits.ts';

/** The project with the grown contract in place of today's. */
let project: string;
// biome-ignore lint/suspicious/noExplicitAny: its types are those of another contract.
let product: any;

beforeAll(async () => {
  project = await mkdtemp(path.join(tmpdir(), 'grown-'));
  await mkdir(path.join(project, 'openapi'));
  for (const name of ['src', 'package.json', 'tsconfig.json']) {
    await cp(path.join(root, name), path.join(project, name), { recursive: true });
  }
  await symlink(path.join(root, 'node_modules'), path.join(project, 'node_modules'));
  await writeFile(
    path.join(project, 'caller.ts'),
    await readFile(new URL('./caller.txt', import.meta.url), 'utf8'),
  );
  const contract = contractOfCatalog();
  for (const edit of edits) if (!edit.alone) edit.change(contract);
  const file = path.join(project, 'openapi', 'openapi.yaml');
  await writeFile(file, JSON.stringify(contract));
  await writeGenerated(await generate(await readContract(file)), path.join(project, 'generated'));

  const load = (name: string) =>
    import(/* @vite-ignore */ pathToFileURL(path.join(project, 'src', name)).href);
  product = {
    ...(await load('index.ts')),
    ...(await load('client/raw.ts')),
    ...(await load('server/index.ts')),
  };
});
afterAll(() => rm(project, { recursive: true, force: true }));

test('every source compiles with it, and so does what a caller writes', () => {
  const config = ts.readConfigFile(path.join(project, 'tsconfig.json'), ts.sys.readFile).config;
  const { options, fileNames } = ts.parseJsonConfigFileContent(
    { ...config, include: ['src', 'generated', 'caller.ts'] },
    ts.sys,
    project,
  );
  const program = ts.createProgram(fileNames, options);
  const errors = ts
    .getPreEmitDiagnostics(program)
    .map(
      ({ file, messageText }) => `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
    );
  expect(errors).toEqual([]);
});

/** A handler of the grown contract that notes what is sent to it. */
function recording() {
  const requests: Request[] = [];
  const handler = product.createCatalogHandler();
  const fetch = (url: string | Request, init?: RequestInit) => {
    const request = new Request(url, init);
    requests.push(request.clone());
    return handler(request);
  };
  return { requests, options: { baseUrl: 'http://127.0.0.1:1', apiKey: 'any', fetch } };
}

describe('the typed client', () => {
  test('sends lists repeated, booleans as words, and the server reads them back', async () => {
    const { requests, options } = recording();
    const client = product.createTrainingCatalogClient(options);
    const { total } = await client.listModels({
      grown_tags: ['a', 'b'],
      grown_priced: true,
      grown_offset: 0,
      grown_tier: null,
    });
    expect(total).toBe(exampleOf(200).total);
    const sent = new URL(requests[0]?.url as string).searchParams;
    expect([...sent]).toEqual([
      ['grown_tags', 'a'],
      ['grown_tags', 'b'],
      ['grown_priced', 'true'],
      ['grown_offset', '0'],
    ]);
  });

  test('refuses what the contract refuses, in words of the API', async () => {
    const { requests, options } = recording();
    const client = product.createTrainingCatalogClient(options);
    await expect(client.listModels({ grown_order: 'age', grown_offset: -1 })).rejects.toMatchObject({
      kind: 'usage',
      errors: [
        { loc: ['query', 'grown_order'], type: 'enum' },
        { loc: ['query', 'grown_offset'], type: 'greater_than_equal' },
      ],
    });
    await expect(client.listModels({ 'X-Organization': 'acme' })).rejects.toMatchObject({ kind: 'usage' });
    expect(requests).toEqual([]);
  });

  test('passes new fields on, and new values of new lists as drift', async () => {
    const [model] = exampleOf(200).models;
    const fields = {
      grown_tier: 'gold',
      grown_plans: { eu: 'free' },
      grown_range: [1, 'half'],
      grown_note: null,
    };
    const page = { limit: 20, total: 1, models: [{ ...model, ...fields }] };
    const drifts: { at: string; value: unknown }[] = [];
    const client = product.createTrainingCatalogClient({
      apiKey: 'any',
      fetch: async () => Response.json(page),
      onDrift: (drift: (typeof drifts)[number]) => drifts.push(drift),
    });
    const { models } = await client.listModels();
    expect(models[0]).toMatchObject(fields);
    expect(drifts).toEqual(
      expect.arrayContaining([
        { at: 'models[0].grown_tier', value: 'gold' },
        { at: 'models[0].grown_range[1]', value: 'half' },
      ]),
    );
    expect(drifts).toHaveLength(2);
  });

  test('tries a new status again where the contract says so', async () => {
    const { requests, options } = recording();
    const client = product.createTrainingCatalogClient({
      ...options,
      headers: { prefer: `code=${newTrouble}` },
      retry: { limit: 1, minDelayMs: 0 },
    });
    await expect(client.listModels()).rejects.toMatchObject({
      kind: 'api',
      status: newTrouble,
      code: newTrouble,
    });
    expect(requests).toHaveLength(2);
  });
});

/** Each operation of the grown contract by the raw client. */
async function callAll(raw: {
  [method: string]: (
    path: string,
    init?: object,
  ) => Promise<{ response: Response; data?: never; error?: never }>;
}) {
  const call = async (method: string, itsPath: string, init?: object) => {
    const { response, data, error } = await (raw[method] as (typeof raw)[string])(itsPath, init);
    return [response.status, data ?? error];
  };
  return {
    list: await call('GET', catalogPath, {
      params: { query: { tags: ['a', 'b'] }, header: { 'X-Organization': 'acme' } },
    }),
    badHeader: await call('GET', catalogPath, { params: { header: { 'X-Organization': 'a' } } }),
    one: await call('GET', `${catalogPath}/{tinker_id}`, {
      params: { path: { tinker_id: 'Qwen/Qwen3-8B' } },
    }),
    shortId: await call('GET', `${catalogPath}/{tinker_id}`, { params: { path: { tinker_id: 'a' } } }),
    made: await call('POST', '/api/v1/training/jobs', { body: { model: 'Qwen/Qwen3-8B', tags: ['a'] } }),
    badJob: await call('POST', '/api/v1/training/jobs', { body: { model: 'a', tags: ['a', 'b', 'c'] } }),
    cleared: await call('DELETE', `${catalogPath}/cache`),
    table: await call('GET', `${catalogPath}/table`, { parseAs: 'text' }),
  };
}

test('the raw client calls every operation of the reference server', async () => {
  const { requests, options } = recording();
  const answers = await callAll(product.createRawClient(options));
  expect(answers).toEqual({
    list: [200, expect.objectContaining({ total: exampleOf(200).total })],
    badHeader: [
      422,
      expect.objectContaining({ errors: [expect.objectContaining({ loc: ['header', 'X-Organization'] })] }),
    ],
    one: [200, exampleOf(200).models[0]],
    shortId: [
      422,
      expect.objectContaining({ errors: [expect.objectContaining({ loc: ['path', 'tinker_id'] })] }),
    ],
    made: [201, { id: 'job-1' }],
    badJob: [
      422,
      expect.objectContaining({
        errors: [
          expect.objectContaining({ loc: ['body', 'model'], type: 'string_too_short' }),
          expect.objectContaining({ loc: ['body', 'tags'], type: 'too_long' }),
        ],
      }),
    ],
    cleared: [204, undefined],
    table: [200, 'tinker_id,size_b\nQwen/Qwen3-8B,8\n'],
  });
  expect(new URL(requests[2]?.url as string).pathname).toBe(`${catalogPath}/Qwen%2FQwen3-8B`);
});

test('so does Prism, which reads the contract by itself', async () => {
  const mock = await startMock({ document: path.join(project, 'openapi', 'openapi.yaml') });
  onTestFinished(() => mock.close());
  const answers = await callAll(product.createRawClient({ baseUrl: mock.url, apiKey: 'any' }));
  const statuses = Object.fromEntries(Object.entries(answers).map(([name, [status]]) => [name, status]));
  expect(statuses).toEqual({
    list: 200,
    badHeader: 422,
    one: 200,
    shortId: 422,
    made: 201,
    badJob: 422,
    cleared: 204,
    table: 200,
  });
});
