/** Measures `listModels` with all features on against bare `fetch` and against other clients. */
import { pathToFileURL } from 'node:url';
import { createClient as createHeyApi } from '@hey-api/client-fetch';
import ky from 'ky';
import OpenAI from 'openai';
import createOpenapiFetch from 'openapi-fetch';
import * as v from 'valibot';
import { list_training_catalog_endpoint as operation } from '../../generated/operations.ts';
import type { paths } from '../../generated/schema.ts';
import { compare, over, type Row, rowOf } from './measure.ts';
import { pageOf } from './page.ts';
import { dist, startServer } from './processes.ts';
import { writeRedoclyClient } from './redocly-client.ts';
import { valibotPage } from './schemas/valibot.ts';
import { inScratch } from './scratch.ts';
import { calls, type Suite } from './suite.ts';
import { type Goal, timesBaseline } from './verdict.ts';

const apiKey = 'bench-key';
const bare = 'fetch + json()';
const ours = 'listModels, everything on';
const plainPeer = 'openapi-fetch';
const likeOurs = 'openapi-fetch + ky + valibot';
const { path: catalogPath } = operation;

/** Answers with a fixed page, as fast as Node can. */
const server = `
  const body = Buffer.from(process.env.PAGE);
  const headers = { 'content-type': 'application/json', 'content-length': body.length };
  const server = require('node:http').createServer((_, response) => response.writeHead(200, headers).end(body));
  server.keepAliveTimeout = 60_000;
  server.listen(0, '127.0.0.1', () => console.log('http://127.0.0.1:' + server.address().port));`;

const loadRedoclyClient = () =>
  inScratch(async (folder) => import(pathToFileURL(await writeRedoclyClient(folder)).href));

/** Measures over loopback, with the built package. */
async function compareClients(models: number): Promise<[Row, ...Row[]]> {
  const { createTrainingCatalogClient }: typeof import('../../src/index.ts') = await import(dist('index.js'));
  const redocly = await loadRedoclyClient();
  const { url, stop } = await startServer(['-e', server], { PAGE: JSON.stringify(pageOf(models)) });
  try {
    const headers = { authorization: `Bearer ${apiKey}` };
    const query = { limit: 100 };
    const target = `${url}${catalogPath}?limit=100`;
    const client = createTrainingCatalogClient({
      baseUrl: url,
      apiKey,
      onDrift: () => {},
      onAttempt: () => {},
    });
    const raw = createOpenapiFetch<paths>({ baseUrl: url, headers });
    const together = createOpenapiFetch<paths>({
      baseUrl: url,
      headers,
      fetch: ky.create({ throwHttpErrors: false }),
    });
    const heyApi = createHeyApi({ baseUrl: url, headers });
    const kyClient = ky.create({ prefixUrl: url, headers });
    const stainless = new OpenAI({ baseURL: url, apiKey });
    redocly.configure({ serverUrl: url, auth: { bearer: apiKey } });
    return await compare(
      {
        [bare]: async () => (await fetch(target, { headers })).json(),
        [ours]: () => client.listModels(query),
        [plainPeer]: () => raw.GET(catalogPath, { params: { query } }),
        [likeOurs]: async () =>
          v.parse(valibotPage, (await together.GET(catalogPath, { params: { query } })).data),
        'hey-api client-fetch': () => heyApi.get({ url: catalogPath, query }),
        ky: () => kyClient.get(catalogPath.slice(1), { searchParams: query }).json(),
        'redocly generate-client': () => redocly.list_training_catalog_endpoint({ query }),
        'openai (Stainless)': () => stainless.get(catalogPath, { query }),
      },
      // After this warm-up the compiled code is measured, as in a process that runs for long.
      { calls, warmUp: 2_000 },
    );
  } finally {
    await stop();
  }
}

export const run: Suite = async () => {
  const goals: Goal[] = [];
  const details: Record<string, Row[]> = {};
  for (const models of [20, 100]) {
    const rows = await compareClients(models);
    details[`listModels, ${models} models, ${calls} calls each, over loopback`] = rows;
    const what = `\`listModels\`, ${models} models, everything on`;
    const against = (peer: string, atMost: number): Goal => ({
      what: `${what} ÷ ${peer}`,
      figure: over(rowOf(rows, ours), rowOf(rows, peer)),
      unit: 'times',
      atMost,
    });
    goals.push(
      timesBaseline(`${what} ÷ bare fetch + json()`, rows, ours, 1.2),
      against(plainPeer, 1.1),
      against(likeOurs, 1),
    );
  }
  return { goals, details };
};
