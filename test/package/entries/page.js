/** The suite inside a web page, which calls it by name. */
import { createTrainingCatalogClient, isApiError, isCatalogError } from 'training-catalog-contract';
import { runSuite } from '../suite.js';

globalThis.runSuite = (servers) =>
  runSuite({ createTrainingCatalogClient, isApiError, isCatalogError }, servers);
