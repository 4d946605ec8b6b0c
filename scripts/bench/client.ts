/** Measures `listModels` with everything on against bare `fetch` and other clients. */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { createClient as createHeyApi } from '@hey-api/client-fetch';
import { build } from 'esbuild';
import ky from 'ky';
import OpenAI from 'openai';
import createOpenapiFetch from 'openapi-fetch';
import * as v from 'valibot';
import { list_training_catalog_endpoint as operation } from '../../generated/operations.ts';
import type { paths } from '../../generated/schema.ts';
import { root } from '../contract/read.ts';
import { redocly } from '../redocly.ts';
import { type Benchmark, compare, type Figure, type Tables } from './measure.ts';
import { buildModules } from './package.ts';
import { pageOf } from './page.ts';
import { startServer } from './processes.ts';
import { valibotPage } from './schemas/valibot.ts';

const apiKey = 'bench-key';
const bare = 'fetch + json()';
const ours = 'listModels, everything on';
const plain = 'openapi-fetch';

/** Answers with a fixed page, as fast as Node can. */
const server = `
  const body = Buffer.from(process.env.PAGE);
  const headers = { 'content-type': 'application/json', 'content-length': body.length };
  const server = require('node:http').createServer((_, response) => response.writeHead(200, headers).end(body));
  server.keepAliveTimeout = 60_000;
  server.listen(0, '127.0.0.1', () => console.log('http://127.0.0.1:' + server.address().port));`;

/** Compiled by esbuild, because tsx would add helpers that slow it down. */
async function loadRedoclyClient(folder: string) {
  const source = path.join(folder, 'redocly.ts');
  const compiled = path.join(folder, 'redocly.mjs');
  await redocly(['generate-client', 'generated/openapi.json', '--output', source], root);
  await build({ entryPoints: [source], outfile: compiled, format: 'esm', target: 'es2022' });
  return import(pathToFileURL(compiled).href);
}

export const run: Benchmark = async (folder) => {
  const moduleUrl = await buildModules(folder, { index: 'src/index.ts' });
  const { createTrainingCatalogClient }: typeof import('../../src/index.ts') = await import(
    moduleUrl('index')
  );
  const redoclyClient = await loadRedoclyClient(folder);
  const tables: Tables = {};
  const ratios: Figure[] = [];
  for (const models of [20, 100]) {
    await using running = await startServer(['-e', server], { PAGE: JSON.stringify(pageOf(models)) });
    const { url } = running;
    const headers = { authorization: `Bearer ${apiKey}` };
    const query = { limit: 100 };
    const target = `${url}${operation.path}?limit=100`;
    const client = createTrainingCatalogClient({
      baseUrl: url,
      apiKey,
      onDrift: () => {},
      onAttempt: () => {},
    });
    const raw = createOpenapiFetch<paths>({ baseUrl: url, headers });
    const retrying = createOpenapiFetch<paths>({
      baseUrl: url,
      headers,
      fetch: ky.create({ throwHttpErrors: false }),
    });
    const heyApi = createHeyApi({ baseUrl: url, headers });
    const kyClient = ky.create({ prefixUrl: url, headers });
    const stainless = new OpenAI({ baseURL: url, apiKey });
    redoclyClient.configure({ serverUrl: url, auth: { bearer: apiKey } });
    const { times, ratio } = await compare(
      {
        [bare]: async () => (await fetch(target, { headers })).json(),
        [ours]: () => client.listModels(query),
        [plain]: () => raw.GET(operation.path, { params: { query } }),
        'openapi-fetch + ky + valibot': async () =>
          v.parse(valibotPage, (await retrying.GET(operation.path, { params: { query } })).data),
        'hey-api client-fetch': () => heyApi.get({ url: operation.path, query }),
        ky: () => kyClient.get(operation.path.slice(1), { searchParams: query }).json(),
        'redocly generate-client': () => redoclyClient[operation.operationId]({ query }),
        'openai (Stainless)': () => stainless.get(operation.path, { query }),
      },
      // After this warm-up the code is compiled, as in a process that runs for long.
      { rounds: 30, warmUp: 20, calls: 100 },
    );
    tables[`a list of ${models} models, 3,000 calls each`] = times;
    const what = `listModels, ${models} models`;
    ratios.push(
      { what: `${what} ÷ ${plain}`, ...ratio(ours, plain), atMost: 1.1 },
      { what: `${what} ÷ ${bare}`, ...ratio(ours, bare) },
    );
  }
  return { ...tables, 'everything on': ratios };
};
