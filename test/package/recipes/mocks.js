/** Calls the hosted server, which MSW stands in for. */
import { createTrainingCatalogClient, isApiError } from 'training-catalog-contract';
import { busy, server } from './mocks.ts';

server.listen({ onUnhandledRequest: 'error' });
const client = createTrainingCatalogClient({
  baseUrl: 'https://catalog.example',
  apiKey: 'any',
  retry: { maxRetryAfterMs: 1000 },
});
const { total } = await client.listModels();
server.use(busy());
const error = await client.listModels().catch((thrown) => thrown);
server.close();
if (total === 0) throw new Error('no models');
if (!isApiError(error) || error.status !== 429 || error.attempts !== 3) throw error;
