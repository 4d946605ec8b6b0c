/** What a consumer writes who brings undici. */
import { createTrainingCatalogClient } from 'training-catalog-contract';
import { createRawClient } from 'training-catalog-contract/raw';
import { Agent, fetch } from 'undici';

const dispatcher = new Agent({ connections: 1 });

export const clients = [
  createTrainingCatalogClient({ fetch }),
  createTrainingCatalogClient({ fetch: (url, init) => fetch(url, { ...init, dispatcher }) }),
  createTrainingCatalogClient({ init: { dispatcher } }),
];
export const raw = createRawClient({ fetch, init: { dispatcher } });
