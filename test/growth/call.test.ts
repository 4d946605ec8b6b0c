/** Operations that the contract gains: the client calls them on the day they are generated, with no line of its own. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { addOperation, partsOf } from '../contract/edit.ts';
import { catalogPath, contractOfCatalog, exampleOf, unheardOf } from '../contract/from-yaml.ts';
import { compile } from '../generate/scratch.ts';
import { makeProduct, type Product } from '../product.ts';

const table = 'tinker_id,size_b\nQwen/Qwen3-8B,8\n';
const json = (schema: object, value: unknown) => ({
  content: { 'application/json': { schema, examples: { first: { value } } } },
});

/** A POST with a path parameter and a JSON body, a GET that answers text, and a DELETE without an answer. */
function grownContract(): object {
  const document = contractOfCatalog();
  const parts = partsOf(document);
  const state = { type: 'string', enum: ['queued', 'running'] };
  const properties = { id: { type: 'string' }, state };
  addOperation(parts, 'post', '/api/v1/projects/{project}/jobs', {
    operationId: 'create_job',
    parameters: [{ name: 'project', in: 'path', required: true, schema: { type: 'string', minLength: 2 } }],
    requestBody: {
      required: true,
      ...json(
        { type: 'object', required: ['model'], properties: { model: { type: 'string', minLength: 3 } } },
        { model: 'Qwen/Qwen3-8B' },
      ),
    },
    responses: {
      201: {
        description: 'It was created.',
        ...json({ type: 'object', required: ['id', 'state'], properties }, { id: 'job-1', state: 'queued' }),
      },
    },
  });
  const csv = { 'text/csv': { schema: { type: 'string' }, examples: { first: { value: table } } } };
  addOperation(parts, 'get', `${catalogPath}/table`, {
    operationId: 'list_as_table',
    responses: { 200: { description: 'The table.', content: csv } },
  });
  addOperation(parts, 'delete', `${catalogPath}/cache`, {
    operationId: 'clear_cache',
    responses: { 204: { description: 'It was cleared.' } },
  });
  return document;
}

let project: Product;
// biome-ignore lint/suspicious/noExplicitAny: its types are those of another contract.
let product: any;

beforeAll(async () => {
  project = await makeProduct(grownContract());
  const sources = ['index.ts', 'server/index.ts', 'server/node.ts', '../generated/operations.ts'];
  product = Object.assign({}, ...(await Promise.all(sources.map(project.load))));
});
afterAll(() => project.remove());

/** A client of the grown contract's own server, which answers with `response` first, where there is one. */
async function start(response?: () => Response) {
  const requests: { method: string; url: string; type: string | null; body: string }[] = [];
  const intercept = async (request: Request) => {
    const { method, url, headers } = request;
    requests.push({ method, url, type: headers.get('content-type'), body: await request.clone().text() });
    return response?.();
  };
  const { url, close } = await product.listen(product.createCatalogHandler({ intercept }));
  onTestFinished(close);
  const drifts: object[] = [];
  const client = product.createTrainingCatalogClient({
    ...{ baseUrl: url, apiKey: 'any', retry: { minDelayMs: 0 } },
    onDrift: (drift: object) => drifts.push(drift),
  });
  return { client, url, requests, drifts };
}

const job = { path: { project: 'a/b' }, body: { model: 'Qwen/Qwen3-8B' } };
const failureOf = (call: Promise<unknown>) =>
  call.then(
    (value) => expect.fail(`resolved to ${value}`),
    (error: unknown) => error,
  );

test('a JSON body and a path parameter are sent as they are, and JSON, text and nothing come back', async () => {
  const { client, url, requests, drifts } = await start();
  expect(await client.call(product.create_job, job)).toMatchObject({
    data: { id: 'job-1', state: 'queued' },
    response: { status: 201, url: `${url}/api/v1/projects/a%2Fb/jobs` },
  });
  expect(requests).toEqual([
    {
      ...{ method: 'POST', url: `${url}/api/v1/projects/a%2Fb/jobs`, type: 'application/json' },
      body: '{"model":"Qwen/Qwen3-8B"}',
    },
  ]);
  expect((await client.call(product.list_as_table)).data).toBe(table);
  expect(await client.call(product.clear_cache)).toMatchObject({
    data: undefined,
    response: { status: 204 },
  });
  expect(drifts).toEqual([]);
});

test('what the contract refuses is refused before it is sent, each problem with its location', async () => {
  const { client, requests } = await start();
  const wrong = { path: { project: 'a' }, body: { model: 5 } };
  expect(await failureOf(client.call(product.create_job, wrong))).toMatchObject({
    kind: 'usage',
    option: 'path',
    errors: [
      { loc: ['path', 'project'], type: 'string_too_short' },
      { loc: ['body', 'model'], type: 'string_type' },
    ],
  });
  expect(await failureOf(client.call(product.create_job, { path: job.path }))).toMatchObject({
    ...{ kind: 'usage', option: 'body', message: 'body: Field required.' },
  });
  expect(requests).toEqual([]);
});

test('a refusal by the server is an api error, of an operation that answers text too', async () => {
  const { client } = await start(() => Response.json(exampleOf(422), { status: 422 }));
  const calls = [() => client.call(product.create_job, job), () => client.call(product.list_as_table)];
  for (const call of calls)
    expect(await failureOf(call())).toMatchObject({
      kind: 'api',
      status: 422,
      errors: exampleOf(422).errors,
    });
});

test('a value that is newer than the contract is passed on and told of; a mistyped one is an error', async () => {
  const newer = await start(() => Response.json({ id: 'job-1', state: unheardOf }, { status: 201 }));
  const { data } = await newer.client.call(product.create_job, job);
  expect(data.state).toBe(unheardOf);
  expect(newer.drifts).toEqual([{ at: 'state', value: unheardOf }]);
  const broken = await start(() => Response.json({ id: 5, state: 'queued' }, { status: 201 }));
  expect(await failureOf(broken.client.call(product.create_job, job))).toMatchObject({
    kind: 'response',
    errors: [{ loc: ['body', 'id'] }],
  });
});

test('after a 503 a GET and a DELETE are sent again, a POST is not; after a 429 it is', async () => {
  const { client, requests } = await start(() => new Response(null, { status: 503 }));
  await failureOf(client.call(product.create_job, job));
  await failureOf(client.call(product.list_as_table));
  await failureOf(client.call(product.clear_cache));
  expect(requests.map(({ method }) => method)).toEqual([
    'POST',
    ...Array(3).fill('GET'),
    ...Array(3).fill('DELETE'),
  ]);
  const limited = await start(() => Response.json(exampleOf(429), { status: 429 }));
  await failureOf(limited.client.call(product.create_job, job));
  expect(limited.requests.map(({ body }) => body)).toEqual(Array(3).fill('{"model":"Qwen/Qwen3-8B"}'));
});

const caller = `
import { createTrainingCatalogClient, isCatalogError } from './src/index.ts';
import { clear_cache, create_job, list_as_table, list_training_catalog_endpoint } from './generated/operations.ts';

const client = createTrainingCatalogClient();
const { data, response } = await client.call(create_job, { path: { project: 'a/b' }, body: { model: 'abc' } }, { timeoutMs: 5 });
const id: string = data.id;
// Lists are open.
const state: 'queued' | 'running' | (string & {}) = data.state;
if (data.state === 'newer') console.log(id, state, response.headers['x-request-id']);
const text: string = (await client.call(list_as_table)).data;
const nothing: undefined = (await client.call(clear_cache)).data;
const page = await client.call(list_training_catalog_endpoint, { query: { family: null, limit: 5 } });
if (page.data.models?.[0]?.family === 'newer') console.log(text, nothing);

// @ts-expect-error: a path and a body are asked for
client.call(create_job);
// @ts-expect-error: a body is asked for
client.call(create_job, { path: { project: 'a/b' } });
// @ts-expect-error: a model is asked for
client.call(create_job, { path: { project: 'a/b' }, body: {} });
// @ts-expect-error: a project is a text
client.call(create_job, { path: { project: 5 }, body: { model: 'abc' } });
// @ts-expect-error: there is no such parameter
client.call(list_training_catalog_endpoint, { query: { page: 5 } });
// @ts-expect-error: no number comes back
const wrong: number = data.id;
void [isCatalogError, wrong];
`;

test('the types of a call are those of its operation', async () => {
  const file = path.join(project.folder, 'caller.mts');
  writeFileSync(file, caller);
  const settings = { allowImportingTsExtensions: true, lib: ['es2023', 'dom', 'dom.iterable'] };
  expect(await compile([file], settings)).toEqual([]);
});
