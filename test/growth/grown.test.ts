/** Applies all edits that go together at once, and uses the product of that contract: types, client, servers. */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { root } from '../../scripts/contract/read.ts';
import { startMock } from '../../src/mock/index.ts';
import { catalogPath, contractOfCatalog, exampleOf, newTrouble } from '../contract/from-yaml.ts';
import { compileProject } from '../generate/scratch.ts';
import { makeProduct, type Product } from '../product.ts';
import { edits } from './edits.ts';

/** The project with the grown contract in place of today's. */
let project: Product;
// biome-ignore lint/suspicious/noExplicitAny: its types are those of another contract.
let product: any;

beforeAll(async () => {
  const contract = contractOfCatalog();
  for (const edit of edits) if (!edit.alone) edit.change(contract);
  project = await makeProduct(contract);
  const sources = ['index.ts', 'client/raw.ts', 'server/index.ts'].map(project.load);
  product = Object.assign({}, ...(await Promise.all(sources)));
});
afterAll(() => project.remove());

test('every source compiles with it, and so does what a caller writes', async () => {
  const { folder } = project;
  cpSync(new URL('./caller.txt', import.meta.url), path.join(folder, 'caller.ts'));
  const settings = JSON.parse(readFileSync(path.join(root, 'tsconfig.json'), 'utf8'));
  const grown = { ...settings, include: ['src', 'generated', 'caller.ts'] };
  writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify(grown));
  expect(await compileProject(folder)).toEqual([]);
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

const invalid = (...problems: object[]) =>
  expect.objectContaining({ errors: problems.map((problem) => expect.objectContaining(problem)) });

const one = `${catalogPath}/{tinker_id}`;
const jobs = '/api/v1/training/jobs';
const header = (organization: string) => ({ 'X-Organization': organization });

/** Calls of each operation by the raw client, with the status and the body of the answer. */
const calls: [method: string, path: string, init: object, status: number, body: unknown][] = [
  [
    'GET',
    catalogPath,
    { params: { query: { tags: ['a', 'b'] }, header: header('acme') } },
    200,
    expect.objectContaining({ total: exampleOf(200).total }),
  ],
  [
    'GET',
    catalogPath,
    { params: { header: header('a') } },
    422,
    invalid({ loc: ['header', 'X-Organization'] }),
  ],
  ['GET', one, { params: { path: { tinker_id: 'Qwen/Qwen3-8B' } } }, 200, exampleOf(200).models[0]],
  ['GET', one, { params: { path: { tinker_id: 'a' } } }, 422, invalid({ loc: ['path', 'tinker_id'] })],
  ['POST', jobs, { body: { model: 'Qwen/Qwen3-8B', tags: ['a'] } }, 201, { id: 'job-1' }],
  [
    'POST',
    jobs,
    { body: { model: 'a', tags: ['a', 'b', 'c'] } },
    422,
    invalid(
      { loc: ['body', 'model'], type: 'string_too_short' },
      { loc: ['body', 'tags'], type: 'too_long' },
    ),
  ],
  ['DELETE', `${catalogPath}/cache`, {}, 204, undefined],
  ['GET', `${catalogPath}/table`, { parseAs: 'text' }, 200, 'tinker_id,size_b\nQwen/Qwen3-8B,8\n'],
];

test('the raw client calls every operation of the reference server', async () => {
  const { requests, options } = recording();
  const raw = product.createRawClient(options);
  for (const [method, itsPath, init, status, body] of calls) {
    const { response, data, error } = await raw[method](itsPath, init);
    expect([response.status, data ?? error], `${method} ${itsPath}`).toEqual([status, body]);
  }
  expect(new URL(requests[2]?.url as string).pathname).toBe(`${catalogPath}/Qwen%2FQwen3-8B`);
});

test('so does Prism, which reads the contract by itself', async () => {
  const mock = await startMock({ document: path.join(project.folder, 'openapi', 'openapi.json') });
  onTestFinished(() => mock.close());
  const raw = product.createRawClient({ baseUrl: mock.url, apiKey: 'any' });
  for (const [method, itsPath, init, status] of calls) {
    const { response } = await raw[method](itsPath, init);
    expect(response.status, `${method} ${itsPath}`).toBe(status);
  }
});
