import { createCatalogHandler } from 'training-catalog-contract/server';

export default { fetch: createCatalogHandler() };
