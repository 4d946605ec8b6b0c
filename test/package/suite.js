/** What the client must manage on every runtime, as plain JavaScript without any platform's modules. */
import { models as served } from './models.js';

/** Base URLs: the reference server (`plain`) and four that misbehave; see `servers.ts`. */
function cases(
  { createTrainingCatalogClient, isApiError, isCatalogError, list_training_catalog_endpoint },
  servers,
) {
  const connect = (server, options) =>
    createTrainingCatalogClient({ baseUrl: servers[server], apiKey: 'any', retry: false, ...options });

  return {
    async list() {
      const { models, total } = await connect('plain').listModels();
      equal(total, served.length);
      equal(models.map(({ tinker_id }) => tinker_id).join(), served.map(({ tinker_id }) => tinker_id).join());
    },
    async filter() {
      const { models, total } = await connect('plain').listModels({
        family: 'qwen',
        min_size_b: 20,
        limit: 2,
      });
      equal(total, 3);
      equal(models.map(({ tinker_id }) => tinker_id).join(), 'org/large,org/huge');
    },
    async 'list everything'() {
      equal((await connect('plain').listAllModels({ algorithm: 'ppo' })).length, 2);
      equal((await connect('plain').findModel('org/huge')).size_b, 400);
      equal(await connect('plain').findModel('org/none'), undefined);
    },
    async 'any operation, and its response'() {
      const { call } = connect('plain');
      const { data, response } = await call(list_training_catalog_endpoint, { query: { limit: 1 } });
      equal(data.models.length, 1);
      equal(response.headers['content-type'], 'application/json');
      equal(response.url, `${servers.plain}/api/v1/training/catalog?limit=1`);
    },
    async 'error envelope'() {
      const error = await rejection(connect('plain', { apiKey: null }).listModels());
      equal(isApiError(error, 'authentication_error'), true);
      equal(error.status, 401);
    },
    async drift() {
      const seen = [];
      const client = connect('newer', { onDrift: ({ at, value }) => seen.push(`${at}=${value}`) });
      const { models } = await client.listModels({ limit: 1 });
      equal(models[0].family, 'newer-than-the-contract');
      equal(seen.join(), 'models[0].family=newer-than-the-contract');
    },
    async 'retry after a 429'() {
      const attempts = [];
      const client = connect('busy', {
        retry: { limit: 1 },
        onAttempt: ({ status, delayMs }) => attempts.push(`${status} ${delayMs}`),
      });
      equal((await client.listModels()).total, served.length);
      equal(attempts.join(), '429 0,200 undefined');
    },
    async 'timeout in the body'() {
      const error = await rejection(connect('stalling', { timeoutMs: 300 }).listModels());
      equal(isCatalogError(error, 'timeout'), true);
    },
    async abort() {
      const controller = new AbortController();
      const call = connect('stalling').listModels({}, { signal: controller.signal });
      setTimeout(() => controller.abort('enough'), 100);
      const error = await rejection(call);
      equal(isCatalogError(error, 'aborted'), true);
      equal(error.cause, 'enough');
    },
    async 'size limit'() {
      const error = await rejection(connect('plain', { maxResponseBytes: 100 }).listModels());
      equal(isCatalogError(error, 'response'), true);
      equal(error.message.includes('larger'), true);
    },
  };
}

function equal(actual, expected) {
  if (actual !== expected) throw new Error(`${String(actual)} instead of ${String(expected)}`);
}

async function rejection(promise) {
  const value = await promise.catch((error) => ({ error }));
  if (!('error' in value)) throw new Error('The call succeeded');
  return value.error;
}

/** Runs them one after the other: `{ list: 'passed', filter: 'Error: 19 instead of 20 …' }`. */
export async function runSuite(api, servers) {
  const results = {};
  for (const [name, run] of Object.entries(cases(api, servers))) {
    try {
      await run();
      results[name] = 'passed';
    } catch (error) {
      results[name] = `${error}\n${error?.stack ?? ''}`;
    }
  }
  return results;
}
