import { describe, expect, test } from 'vitest';
import type { ListAllOptions } from '../../src/index.ts';
import { limit } from '../contract/from-yaml.ts';
import { answer, envelope, ok, page, serve } from './fault-server.ts';
import { clientOf, failureOf, recordingFetch } from './support.ts';

describe('listAllModels', () => {
  test('asks once, for the largest page, where that holds everything', async () => {
    const { url, requests } = await serve(ok);
    const models = await clientOf(url).listAllModels({ algorithm: 'ppo' });
    expect(models).toHaveLength(page.models.length);
    expect(models).toEqual(expect.arrayContaining([...page.models]));
    expect(requests.map(({ url }) => Object.fromEntries(url.searchParams))).toEqual([
      { algorithm: 'ppo', limit: `${limit.maximum}` },
    ]);
  });

  test('takes null for no query and no options', async () => {
    const { url } = await serve(ok);
    const client = clientOf(url);
    expect(await client.listAllModels(null as never, null as never)).toHaveLength(page.models.length);
  });

  test('throws incomplete, with what was had, where the rest can not be had', async () => {
    const models = page.models.map((model: object) => ({ ...model, size_b: 7 }));
    const { url } = await serve(answer(200, { limit: 100, total: 500, models }));
    const error = await failureOf('incomplete', clientOf(url).listAllModels());
    expect(error).toMatchObject({ got: models.length, total: 500 });
    expect(error.models).toEqual(expect.arrayContaining(models));
    expect(error.message).toContain(`Had ${models.length}, of 500 at first`);
  });

  test('says of a duplicate that it is one, and not that all were had', async () => {
    const models = [...page.models, page.models[0]];
    const { url } = await serve(answer(200, { limit: 100, total: models.length, models }));
    const error = await failureOf('incomplete', clientOf(url).listAllModels());
    expect(error).toMatchObject({ got: page.models.length, total: models.length });
    expect(error.message).toContain('some ids more than once');
  });

  test('takes no limit, as it gives all', async () => {
    const { url, requests } = await serve(ok);
    const error = await failureOf('usage', clientOf(url).listAllModels({ limit: 5 } as object));
    expect(error.message).toContain('takes no limit');
    expect(requests).toHaveLength(0);
  });

  test('with an option that is misspelled names maxCalls among those there are', async () => {
    const call = { maxcalls: 3 } as object;
    const error = await failureOf('usage', clientOf('http://127.0.0.1').listAllModels({}, call));
    expect(error.message).toBe(
      'Unknown option maxcalls; known are signal, timeoutMs, headers, init, maxCalls.',
    );
  });

  test('passes its call options on, and fails as its calls do', async () => {
    const { url, requests } = await serve(envelope(401));
    const call = { headers: { 'x-a': '1' }, maxCalls: 3 };
    expect(await failureOf('api', clientOf(url).listAllModels({}, call))).toMatchObject({ status: 401 });
    expect(requests[0]?.header('x-a')).toEqual(['1']);
  });

  test.for([0, -1, 1.5, '5', Number.POSITIVE_INFINITY])(
    'with maxCalls: %o is a usage error',
    async (maxCalls) => {
      const fetch = recordingFetch();
      const call = { maxCalls } as ListAllOptions;
      const error = await failureOf('usage', clientOf('http://127.0.0.1', { fetch }).listAllModels({}, call));
      expect(error.message).toContain('Option maxCalls must be a whole number from 1');
      expect(fetch.calls).toHaveLength(0);
    },
  );
});
