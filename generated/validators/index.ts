// Written by `npm run generate` from the contract. Do not edit.
export * as list_training_catalog_endpoint from './list_training_catalog_endpoint.mjs';
