/** What a consumer writes who has no DOM and no Node types. */
import {
  algorithms,
  type CatalogQuery,
  type ClientOptions,
  createTrainingCatalogClient,
  type Fetch,
  isApiError,
  isCatalogError,
  type Signal,
  type TrainingModel,
} from 'training-catalog-contract';

declare const maybe: string | undefined;
declare const own: Fetch;

const options: ClientOptions = {
  baseUrl: maybe,
  apiKey: maybe,
  fetch: own,
  onDrift: ({ at, value }) => `${at} ${String(value)}`,
};
const query: CatalogQuery = { family: maybe, min_size_b: 0.5, limit: undefined };

export async function list(signal: Signal): Promise<TrainingModel[]> {
  const client = createTrainingCatalogClient(options);
  try {
    const { models } = await client.listModels(query, { signal });
    return models.filter((model) => model.supported_algorithms.includes(algorithms[0]));
  } catch (error) {
    if (isApiError(error, 'expired_token_error')) return [];
    if (isCatalogError(error, 'timeout')) throw new Error(`gave up after ${error.timeoutMs} ms`);
    throw error;
  }
}

// @ts-expect-error: the types are there, and not `any`
createTrainingCatalogClient({ baseUrl: 1 });
