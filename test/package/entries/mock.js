/** The Prism mock and the client against each other. */
import { createTrainingCatalogClient, isApiError } from 'training-catalog-contract';
import { prefer, startMock } from 'training-catalog-contract/mock';

const mock = await startMock();
const client = createTrainingCatalogClient({ baseUrl: mock.url, apiKey: 'any', retry: false });
const { models } = await client.listModels();
const error = await client
  .listModels({}, { headers: { prefer: prefer({ code: 429 }) } })
  .catch((error) => error);
await mock.close();
console.log(
  JSON.stringify({
    'mock: list': models.length > 0 ? 'passed' : 'no models',
    'mock: prefer': isApiError(error) && error.status === 429 ? 'passed' : String(error),
  }),
);
