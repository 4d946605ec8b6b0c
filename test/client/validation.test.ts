import { describe, expect, test } from 'vitest';
import { list_training_catalog_endpoint as operation } from '../../generated/operations.ts';
import type { ClientOptions } from '../../src/client/options.ts';
import { unheardOf } from '../contract/from-yaml.ts';
import { answer, envelope, ok, page, rateLimited, serve } from './fault-server.ts';
import { atOnce, clientOf, failureOf } from './support.ts';

const [model] = page.models;

function pageOf(...changes: object[]): object {
  return { limit: 20, total: changes.length, models: changes.map((change) => ({ ...model, ...change })) };
}

describe('A page that is newer than the contract', () => {
  const newer = pageOf(
    { family: unheardOf, extra: { deep: [1] } },
    { family: unheardOf, type: unheardOf, supported_algorithms: ['sft', unheardOf] },
  );

  test('is given with its new values and its extra fields, and each value is reported once', async () => {
    const { url } = await serve(answer(200, { ...newer, next: 'cursor' }));
    const client = clientOf(url);
    expect(await client.listModels()).toEqual({ ...newer, next: 'cursor' });
    expect(client.drifts).toEqual([
      { at: 'models[0].family', value: unheardOf },
      { at: 'models[1].type', value: unheardOf },
      { at: 'models[1].supported_algorithms[1]', value: unheardOf },
    ]);
  });

  test('needs no onDrift', async () => {
    const { url } = await serve(answer(200, newer));
    expect(await clientOf(url, { onDrift: undefined }).listModels()).toEqual(newer);
  });

  test('that also breaks the contract is an error, and no drift', async () => {
    const { url } = await serve(answer(200, pageOf({ family: unheardOf, size_b: 'seven' })));
    const client = clientOf(url);
    const error = await failureOf('response', client.listModels());
    expect(error.errors).toEqual([
      { loc: ['body', 'models', 0, 'size_b'], type: 'float_type', msg: 'Input should be a valid number' },
    ]);
    expect(client.drifts).toEqual([]);
  });
});

describe('A page that breaks the contract is a response error that names the field:', () => {
  test.for<[string | object, string]>([
    [pageOf({ size_b: 'seven' }), 'models[0].size_b: Input should be a valid number'],
    [pageOf({}, { tinker_id: undefined }), 'models[1].tinker_id: Field required'],
    [pageOf({ family: null }), 'models[0].family: Input should be a valid string'],
    [
      pageOf({ supported_algorithms: [1] }),
      'models[0].supported_algorithms[0]: Input should be a valid string',
    ],
    [pageOf({ pricing: { train: '1' } }), 'models[0].pricing.train: Input should be a valid number'],
    [{ limit: 20, total: 1, models: [null] }, 'models[0]: Input should be a valid dictionary'],
    [{ limit: 20, total: 1 }, 'models: Field required'],
    [{ limit: 20, total: 1, models: null }, 'models: Input should be a valid list'],
    [{ limit: 0, total: 0, models: [] }, 'limit: Input should be greater than or equal to 1'],
    [
      JSON.stringify(pageOf({})).replace('"size_b":1', '"size_b":1e400'),
      'models[0].size_b: Input should be a valid number',
    ],
  ])('%o', async ([body, words]) => {
    const { url } = await serve(answer(200, body));
    const error = await failureOf('response', clientOf(url, { retry: atOnce }).listModels());
    expect(error.message).toBe(`Status 200, but not an answer of this API: ${words}.`);
    expect(error).toMatchObject({ status: 200, attempts: 1 });
  });
});

describe('A validator', () => {
  const withValidator = async (validate: () => boolean) => {
    const { url } = await serve(ok);
    const validators = {
      ...operation.validators,
      responses: { 200: Object.assign(validate, { errors: [] }) },
    };
    return clientOf(url).call({ ...operation, validators });
  };

  test('of a recursive schema throws an error for a body that is nested too deeply', async () => {
    // As Ajv writes it: it calls itself for each level.
    const deep = (): boolean => deep() && true;
    const error = await failureOf('response', withValidator(deep));
    expect(error.message).toContain('body: Nested too deeply');
    expect(error.errors).toEqual([{ loc: ['body'], msg: 'Nested too deeply', type: 'recursion_loop' }]);
  });

  test('with a bug of its own throws it', async () => {
    const broken = () => {
      throw new TypeError('a fault of ours');
    };
    await expect(withValidator(broken)).rejects.toThrow('a fault of ours');
  });
});

describe('What the contract lets a server leave out', () => {
  test('extended_context absent reads as false; pricing absent, null or in part stays as it came', async () => {
    const { extended_context: _, pricing: _pricing, ...bare } = model;
    const pricing = [{ pricing: null }, { pricing: { train: null } }, { extended_context: true }];
    const sent = [bare, ...pricing.map((more) => ({ ...bare, ...more }))];
    const { url } = await serve(answer(200, { limit: 20, total: 4, models: sent }));
    const { models } = await clientOf(url).listModels();
    expect(models).toEqual(sent.map((each) => ({ extended_context: false, ...each })));
  });

  test.for([true, false])('models absent reads as none where total is 0 (validate: %s)', async (validate) => {
    const { url } = await serve(answer(200, { limit: 20, total: 0 }));
    expect(await clientOf(url, { validate }).listModels()).toEqual({ limit: 20, total: 0, models: [] });
  });
});

describe('With validate: false', () => {
  test('a body is taken as it comes', async () => {
    const body = { models: [{ size_b: 'seven' }], total: '1' };
    const { url } = await serve(answer(200, body));
    const client = clientOf(url, { validate: false });
    expect(await client.listModels()).toEqual(body);
    expect(client.drifts).toEqual([]);
  });

  test.for(['{}', '[]', 'null', '"text"', '5', '{"models":{},"total":1}'])(
    'models is a list all the same: %s is an error',
    async (body) => {
      const { url } = await serve(answer(200, body));
      const error = await failureOf('response', clientOf(url, { validate: false }).listModels());
      expect(error.message).toContain('models: Field required');
      expect(error.errors).toEqual([{ loc: ['body', 'models'], msg: 'Field required', type: 'missing' }]);
    },
  );

  test('envelopes are checked all the same', async () => {
    const { url } = await serve(answer(429, rateLimited), answer(429, '{}'));
    const client = clientOf(url, { validate: false });
    await failureOf('api', client.listModels());
    await failureOf('response', client.listModels());
  });
});

describe('What happens in a callback never changes the call:', () => {
  test.for<[string, () => unknown]>([
    [
      'a throw',
      () => {
        throw new Error('in the callback');
      },
    ],
    ['a rejection', () => Promise.reject(new Error('in the callback'))],
    ['a promise that never settles', () => new Promise(() => {})],
  ])('%s', async ([, callback]) => {
    const { url, requests } = await serve(
      envelope(500),
      answer(200, pageOf({ family: 'new' })),
      envelope(418),
      ok,
    );
    const options: ClientOptions = { onAttempt: callback, onDrift: callback, retry: atOnce };
    const client = clientOf(url, options);
    expect((await client.listModels()).models[0]?.family).toBe('new');
    expect(await failureOf('api', client.listModels())).toMatchObject({ status: 418 });
    expect(requests).toHaveLength(3);
  });
});
