/** Calls with a signal that would fire in a day, and is done: nothing may keep the process alive. */
import { getEventListeners } from 'node:events';
import { createTrainingCatalogClient } from '../../../src/index.ts';

const signal = AbortSignal.timeout(86_400_000);
const client = createTrainingCatalogClient({
  baseUrl: process.argv[2],
  apiKey: null,
  timeoutMs: 2 ** 31 - 1,
});
const { total } = await client.listModels({}, { signal });
const timers = process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout');
const listeners = getEventListeners(signal, 'abort');
console.log(JSON.stringify({ total, timers: timers.length, listeners: listeners.length }));
