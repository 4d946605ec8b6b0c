/** The typed client against Prism, which reads the contract by itself: what a caller gets, answer by answer. */
import { describe, expect, inject, test } from 'vitest';
import { isApiError } from '../../src/client/errors.ts';
import { createRawClient } from '../../src/client/raw.ts';
import { prefer } from '../../src/mock/index.ts';
import { errorStatuses, exampleOf, examplesOf, limit } from '../contract/from-yaml.ts';
import { clientOf, failureOf } from './support.ts';

const baseUrl = inject('catalogUrl');
const apiKey = 'any';
type Code = Parameters<typeof prefer>[0]['code'];
const asking = (code: number, example?: string) => ({
  headers: { prefer: prefer({ code: code as Code, example }) },
});

describe('Prism’s page', () => {
  test.for(Object.entries(examplesOf(200)))(
    'of the example %s is given as it is',
    async ([name, example]) => {
      const client = clientOf(baseUrl, { apiKey });
      expect(await client.listModels({}, asking(200, name))).toEqual(example);
      expect(client.drifts).toEqual([]);
      expect(client.events).toMatchObject([{ attempt: 1, status: 200 }]);
    },
  );

  test('passes every query that the client lets through', async () => {
    const query = {
      query: 'a b',
      family: 'qwen',
      algorithm: 'ppo',
      min_size_b: 0.5,
      max_size_b: 1e3,
      limit: limit.maximum,
    };
    expect(await clientOf(baseUrl, { apiKey }).listModels(query)).toEqual(exampleOf(200));
    expect(await clientOf(baseUrl, { apiKey }).listModels({ family: '', limit: limit.minimum })).toEqual(
      exampleOf(200),
    );
  });

  test('of random bodies that fit the schema is given, values of its lists included', async () => {
    const client = clientOf(baseUrl, { apiKey, headers: { prefer: prefer({ dynamic: true }) } });
    for (let i = 0; i < 10; i += 1)
      expect(await client.listModels()).toMatchObject({ models: expect.any(Array) });
    expect(client.drifts).toEqual([]);
  });

  test('is what all methods work with', async () => {
    const client = clientOf(baseUrl, { apiKey });
    const { models } = exampleOf(200);
    const [{ tinker_id }] = models;
    expect(await client.listAllModels()).toHaveLength(models.length);
    expect(await client.findModel(tinker_id)).toMatchObject({ tinker_id });
    expect(await client.findModel(`${tinker_id}?`)).toBeUndefined();
  });
});

const errors = errorStatuses.flatMap((status) =>
  Object.entries(examplesOf(status)).map(([name, example]) => ({ status, name, example })),
);

describe('Prism’s error', () => {
  test.for(errors)('$status $name is an api error with its fields', async ({ status, name, example }) => {
    const client = clientOf(baseUrl, { apiKey });
    const error = await failureOf('api', client.listModels({}, asking(status, name)));
    expect(error).toMatchObject({ errors: [], ...example, status, attempts: 1 });
    expect(error.message).toContain(`${status} ${example.type}: ${example.detail}`);
    expect(isApiError(error, example.type)).toBe(true);
    expect(client.drifts).toEqual([]);
  });

  test('without a key is its 401', async () => {
    const error = await failureOf('api', clientOf(baseUrl).listModels());
    expect(error).toMatchObject({ status: 401, ...exampleOf(401) });
  });
});

test('The raw client gives Prism’s page and Prism’s errors as they are', async () => {
  const client = createRawClient({ baseUrl, apiKey });
  const path = '/api/v1/training/catalog';
  expect(await client.GET(path)).toMatchObject({ data: exampleOf(200) });
  const answer = await client.GET(path, asking(409));
  expect(answer).toMatchObject({ error: exampleOf(409), response: { status: 409 } });
});
