import { createCatalogHandler } from 'training-catalog-contract/server';

Deno.serve({ hostname: '127.0.0.1', port: 0 }, createCatalogHandler());
