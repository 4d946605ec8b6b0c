/** Counts the calls of `listAllModels` for catalogs of several sizes on the reference server. */
import { list_training_catalog_endpoint as examples } from '../../generated/examples.ts';
import { TrainingModel_family as families } from '../../generated/values.ts';
import { createTrainingCatalogClient } from '../../src/index.ts';
import { createCatalogHandler } from '../../src/server/index.ts';
import { spread } from './measure.ts';
import type { Suite } from './suite.ts';

/** The number of calls depends on the random sizes of the models. */
const catalogs = 15;
const [example] = examples[200].catalog.models;

/** Random sizes from 0.1 to 1,000 billion, small ones more often. */
const models = (count: number) =>
  Array.from({ length: count }, (_, i) => ({
    ...example,
    supported_algorithms: [...example.supported_algorithms],
    tinker_id: `bench/model-${i}`,
    family: families[i % families.length] as (typeof families)[number],
    size_b: Math.round(10 ** (Math.random() * 4) * 10) / 100 + 0.1,
  }));

async function countCalls(count: number): Promise<number> {
  const handler = createCatalogHandler({ models: models(count) });
  let calls = 0;
  const client = createTrainingCatalogClient({
    baseUrl: 'http://127.0.0.1',
    apiKey: 'any',
    fetch: (url, init) => {
      calls += 1;
      return handler(new Request(url, init as RequestInit));
    },
  });
  const found = await client.listAllModels();
  if (found.length !== count) throw new Error(`${found.length} models instead of ${count}`);
  return calls;
}

export const run: Suite = async () => {
  const goals = [];
  for (const count of [100, 1_000, 10_000]) {
    const calls: number[] = [];
    for (let i = 0; i < catalogs; i += 1) calls.push(await countCalls(count));
    goals.push({
      what: `\`listAllModels\`, ${count.toLocaleString('en')} models: calls`,
      figure: spread(calls),
      unit: 'calls' as const,
      // 1,000 is the client's default limit.
      atMost: count > 100 ? 1_000 : 1,
    });
  }
  return { goals, details: {} };
};
