/** What a consumer writes who brings node-fetch. */
import nodeFetch from 'node-fetch';
import { createTrainingCatalogClient } from 'training-catalog-contract';
import { createRawClient } from 'training-catalog-contract/raw';

export const clients = [
  createTrainingCatalogClient({ fetch: nodeFetch }),
  createTrainingCatalogClient({ fetch: (url, init) => nodeFetch(url, { ...init, compress: false }) }),
];
export const raw = createRawClient({ fetch: nodeFetch });
