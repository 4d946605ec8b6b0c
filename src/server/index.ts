/** The public surface of `training-catalog-contract/server`: re-exports only. */
export { type CatalogHandler, type CatalogHandlerOptions, createCatalogHandler } from './handler.ts';
