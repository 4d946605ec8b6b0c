/** Reads a good page and a bad one in a process that, like an edge worker, refuses to compile text. */
import { createTrainingCatalogClient } from '../../../src/index.ts';

const compile = () => new Function('return 1');
let refused = false;
try {
  compile();
} catch (error) {
  refused = error instanceof EvalError;
}
const client = createTrainingCatalogClient({ baseUrl: process.argv[2], apiKey: null });
const { total } = await client.listModels();
const error = await client.listModels().catch((thrown: Error) => thrown.message);
console.log(JSON.stringify({ refused, total, error }));
