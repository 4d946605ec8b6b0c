import { describe, expectTypeOf, test } from 'vitest';
import type { components, operations, paths } from '../../generated/schema.ts';

type Schemas = components['schemas'];
type Operation = operations['list_training_catalog_endpoint'];
type Query = NonNullable<Operation['parameters']['query']>;
type Status = keyof Operation['responses'];
type Body<S extends Status> = Operation['responses'][S]['content']['application/json'];
type ErrorStatus = 400 | 401 | 403 | 404 | 409 | 422 | 426 | 429 | 500 | 502 | 504;

/** `{ a?: 1; b: 2 }` becomes `'b'`. */
type RequiredKeys<T> = { [K in keyof T]-?: object extends Pick<T, K> ? never : K }[keyof T];

describe('paths', () => {
  test('have one operation, which only reads', () => {
    expectTypeOf<keyof paths>().toEqualTypeOf<'/api/v1/training/catalog'>();
    expectTypeOf<paths['/api/v1/training/catalog']['get']>().toEqualTypeOf<Operation>();
    expectTypeOf<paths['/api/v1/training/catalog']['post']>().toEqualTypeOf<undefined>();
  });

  test('have no body to send, no headers and no cookies', () => {
    expectTypeOf<Operation['requestBody']>().toEqualTypeOf<undefined>();
    expectTypeOf<Operation['parameters']['header']>().toEqualTypeOf<undefined>();
    expectTypeOf<Operation['parameters']['cookie']>().toEqualTypeOf<undefined>();
  });
});

describe('the query', () => {
  test('is optional as a whole and in each parameter, defaults or not', () => {
    expectTypeOf<undefined>().toExtend<Operation['parameters']['query']>();
    expectTypeOf<RequiredKeys<Query>>().toEqualTypeOf<never>();
  });

  test('has open filters, nullable ones, and a limit that is never null', () => {
    expectTypeOf<Required<Query>>().toEqualTypeOf<{
      query: string | null;
      family: string | null;
      algorithm: string | null;
      min_size_b: number | null;
      max_size_b: number | null;
      limit: number;
    }>();
  });

  test('refuses names and types that the contract does not have', () => {
    const unknown: Query = {
      // @ts-expect-error: not a parameter
      offset: 20,
    };
    void unknown;
    expectTypeOf<{ limit: string }>().not.toExtend<Query>();
    expectTypeOf<{ limit: null }>().not.toExtend<Query>();
  });

  test('takes no undefined under exactOptionalPropertyTypes', () => {
    // @ts-expect-error: absent or a number
    const query: Query = { limit: undefined };
    void query;
  });
});

describe('responses', () => {
  test('are the catalog for 200 and the envelope for each of the eleven errors', () => {
    expectTypeOf<Status>().toEqualTypeOf<200 | ErrorStatus>();
    expectTypeOf<Body<200>>().toEqualTypeOf<Schemas['TrainingCatalogResponse']>();
    expectTypeOf<Body<ErrorStatus>>().toEqualTypeOf<Schemas['APIErrorPayload']>();
  });

  test('always have a limit and a total, and perhaps models', () => {
    expectTypeOf<Body<200>['limit']>().toEqualTypeOf<number>();
    expectTypeOf<Body<200>['total']>().toEqualTypeOf<number>();
    expectTypeOf<Body<200>['models']>().toEqualTypeOf<Schemas['TrainingModel'][] | undefined>();
    expectTypeOf<RequiredKeys<Body<200>>>().toEqualTypeOf<'limit' | 'total'>();
  });
});

describe('schemas', () => {
  test('require what the contract requires: a default makes no field required', () => {
    expectTypeOf<RequiredKeys<Schemas['TrainingModel']>>().toEqualTypeOf<
      'context_length' | 'display_name' | 'family' | 'size_b' | 'supported_algorithms' | 'tinker_id' | 'type'
    >();
    expectTypeOf<Schemas['TrainingModel']['extended_context']>().toEqualTypeOf<boolean | undefined>();
    expectTypeOf<RequiredKeys<Schemas['TrainingModelPricing']>>().toEqualTypeOf<never>();
    expectTypeOf<RequiredKeys<Schemas['APIErrorPayload']>>().toEqualTypeOf<'code' | 'detail' | 'type'>();
    expectTypeOf<RequiredKeys<Schemas['ValidationErrorItem']>>().toEqualTypeOf<'loc' | 'msg' | 'type'>();
  });

  test('keep null apart from absent', () => {
    expectTypeOf<Schemas['TrainingModel']['pricing']>().toEqualTypeOf<
      Schemas['TrainingModelPricing'] | null | undefined
    >();
    expectTypeOf<Required<Schemas['TrainingModelPricing']>>().toEqualTypeOf<{
      prefill: number | null;
      sample: number | null;
      train: number | null;
    }>();
    expectTypeOf<Schemas['APIErrorPayload']['errors']>().toEqualTypeOf<
      Schemas['ValidationErrorItem'][] | null | undefined
    >();
  });

  test('have closed value lists, as plain unions', () => {
    expectTypeOf<Schemas['TrainingModel']['family']>().toEqualTypeOf<'llama' | 'qwen'>();
    expectTypeOf<Schemas['TrainingModel']['type']>().toEqualTypeOf<'dense' | 'moe'>();
    expectTypeOf<Schemas['TrainingModel']['supported_algorithms']>().toEqualTypeOf<
      ('sft' | 'importance_sampling' | 'ppo')[]
    >();
    expectTypeOf<Schemas['APIErrorPayload']['code']>().toEqualTypeOf<ErrorStatus>();
    expectTypeOf<'validation_error'>().toExtend<Schemas['APIErrorPayload']['type']>();
    expectTypeOf<string>().not.toExtend<Schemas['APIErrorPayload']['type']>();
  });

  test('mix words and positions in the location of a validation error', () => {
    expectTypeOf<Schemas['ValidationErrorItem']['loc']>().toEqualTypeOf<(string | number)[]>();
  });
});
