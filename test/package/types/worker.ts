/** What a Cloudflare worker writes, which has its platform's types and no DOM. */
import { createTrainingCatalogClient, type Signal } from 'training-catalog-contract';
import { createRawClient } from 'training-catalog-contract/raw';
import { createCatalogHandler } from 'training-catalog-contract/server';

interface Env {
  API: Fetcher;
}

const catalog = createCatalogHandler();

export const clientsOf = (env: Env) => [
  createTrainingCatalogClient({ fetch }),
  createTrainingCatalogClient({ fetch: (url, init) => fetch(url, init) }),
  createTrainingCatalogClient({ fetch: (url, init) => fetch(url, { ...init, cf: { cacheTtl: 60 } }) }),
  createTrainingCatalogClient({ fetch: (url, init) => env.API.fetch(url, init) }),
  createTrainingCatalogClient({ fetch: (url, init) => catalog(new Request(url, init)) }),
  createTrainingCatalogClient({ init: { cf: { cacheTtl: 60 } } }),
];

export const signal: Signal = AbortSignal.timeout(500);

export default {
  async fetch(request, env) {
    const [client] = clientsOf(env);
    const page = await client?.listModels(
      {},
      { signal: request.signal, init: { cf: { cacheEverything: true } } },
    );
    const { response } = await createRawClient().GET('/api/v1/training/catalog', { cf: { cacheTtl: 60 } });
    return Response.json({ page, status: response.status });
  },
} satisfies ExportedHandler<Env>;

// @ts-expect-error: the platform's options are checked
createTrainingCatalogClient({ init: { cf: { cacheTtl: 'long' } } });
// @ts-expect-error: the client sets it
createTrainingCatalogClient({ init: { method: 'POST' } });
