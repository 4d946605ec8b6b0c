import { expect, inject, test } from 'vitest';
import { createTrainingCatalogClient } from '../../../src/index.ts';

test('the catalog has models to train', async () => {
  const client = createTrainingCatalogClient({ baseUrl: inject('catalogUrl'), apiKey: 'any' });
  expect((await client.listModels()).models).not.toHaveLength(0);
});
