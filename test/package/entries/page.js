/** The suite inside a web page, which calls it by name. */
import { createTrainingCatalogClient, isApiError, isCatalogError } from 'training-catalog-contract';
import { list_training_catalog_endpoint } from 'training-catalog-contract/operations';
import { runSuite } from '../suite.js';

const api = { createTrainingCatalogClient, isApiError, isCatalogError, list_training_catalog_endpoint };
globalThis.runSuite = (servers) => runSuite(api, servers);
