/** The `…/server` door: re-exports only. */
export { type CatalogHandler, type CatalogHandlerOptions, createCatalogHandler } from './handler.ts';
