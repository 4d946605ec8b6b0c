/** Calls the hosted server, which MSW stands in for. */
import { createTrainingCatalogClient } from 'training-catalog-contract';
import { server } from './mocks.ts';

server.listen({ onUnhandledRequest: 'error' });
const client = createTrainingCatalogClient({
  baseUrl: 'https://catalog.example',
  apiKey: 'any',
  retry: false,
});
const { total } = await client.listModels();
server.close();
if (total === 0) throw new Error('no models');
