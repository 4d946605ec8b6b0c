import { describe, expectTypeOf, test } from 'vitest';
import { list_training_catalog_endpoint as operation } from '../../generated/operations.ts';
import type { components, operations } from '../../generated/schema.ts';
import type { Operation } from '../../generated/types.ts';
import {
  type Algorithm,
  type ApiError,
  type algorithms,
  type CatalogError,
  type CatalogQuery,
  type ClientOptions,
  createTrainingCatalogClient,
  type ErrorCode,
  type ErrorType,
  type errorTypes,
  type Family,
  type families,
  type IncompleteError,
  isApiError,
  isCatalogError,
  type Kind,
  type ModelType,
  type Open,
  type ResponseInfo,
  type TrainingCatalog,
  type TrainingCatalogClient,
  type TrainingModel,
} from '../../src/index.ts';

type Schemas = components['schemas'];
type Model = Schemas['TrainingModel'];
type Envelope = Schemas['APIErrorPayload'];
type ListedAlgorithm = Model['supported_algorithms'][number];
type Query = NonNullable<operations['list_training_catalog_endpoint']['parameters']['query']>;

const client = createTrainingCatalogClient();
declare const maybe: string | undefined;
declare const error: unknown;

/** Whether a type takes every string, as opposed to some known ones. */
type TakesAny<T> = string extends T ? true : false;

describe('A query', () => {
  test('takes the names of the wire, each left out, null or undefined too', () => {
    expectTypeOf<keyof CatalogQuery>().toEqualTypeOf<keyof Query>();
    // Texts are free, and the values that models have are offered.
    expectTypeOf<CatalogQuery['family']>().toEqualTypeOf<Family | null | undefined>();
    expectTypeOf<CatalogQuery['algorithm']>().toEqualTypeOf<Algorithm | null | undefined>();
    expectTypeOf<CatalogQuery['query']>().toEqualTypeOf<string | null | undefined>();
    expectTypeOf<CatalogQuery['min_size_b']>().toEqualTypeOf<number | null | undefined>();
    expectTypeOf<CatalogQuery['limit']>().toEqualTypeOf<number | null | undefined>();
    // Compiled with exactOptionalPropertyTypes, as strict consumers do.
    expectTypeOf(client.listModels).toBeCallableWith({ family: maybe, limit: undefined, query: null });
    client.listModels();
    client.listModels(undefined, {});
  });

  test('takes no other names and no other types', () => {
    // @ts-expect-error: the wire says min_size_b
    client.listModels({ minSizeB: 7 });
    // @ts-expect-error: a number is asked for
    client.listModels({ limit: '5' });
    // @ts-expect-error: the walk sets the page size
    client.listAllModels({ limit: 5 });
  });
});

describe('A result', () => {
  test('always has models, and on each the field that the wire may leave out', () => {
    expectTypeOf<TrainingCatalog['models']>().toEqualTypeOf<TrainingModel[]>();
    expectTypeOf<TrainingCatalog['limit']>().toEqualTypeOf<number>();
    expectTypeOf<keyof TrainingCatalog>().toEqualTypeOf<keyof Schemas['TrainingCatalogResponse']>();
    expectTypeOf<keyof TrainingModel>().toEqualTypeOf<keyof Model>();
    expectTypeOf<TrainingModel['extended_context']>().toEqualTypeOf<boolean>();
    expectTypeOf<TrainingModel['size_b']>().toEqualTypeOf<number>();
    expectTypeOf<TrainingModel>().toHaveProperty('pricing');
    expectTypeOf<NonNullable<TrainingModel['pricing']>['train']>().toEqualTypeOf<number | null | undefined>();
  });
});

describe('The call of an operation', () => {
  test('takes the contract’s parameters, and gives the open type of its success', async () => {
    const { data, response } = await client.call(operation, { query: { family: maybe, limit: null } }, {});
    expectTypeOf(data).toEqualTypeOf<Open<Schemas['TrainingCatalogResponse']>>();
    expectTypeOf(data.models).toExtend<readonly { family: Family }[] | undefined>();
    expectTypeOf(response).toEqualTypeOf<ResponseInfo>();
    await client.call(operation);
    // @ts-expect-error: the wire says min_size_b
    await client.call(operation, { query: { minSizeB: 7 } });
    // @ts-expect-error: it has no body
    await client.call(operation, { body: {} });
  });

  test('that is known only when the program runs takes any values and gives an unknown', async () => {
    const any: Operation = operation;
    const { data } = await client.call(any, { path: { id: 'a' }, query: { q: 1 }, header: {}, body: [] });
    expectTypeOf(data).toBeUnknown();
  });
});

test('A fake made by hand is a client', () => {
  const fake: TrainingCatalogClient = {
    listModels: async () => ({ models: [], total: 0, limit: 20 }),
    listAllModels: async () => [],
    findModel: async () => undefined,
    call: () => Promise.reject(new Error('not called')),
  };
  const { listModels } = fake;
  expectTypeOf(listModels).returns.resolves.toEqualTypeOf<TrainingCatalog>();
});

describe('A list of values that the contract knows', () => {
  test('is open: known values complete, newer ones compile', () => {
    expectTypeOf<string>().toExtend<Family>();
    expectTypeOf<Extract<Family, Model['family']>>().toEqualTypeOf<Model['family']>();
    // Were it the plain string, editors would have nothing to offer.
    expectTypeOf<Family>().not.toEqualTypeOf<string>();
    expectTypeOf<TakesAny<Family>>().toEqualTypeOf<true>();
    expectTypeOf<TakesAny<Algorithm>>().toEqualTypeOf<true>();
    expectTypeOf<TakesAny<ModelType>>().toEqualTypeOf<true>();
    expectTypeOf<TakesAny<ErrorType>>().toEqualTypeOf<true>();
    expectTypeOf<Extract<Algorithm, ListedAlgorithm>>().toEqualTypeOf<ListedAlgorithm>();
    expectTypeOf<number>().toExtend<ErrorCode>();
    expectTypeOf<Extract<ErrorCode, Envelope['code']>>().toEqualTypeOf<Envelope['code']>();
  });

  test('is there as a tuple of literals', () => {
    // As openapi-typescript reads them, apart from our generator.
    expectTypeOf<(typeof families)[number]>().toEqualTypeOf<Model['family']>();
    expectTypeOf<(typeof algorithms)[number]>().toEqualTypeOf<ListedAlgorithm>();
    expectTypeOf<(typeof errorTypes)[number]>().toEqualTypeOf<Envelope['type']>();
    expectTypeOf<number>().not.toExtend<(typeof families)['length']>();
  });
});

describe('A guard', () => {
  test('tells ours from anything else', () => {
    if (isCatalogError(error)) {
      expectTypeOf(error).toEqualTypeOf<CatalogError>();
      expectTypeOf(error.kind).toEqualTypeOf<Kind>();
      expectTypeOf<Kind>().toEqualTypeOf<
        'api' | 'response' | 'network' | 'timeout' | 'aborted' | 'usage' | 'incomplete'
      >();
      expectTypeOf(error).toExtend<Error>();
    }
  });

  test('narrows to the kind that is named', () => {
    if (isCatalogError(error, 'api')) expectTypeOf(error).toEqualTypeOf<ApiError>();
    if (isCatalogError(error, 'incomplete')) expectTypeOf(error).toEqualTypeOf<IncompleteError>();
    // @ts-expect-error: no such kind
    isCatalogError(error, 'http');
  });

  test('narrows to the type of the API error that is named', () => {
    if (isApiError(error)) expectTypeOf(error).toEqualTypeOf<ApiError>();
    if (isApiError(error, 'expired_token_error'))
      expectTypeOf(error.type).toEqualTypeOf<'expired_token_error'>();
    if (isApiError(error, 'newer_than_the_contract')) expectTypeOf(error.status).toEqualTypeOf<number>();
  });
});

describe('Options', () => {
  test('take the platform’s fetch, and one of (url, init)', () => {
    expectTypeOf<typeof globalThis.fetch>().toExtend<ClientOptions['fetch']>();
    expectTypeOf(createTrainingCatalogClient).toBeCallableWith({ fetch: globalThis.fetch });
    createTrainingCatalogClient({
      fetch: (url, init) => {
        expectTypeOf(url).toEqualTypeOf<string>();
        expectTypeOf(init.headers).toEqualTypeOf<Record<string, string>>();
        return globalThis.fetch(url, { ...init, keepalive: true });
      },
    });
  });

  test('take headers in every form that fetch takes', () => {
    createTrainingCatalogClient({ headers: new Headers() });
    createTrainingCatalogClient({ headers: [['x-source', 'nightly']] });
    createTrainingCatalogClient({
      headers: { 'x-source': 'nightly', authorization: null, 'x-none': undefined },
    });
    createTrainingCatalogClient({ headers: new Map([['x-source', 'nightly']]) });
    // @ts-expect-error: a header is a text
    createTrainingCatalogClient({ headers: { 'x-count': 5 } });
  });

  test('take a key, what gets one, or none', () => {
    createTrainingCatalogClient({ apiKey: maybe });
    createTrainingCatalogClient({ apiKey: () => maybe });
    createTrainingCatalogClient({ apiKey: async () => 'key' });
    // @ts-expect-error: a key is a text
    createTrainingCatalogClient({ apiKey: 5 });
  });

  test('may be undefined each, for those who pass theirs on', () => {
    type Undefined<T> = { [Name in keyof T]: undefined };
    expectTypeOf<Undefined<Required<ClientOptions>>>().toExtend<ClientOptions>();
    createTrainingCatalogClient({ retry: { limit: undefined } });
    client.listModels({}, { signal: undefined, timeoutMs: undefined, headers: undefined });
  });

  test('take no names but their own', () => {
    // @ts-expect-error: no such option
    createTrainingCatalogClient({ retry: { attempts: 5 } });
    // @ts-expect-error: no such option
    createTrainingCatalogClient({ timeout: 5 });
  });
});
