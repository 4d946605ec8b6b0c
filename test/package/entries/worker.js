/** The suite inside a worker, which gets the servers' addresses as the body of a request. */
import { createTrainingCatalogClient, isApiError, isCatalogError } from 'training-catalog-contract';
import { list_training_catalog_endpoint } from 'training-catalog-contract/operations';
import { runSuite } from '../suite.js';

export default {
  async fetch(request) {
    const api = { createTrainingCatalogClient, isApiError, isCatalogError, list_training_catalog_endpoint };
    return Response.json(await runSuite(api, await request.json()));
  },
};
