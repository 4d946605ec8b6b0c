import { describe, expect, test } from 'vitest';
import type { Model } from '../contract/from-yaml.ts';
import { many, models } from './models.ts';
import { serve, serveCatalog, type } from './terminal.ts';

const [model] = models as [Model];

test('show prints one model in full', async () => {
  await serveCatalog();
  const { exitCode, out, err } = await type(['show', 'Qwen/Qwen3-8B']);
  expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
  expect(out).toMatchInlineSnapshot(`
    "Qwen/Qwen3-8B
      Name              Qwen3 8B
      Family            qwen
      Type              dense
      Active size       8 billion parameters
      Context           32768 tokens
      Longer context    no
      Algorithms        sft, importance_sampling, ppo
      Price to prefill  0.13 USD per million tokens
      Price to sample   0.4 USD per million tokens
      Price to train    0.4 USD per million tokens
    "
  `);
});

test('show says unknown where there is no price', async () => {
  const bare = {
    ...model,
    pricing: { prefill: 0, train: null },
    extended_context: true,
    supported_algorithms: [],
  };
  await serve(async () => Response.json({ limit: 20, total: 1, models: [bare] }));
  expect((await type(['show', model.tinker_id])).out).toMatchInlineSnapshot(`
    "meta-llama/Llama-3.2-1B
      Name              Llama 3.2 1B
      Family            llama
      Type              dense
      Active size       1 billion parameters
      Context           32768 tokens
      Longer context    yes, in a variant whose id has a :peft: suffix
      Algorithms        none
      Price to prefill  0 USD per million tokens
      Price to sample   unknown
      Price to train    unknown
    "
  `);
});

test('show prints what is newer than the command as well, under its own name', async () => {
  const newer = {
    ...model,
    pricing: { ...model.pricing, cached: 0.02 },
    license: 'apache-2.0',
    Name: 'no name of ours',
    regions: ['eu', 'us'],
    retired_at: null,
    'odd\nname': '\u001b[31mred',
  };
  await serve(async () => Response.json({ limit: 20, total: 1, models: [newer] }));
  const { out } = await type(['show', model.tinker_id]);
  expect(out.split('\n').slice(11)).toEqual([
    '  license           apache-2.0',
    '  Name              no name of ours',
    '  regions           ["eu","us"]',
    '  retired_at        null',
    '  odd�name          �[31mred',
    '  pricing.cached    0.02',
    '',
  ]);
});

test('show cuts the name of a newer field, and lines up its value, whatever the name is made of', async () => {
  const newer = { ...model, [`long_${'x'.repeat(500)}`]: 1, 名前: 2, '$&': 3 };
  await serve(async () => Response.json({ limit: 20, total: 1, models: [newer] }));
  const { out } = await type(['show', model.tinker_id]);
  expect(out.split('\n').slice(11)).toEqual([
    '  long_xxxxxxxxxxxxxxxxxxxxxxxx…  1',
    '  名前                            2',
    '  $&                              3',
    '',
  ]);
});

test('show --json prints the model as it came and nothing else', async () => {
  await serveCatalog();
  const { out, err } = await type(['show', model.tinker_id, '--json']);
  expect(err).toBe('');
  expect(JSON.parse(out)).toEqual(model);
});

test('an unknown id is refused with the nearest ones', async () => {
  await serveCatalog();
  const errors: string[] = [];
  for (const id of [
    'qwen3-8b',
    'Qwen/Qwen3-08B',
    'nothing-like-it',
    'Qwen/Qwen3-8B:peft:131072',
    'Qwen/Qwen3-8:peft:1',
  ]) {
    const { exitCode, out, err } = await type(['show', id]);
    expect({ exitCode, out }).toEqual({ exitCode: 1, out: '' });
    errors.push(err);
  }
  expect(errors.join('')).toMatchInlineSnapshot(`
    "training-catalog: qwen3-8b: not in the catalog; nearest: Qwen/Qwen3-8B, Qwen/Qwen3-32B.
    training-catalog: Qwen/Qwen3-08B: not in the catalog; nearest: Qwen/Qwen3-8B, Qwen/Qwen3-32B, Qwen/Qwen3.5-4B.
    training-catalog: nothing-like-it: not in the catalog; none is like it, see: training-catalog list --all.
    training-catalog: Qwen/Qwen3-8B:peft:131072: :peft: marks a variant with a longer context; the catalog has the base model Qwen/Qwen3-8B, which has no such variant.
    training-catalog: Qwen/Qwen3-8:peft:1: not in the catalog; nearest: Qwen/Qwen3-8B, Qwen/Qwen3-32B, Qwen/Qwen3.5-4B.
    "
  `);
});

test('the base model of a :peft: id may have such a variant', async () => {
  await serve(async () =>
    Response.json({ limit: 100, total: 1, models: [{ ...model, extended_context: true }] }),
  );
  expect((await type(['show', `${model.tinker_id}:peft:131072`])).err).toContain('which has such a variant');
});

test('ids that a server makes up cannot steer the terminal or add lines', async () => {
  const forged = { ...model, tinker_id: 'Qwen/Qwen3-8\u001b[2J\nB' };
  await serve(async () => Response.json({ limit: 100, total: 1, models: [forged] }));
  expect((await type(['show', 'Qwen/Qwen3-8XXB'])).err).toMatch(
    /^training-catalog: .*nearest: Qwen\/Qwen3-8�\[2J B\.\n$/,
  );
  expect((await type(['check', 'Qwen/Qwen3-8XXB'])).out).toMatch(/^no {2}.*nearest: Qwen\/Qwen3-8�\[2J�B\n$/);
});

test('check passes when every id can be trained', async () => {
  await serveCatalog();
  expect(await type(['check', 'Qwen/Qwen3-8B', 'Qwen/Qwen3-32B', '--algorithm', 'ppo'])).toEqual({
    exitCode: 0,
    out: 'ok  Qwen/Qwen3-8B\nok  Qwen/Qwen3-32B\n',
    err: '',
  });
});

test('check names each id that cannot be trained, and why', async () => {
  await serveCatalog();
  const ids = ['Qwen/Qwen3-8B', 'meta-llama/Llama-3.2-1B', 'qwen/qwen3-32', 'Qwen/Qwen3-8B:peft:131072'];
  const { exitCode, out, err } = await type(['check', ...ids, '--algorithm', 'ppo']);
  expect({ exitCode, err }).toEqual({ exitCode: 1, err: '' });
  expect(out).toMatchInlineSnapshot(`
    "ok  Qwen/Qwen3-8B
    no  meta-llama/Llama-3.2-1B: cannot be trained by ppo, only by sft
    no  qwen/qwen3-32: not in the catalog; nearest: Qwen/Qwen3-32B, Qwen/Qwen3-8B, Qwen/Qwen3.5-4B
    no  Qwen/Qwen3-8B:peft:131072: :peft: marks a variant with a longer context; the catalog has the base model Qwen/Qwen3-8B, which has no such variant
    "
  `);
  const [first, second] = (
    await type(['check', ...ids.slice(0, 2), '--algorithm', 'ppo'], { color: true })
  ).out.split('\n');
  expect([first, second?.slice(0, 13)]).toEqual([
    '\u001b[32mok\u001b[0m  Qwen/Qwen3-8B',
    '\u001b[31mno\u001b[0m  ',
  ]);
});

describe('a list that holds an id twice', () => {
  const other = { ...model, tinker_id: 'org/other' };

  /** A server that filters by nothing, as it should not matter here, and pages by size. */
  const serveTwice = (models: Model[]) =>
    serve(async (request) => {
      const { searchParams } = new URL(request.url);
      const [min, max] = ['min_size_b', 'max_size_b'].map((name) => searchParams.get(name));
      const fit = models.filter(({ size_b }) => size_b >= Number(min ?? 0) && size_b <= Number(max ?? 1e9));
      return Response.json({ limit: 100, total: fit.length, models: fit.slice(0, 100) });
    });

  test('is no obstacle to show and check, which say so', async () => {
    await serveTwice([model, other, model]);
    const err = `The server lists ${model.tinker_id} more than once.\n`;
    expect(await type(['show', model.tinker_id, '--json'])).toMatchObject({ exitCode: 0, err });
    expect(await type(['check', 'org/other', model.tinker_id])).toMatchObject({ exitCode: 0, err });
    expect(await type(['check', 'org/none'])).toMatchObject({ exitCode: 1, err });
    expect((await type(['show', 'org/othe'])).err).toBe(
      `${err}training-catalog: org/othe: not in the catalog; nearest: org/other.\n`,
    );
  });

  test('may be longer than a page', async () => {
    const [first, ...others] = many(250) as [Model, ...Model[]];
    await serveTwice([first, ...others, first]);
    const { exitCode, err } = await type(['check', 'org/model-3', 'org/model-249']);
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: 'The server lists some ids more than once.\n' });
  });
});

test('a list that is not complete is an error that names no filters, as there are none', async () => {
  await serve(async () => Response.json({ limit: 100, total: 300, models: [model] }));
  for (const name of ['show', 'check']) {
    const { exitCode, out, err } = await type([name, 'org/none']);
    expect({ exitCode, out }).toEqual({ exitCode: 1, out: '' });
    expect(err).toMatch(/^training-catalog: Could list 1 of 300 models only: .+\.\n$/);
    expect(err).not.toContain('filter');
  }
});
