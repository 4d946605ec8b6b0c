/** Makes many calls, one after the other, on one long-lived signal, and tells what is left of them. */
import { getEventListeners } from 'node:events';
import { createTrainingCatalogClient } from '../../../src/index.ts';

const [, , baseUrl, calls] = process.argv;
const collect = (globalThis as unknown as { gc: () => void }).gc;
const { signal } = new AbortController();
const client = createTrainingCatalogClient({ baseUrl, apiKey: null });
let warnings = 0;
process.on('warning', ({ name }) => {
  if (name === 'MaxListenersExceededWarning') warnings += 1;
});

async function heapAfter(n: number): Promise<number> {
  for (let i = 0; i < n; i += 1) await client.listModels({}, { signal });
  // What a weak reference was asked for lives on until the next turn.
  for (let turn = 0; turn < 3; turn += 1) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    collect();
  }
  return process.memoryUsage().heapUsed;
}

// What is compiled and cached on the way is no leak: the first fifth of the calls warms up.
const before = await heapAfter(Number(calls) / 5);
const growth = (await heapAfter((Number(calls) / 5) * 4)) - before;
const timers = process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout');
console.log(
  JSON.stringify({
    listeners: getEventListeners(signal, 'abort').length,
    timers: timers.length,
    warnings,
    growth,
  }),
);
