/** Code as callers write it against `training-catalog-contract/schema`; see `root.test-d.ts`. */
import createClient from 'openapi-fetch';
import { describe, test } from 'vitest';
import type { components, operations, paths } from '../../generated/schema.ts';

const use = <T>(_value: T): void => {};

describe('what callers write', () => {
  test('a client of their own', async () => {
    const client = createClient<paths>({ baseUrl: 'https://catalog.example' });
    const { data, error } = await client.GET('/api/v1/training/catalog', {
      params: {
        query: { query: 'a', family: 'qwen', algorithm: null, min_size_b: 1, max_size_b: 2, limit: 3 },
      },
    });
    use<number | undefined>(data?.total);
    use<number | undefined>(data?.limit);
    for (const model of data?.models ?? []) use<string>(model.tinker_id);
    if (error) use<string>(`${error.code} ${error.type} ${error.detail}`);
    await client.GET('/api/v1/training/catalog');
  });

  test('schemas by name', () => {
    type Schemas = components['schemas'];
    const model = {} as Schemas['TrainingModel'];
    use<string>(model.display_name + model.family + model.type);
    use<number>(model.size_b + model.context_length);
    use<boolean | undefined>(model.extended_context);
    use<string[]>(model.supported_algorithms);
    use<Schemas['TrainingModelPricing'] | null | undefined>(model.pricing);
    use<number | null | undefined>(model.pricing?.train);
    const page = {} as Schemas['TrainingCatalogResponse'];
    use<Schemas['TrainingModel'][] | undefined>(page.models);
    const error = {} as Schemas['APIErrorPayload'];
    use<Schemas['ValidationErrorItem'][] | null | undefined>(error.errors);
  });

  test('the operation by its id', () => {
    type Operation = operations['list_training_catalog_endpoint'];
    use<components['schemas']['TrainingCatalogResponse']>(
      {} as Operation['responses'][200]['content']['application/json'],
    );
    use<components['schemas']['APIErrorPayload']>(
      {} as Operation['responses'][422]['content']['application/json'],
    );
  });
});
