/** What a consumer writes on top of that who has a platform's types, with every entry point. */
import { createTrainingCatalogClient } from 'training-catalog-contract';
import { prefer, startMock } from 'training-catalog-contract/mock';
import { list_training_catalog_endpoint } from 'training-catalog-contract/operations';
import { createRawClient } from 'training-catalog-contract/raw';
import type { components, operations, paths } from 'training-catalog-contract/schema';
import { createCatalogHandler } from 'training-catalog-contract/server';
import { listen } from 'training-catalog-contract/server/node';
import { toText, verifyServer } from 'training-catalog-contract/verify';

export type Path = keyof paths;
export type Operation = keyof operations;
export const family: components['schemas']['TrainingModel']['family'] = 'qwen';

const handler = createCatalogHandler({ intercept: (request) => Response.json({ method: request.method }) });
await using server = await listen(handler, { port: 0 });
await using mock = await startMock();
createTrainingCatalogClient({
  fetch: globalThis.fetch,
  headers: new Headers({ prefer: prefer({ code: 429 }) }),
});
createTrainingCatalogClient({ fetch: (url, init) => handler(new Request(url, init)) });
const { data } = await createRawClient({ baseUrl: mock.url }).GET('/api/v1/training/catalog', {
  params: { query: { family: 'llama' } },
  signal: AbortSignal.timeout(500),
});
const client = createTrainingCatalogClient();
const { data: page, response } = await client.call(list_training_catalog_endpoint, { query: { limit: 1 } });
export const counts: number[] = [page.total, response.status];
export const names: string[] | undefined = data?.models?.map((model) => model.display_name);
export const report: string = toText(await verifyServer(server.url));
