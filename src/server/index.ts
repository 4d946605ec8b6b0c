/** The public surface of `training-catalog-contract/server`: re-exports only. */
export {
  type CatalogHandler,
  type CatalogHandlerOptions,
  createCatalogHandler,
  type Intercept,
} from './handler.ts';
export { type Simulated, simulate } from './simulate.ts';
