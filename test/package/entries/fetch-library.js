/** The suite over the `fetch` of a library: `node fetch-library.js undici '{"plain": "http://127.0.0.1:…", …}'`. */
import * as api from 'training-catalog-contract';
import * as operations from 'training-catalog-contract/operations';
import { runSuite } from '../suite.js';

const [name, addresses] = process.argv.slice(2);
const library = await import(name);
const fetch = library.fetch ?? library.default;
const createTrainingCatalogClient = (options) => api.createTrainingCatalogClient({ fetch, ...options });
console.log(
  JSON.stringify(
    await runSuite({ ...api, ...operations, createTrainingCatalogClient }, JSON.parse(addresses)),
  ),
);
