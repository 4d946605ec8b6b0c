import { createCatalogHandler } from 'training-catalog-contract/server';

const server = Bun.serve({ hostname: '127.0.0.1', port: 0, fetch: createCatalogHandler() });
console.log(`Listening on ${server.url}`);
