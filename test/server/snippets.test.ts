import { setupServer } from 'msw/node';
import { expect, test } from 'vitest';
import { createTrainingCatalogClient, type TrainingCatalogClient } from '../../src/index.ts';
import type { CatalogHandler } from '../../src/server/index.ts';
import type { listen } from '../../src/server/node.ts';
import { type Model, models } from '../contract/from-yaml.ts';
import { address } from './ask.ts';

/** Plain JavaScript, as documented, hence without types. */
const load = (name: string) => import(new URL(`../package/snippets/${name}`, import.meta.url).href);
const headers = { authorization: 'Bearer key' };

test('the handlers for MSW answer a fetch that knows nothing of them', async () => {
  const { handlers } = await load('msw.js');
  const server = setupServer(...handlers);
  server.listen({ onUnhandledRequest: 'error' });
  try {
    const answer = await fetch(`${address}?limit=2`, { headers });
    expect(await answer.json()).toMatchObject({ limit: 2, total: models.length });
    expect((await fetch(address)).status).toBe(401);
  } finally {
    server.close();
  }
});

test('the client calls the handler with no socket at all', async () => {
  const { client }: { client: TrainingCatalogClient } = await load('fetch-double.js');
  const { models: some } = await client.listModels({ min_size_b: 20 });
  expect(some.map(({ tinker_id }) => tinker_id)).toEqual(
    models.filter(({ size_b }) => size_b >= 20).map(({ tinker_id }) => tinker_id),
  );
  const [model] = models as [Model];
  await expect(client.findModel(model.tinker_id)).resolves.toMatchObject(model);
});

test('scripted failures come first, in their order, then the catalog', async () => {
  const { catalog }: { catalog: CatalogHandler } = await load('scripted-failures.js');
  const statuses: number[] = [];
  const client = createTrainingCatalogClient({
    apiKey: 'any',
    fetch: async (url, init) => {
      const response = await catalog(new Request(url, init as RequestInit));
      statuses.push(response.status);
      return response;
    },
    retry: { minDelayMs: 0 },
  });
  expect((await client.listModels()).total).toBe(models.length);
  expect(statuses).toEqual([429, 503, 200]);
});

test('a worker is the handler under the name fetch', async () => {
  const { default: worker } = await load('worker.js');
  expect((await worker.fetch(new Request(address, { headers }), {}, {})).status).toBe(200);
});

test('the documented server for Node says where it is and answers there', async () => {
  const lines: string[] = [];
  const log = console.log;
  console.log = (line: string) => lines.push(line);
  const { server }: { server: Awaited<ReturnType<typeof listen>> } = await load('node-listen.js').finally(
    () => {
      console.log = log;
    },
  );
  expect(lines).toEqual([`Listening on ${server.url}`]);
  expect((await fetch(`${server.url}${new URL(address).pathname}`, { headers })).status).toBe(200);
  await server.close();
});
