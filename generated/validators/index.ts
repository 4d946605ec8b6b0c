// Written by `npm run generate` from openapi/openapi.yaml. Do not edit.
export * as list_training_catalog_endpoint from './list_training_catalog_endpoint.mjs';
