/** Aborts a call in its back-off, which would last a day, and is done: nothing may keep the process alive. */
import { createTrainingCatalogClient, isCatalogError } from '../../../src/index.ts';

const controller = new AbortController();
const client = createTrainingCatalogClient({
  baseUrl: process.argv[2],
  apiKey: null,
  totalTimeoutMs: 2 ** 31 - 1,
  retry: { maxRetryAfterMs: 2 ** 31 - 1 },
  onAttempt: () => setTimeout(() => controller.abort(), 20),
});
const error = await client.listModels({}, { signal: controller.signal }).catch((thrown: unknown) => thrown);
const timers = process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout');
// Not its own exit: the process has to end by itself.
console.log(JSON.stringify({ aborted: isCatalogError(error, 'aborted'), timers: timers.length }));
