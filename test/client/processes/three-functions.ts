/** A program of three functions, whose call fails as it is told to; prints the stack. */
import { createTrainingCatalogClient } from '../../../src/index.ts';

const [, , baseUrl, kind] = process.argv;

async function trainNightly() {
  return await pickModel();
}

async function pickModel() {
  const [model] = await loadModels();
  return model;
}

async function loadModels() {
  const timeoutMs = kind === 'timeout' ? 50 : 10_000;
  const client = createTrainingCatalogClient({ baseUrl, apiKey: null, retry: false, timeoutMs });
  const call = kind === 'aborted' ? { signal: AbortSignal.timeout(50) } : {};
  const { models } = await client.listModels({}, call);
  return models;
}

await trainNightly().catch(({ stack }: Error) => console.log(JSON.stringify({ stack })));
