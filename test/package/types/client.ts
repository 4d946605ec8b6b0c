/** What a consumer writes who has no DOM and no Node types. */
import {
  algorithms,
  type CatalogQuery,
  type ClientOptions,
  createTrainingCatalogClient,
  type Fetch,
  families,
  isApiError,
  isCatalogError,
  type Signal,
  type TrainingModel,
} from 'training-catalog-contract';

declare const maybe: string | undefined;
const own: Fetch = async () => ({
  status: 200,
  headers: new Map([['content-type', 'application/json']]) as never,
  body: null,
  text: async () => '{}',
});

const options: ClientOptions = {
  baseUrl: maybe,
  apiKey: maybe,
  fetch: own,
  retry: { limit: undefined },
  headers: [['x-source', 'nightly']],
  onAttempt: ({ attempt, failure }) => attempt + (failure ?? ''),
  onDrift: ({ at, value }) => `${at} ${String(value)}`,
};
const query: CatalogQuery = { family: maybe, min_size_b: 0.5, limit: undefined };

export async function list(signal: Signal): Promise<TrainingModel[]> {
  const client = createTrainingCatalogClient(options);
  try {
    const { models } = await client.listModels(query, { signal });
    return models.filter(
      ({ family, supported_algorithms }) =>
        family === families[0] || family === 'newer' || supported_algorithms.includes(algorithms[0]),
    );
  } catch (error) {
    if (isApiError(error, 'expired_token_error')) return [];
    if (isCatalogError(error, 'timeout')) throw new Error(`gave up after ${error.timeoutMs} ms`);
    throw error;
  }
}

// @ts-expect-error: the types are there, and not `any`
createTrainingCatalogClient({ baseUrl: 1 });
