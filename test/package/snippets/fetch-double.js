import { createTrainingCatalogClient } from 'training-catalog-contract';
import { createCatalogHandler } from 'training-catalog-contract/server';

const catalog = createCatalogHandler();

export const client = createTrainingCatalogClient({
  apiKey: 'any',
  fetch: (url, init) => catalog(new Request(url, init)),
});
