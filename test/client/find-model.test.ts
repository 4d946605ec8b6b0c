import { describe, expect, test } from 'vitest';
import { limit } from '../contract/from-yaml.ts';
import { answer, envelope, page, serve } from './fault-server.ts';
import { clientOf, failureOf } from './support.ts';

const [model] = page.models;
const pageOf = (...ids: string[]) =>
  answer(200, { limit: 100, total: ids.length, models: ids.map((tinker_id) => ({ ...model, tinker_id })) });

describe('findModel', () => {
  test('asks with the id as search text, and takes the one match that is exact', async () => {
    const { url, requests } = await serve(pageOf('Qwen/Qwen3-8B-Base', 'Qwen/Qwen3-8B'));
    expect((await clientOf(url).findModel('Qwen/Qwen3-8B'))?.tinker_id).toBe('Qwen/Qwen3-8B');
    expect(requests.map(({ url }) => Object.fromEntries(url.searchParams))).toEqual([
      { query: 'Qwen/Qwen3-8B', limit: `${limit.maximum}` },
    ]);
  });

  test('looks through the complete list where the search does not match, with the same options', async () => {
    const { url, requests } = await serve(pageOf(), pageOf('a', 'Qwen/Qwen3-8B'));
    const model = await clientOf(url).findModel('Qwen/Qwen3-8B', { headers: { 'x-a': '1' } });
    expect(model?.tinker_id).toBe('Qwen/Qwen3-8B');
    expect(requests.map((request) => request.url.searchParams.has('query'))).toEqual([true, false]);
    expect(requests.map((request) => request.header('x-a'))).toEqual([['1'], ['1']]);
  });

  test('gives undefined for what is not there, case included', async () => {
    const { url } = await serve(pageOf('Qwen/Qwen3-8B'));
    for (const id of ['qwen/qwen3-8b', 'Qwen/Qwen3', ' Qwen/Qwen3-8B'])
      expect(await clientOf(url).findModel(id)).toBeUndefined();
  });

  test('finds a model in a list that can not be proven to be all', async () => {
    const { url } = await serve(pageOf(), pageOf('a', 'a', 'b'));
    expect((await clientOf(url).findModel('b'))?.tinker_id).toBe('b');
    await failureOf('incomplete', clientOf(url).findModel('c'));
  });

  test('ignores what is no model, where pages are not validated', async () => {
    const { url } = await serve(answer(200, { limit: 100, total: 2, models: [null, model] }));
    const found = await clientOf(url, { validate: false }).findModel(model.tinker_id);
    expect(found?.tinker_id).toBe(model.tinker_id);
  });

  test('fails as its calls do', async () => {
    const { url } = await serve(pageOf(), envelope(401));
    expect(await failureOf('api', clientOf(url).findModel('a'))).toMatchObject({ status: 401 });
  });

  test.for([undefined, null, '', 5, {}])('with %o instead of an id is a usage error', async (id) => {
    const { url, requests } = await serve();
    const error = await failureOf('usage', clientOf(url).findModel(id as string));
    expect(error).toMatchObject({
      option: 'tinkerId',
      message: 'findModel takes the id of a model, such as "Qwen/Qwen3-8B".',
    });
    expect(requests).toEqual([]);
  });
});
