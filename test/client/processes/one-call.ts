/** Makes one call and prints how it failed. */
import { createTrainingCatalogClient, isCatalogError } from '../../../src/index.ts';

const client = createTrainingCatalogClient({ baseUrl: process.argv[2], retry: { minDelayMs: 0 } });
const error: unknown = await client.listModels().catch((thrown: unknown) => thrown);
console.log(JSON.stringify(isCatalogError(error) ? error : null));
