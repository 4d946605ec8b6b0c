import { createCatalogHandler } from 'training-catalog-contract/server';
import { listen } from 'training-catalog-contract/server/node';

export const server = await listen(createCatalogHandler());
console.log(`Listening on ${server.url}`);
