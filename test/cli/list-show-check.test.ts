import { describe, expect, test } from 'vitest';
import type { TrainingModel } from '../../src/index.ts';
import { limit } from '../contract/from-yaml.ts';
import { many, models } from './models.ts';
import { secret, serve, serveCatalog, type } from './terminal.ts';

const [model] = models as [TrainingModel];

/** Serves these models, whatever is asked for. */
const servePage = (...shown: object[]) =>
  serve(async () => Response.json({ limit: 100, total: shown.length, models: shown }));

describe('list', () => {
  test('shows the models that match, and says how many more there are', async () => {
    await serveCatalog();
    const { exitCode, out, err } = await type(['list', '--algorithm', 'sft', '--limit', '5']);
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
    expect(out).toMatchInlineSnapshot(`
      "ID                                  FAMILY  TYPE   SIZE    CTX  ALGORITHMS  PRICE
      meta-llama/Llama-3.2-1B             llama   dense    1B    32K  sft          0.09
      meta-llama/Llama-3.3-70B-Instruct   llama   dense   70B    32K  sft is ppo      -
      Qwen/Qwen3-8B                       qwen    dense    8B    32K  sft is ppo   0.40
      Qwen/Qwen3-32B                      qwen    dense   32B  40000  sft is ppo  1.475
      Qwen/Qwen3-235B-A22B-Instruct-2507  qwen    moe     22B    32K  sft is       2.00

      SIZE active parameters, CTX tokens of context, is = importance_sampling, PRICE USD per million tokens trained (- unknown).

      Showing 5 of 6, use --all to see the rest.
      "
    `);
  });

  test('passes on each filter under the name that the contract gives it, and no other', async () => {
    const searches: [string, string][][] = [];
    await serve(async (request) => {
      searches.push([...new URL(request.url).searchParams]);
      return Response.json({ limit: 7, total: 0, models: [] });
    });
    await type([
      ...['list', 'a+b %26&=#/?日本😀', '--family=', '--algorithm', 'ppo'],
      ...['--min-size-b', '.5', '--max-size-b', '1e21', '--limit', '007'],
    ]);
    await type(['list']);
    expect(searches).toEqual([
      [
        ['query', 'a+b %26&=#/?日本😀'],
        ['family', ''],
        ['algorithm', 'ppo'],
        ['min_size_b', '0.5'],
        ['max_size_b', '1e+21'],
        ['limit', '7'],
      ],
      [],
    ]);
  });

  test('says so when nothing matches, and which families there are where one is asked for that is none', async () => {
    await serveCatalog();
    expect(await type(['list', 'nothing like it'])).toEqual({
      exitCode: 0,
      out: 'No model matches.\n',
      err: '',
    });
    const { out } = await type(['list', '--family', 'Qwen']);
    expect(out).toMatch(/^No model matches\. The contract knows the families .*qwen.*\.\n$/);
  });

  test('--json prints the page as it came and nothing else', async () => {
    await serveCatalog();
    const { exitCode, out, err } = await type(['list', '--limit', '2', '--json']);
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
    expect(JSON.parse(out)).toEqual({ limit: 2, total: models.length, models: models.slice(0, 2) });
  });

  test('--all shows more than a page holds', async () => {
    const count = 2 * limit.maximum + 50;
    await serveCatalog({ models: many(count) });
    const { out } = await type(['list', '--all']);
    expect(out.match(/^org\/model-/gm)).toHaveLength(count);
    expect(out).not.toContain('Showing');
    expect(JSON.parse((await type(['list', '--all', '--json'])).out)).toMatchObject({ total: count });
  });
});

describe('show', () => {
  test('prints one model in full, and fields that are newer than the command under their own names', async () => {
    await servePage({
      ...model,
      supported_algorithms: [],
      pricing: { prefill: 0, train: null, cached: 0.02 },
      license: 'apache-2.0',
      Name: 'no name of ours',
      regions: ['eu', 'us'],
      'odd\nname': '\u001b[31mred',
      a_rather_long_name: null,
    });
    const { exitCode, out, err } = await type(['show', model.tinker_id]);
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
    expect(out).toMatchInlineSnapshot(`
      "meta-llama/Llama-3.2-1B
        Name              Llama 3.2 1B
        Family            llama
        Type              dense
        Active size       1 billion parameters
        Context           32768 tokens
        Longer context    no
        Algorithms        none
        Price to prefill  0 USD per million tokens
        Price to sample   unknown
        Price to train    unknown
        license           apache-2.0
        Name              no name of ours
        regions           ["eu","us"]
        odd�name          �[31mred
        a_rather_long_name  null
        pricing.cached    0.02
      "
    `);
  });

  test('--json prints the model as it came and nothing else', async () => {
    await serveCatalog();
    const { out, err } = await type(['show', model.tinker_id, '--json']);
    expect(err).toBe('');
    expect(JSON.parse(out)).toEqual(model);
  });

  test('refuses an unknown id with the nearest ones', async () => {
    await serveCatalog();
    const errors: string[] = [];
    for (const id of ['qwen3-8b', 'Qwen/Qwen3-08B', 'Qwen/Qwen3-8B:peft:131072', 'nothing-like-it']) {
      const { exitCode, out, err } = await type(['show', id]);
      expect({ exitCode, out }).toEqual({ exitCode: 1, out: '' });
      errors.push(err);
    }
    expect(errors.join('')).toMatchInlineSnapshot(`
      "error: qwen3-8b: not in the catalog (did you mean Qwen/Qwen3-8B?).
      error: Qwen/Qwen3-08B: not in the catalog (did you mean Qwen/Qwen3-8B?).
      error: Qwen/Qwen3-8B:peft:131072: not in the catalog (did you mean Qwen/Qwen3-8B?).
      error: nothing-like-it: not in the catalog.
      "
    `);
  });
});

test('check names each id that cannot be trained, and why', async () => {
  await serveCatalog();
  const good = ['Qwen/Qwen3-8B', 'Qwen/Qwen3-32B', '--algorithm', 'ppo'];
  expect(await type(['check', ...good])).toEqual({
    exitCode: 0,
    out: 'ok  Qwen/Qwen3-8B\nok  Qwen/Qwen3-32B\n',
    err: '',
  });
  const { exitCode, out, err } = await type(['check', 'meta-llama/Llama-3.2-1B', 'qwen/qwen3-32', ...good]);
  expect({ exitCode, err }).toEqual({ exitCode: 1, err: '' });
  expect(out).toMatchInlineSnapshot(`
    "no  meta-llama/Llama-3.2-1B: cannot be trained by ppo, only by sft
    no  qwen/qwen3-32: not in the catalog (did you mean Qwen/Qwen3-32B?)
    ok  Qwen/Qwen3-8B
    ok  Qwen/Qwen3-32B
    "
  `);
});

describe('a server', () => {
  test('that lists an id twice is no obstacle, and gets a warning', async () => {
    const [first, second] = models as [TrainingModel, TrainingModel];
    await servePage(first, second, first);
    const warned = {
      exitCode: 0,
      err: expect.stringMatching(/^The server lists some ids more than once.+\n$/),
    };
    const listed = await type(['list', '--all', '--json']);
    expect(listed).toMatchObject(warned);
    expect(JSON.parse(listed.out)).toEqual({ total: 2, models: [first, second] });
    expect(await type(['show', second.tinker_id])).toMatchObject(warned);
    expect(await type(['check', first.tinker_id])).toMatchObject(warned);
  });

  test('that shows less than it counts is an error, not a short list', async () => {
    await serve(async () => Response.json({ limit: 100, total: 300, models: [model] }));
    for (const args of [
      ['list', '--all'],
      ['show', 'org/none'],
      ['check', 'org/none'],
    ]) {
      const { exitCode, out, err } = await type(args);
      expect({ exitCode, out }).toEqual({ exitCode: 1, out: '' });
      expect(err).toMatch(/^error: Could list 1 of 300 models only: .+\.\n$/);
    }
  });

  test('sends no control characters to the terminal, adds no lines, and its data stay as they are', async () => {
    const evil = '\u001b]0;owned\u0007\u009b31m\u202e\u{e0001}\r\n';
    const id = 'org/a-model-of-some-length\u001b[2J\n';
    const forged = {
      ...model,
      tinker_id: id,
      family: evil,
      supported_algorithms: [`${evil}_${evil}`],
      [evil]: evil,
    };
    await servePage(forged);
    const near = id.slice(0, -5);
    for (const args of [
      ['list'],
      ['list', '--json'],
      ['show', id],
      ['show', near],
      ['check', id],
      ['check', near],
    ]) {
      const { out, err } = await type(args);
      expect(out + err).toContain('org/a-model');
      expect(out + err).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      if (args.includes(near)) expect(out + err).toMatch(/^.*did you mean.*\n$/);
    }
    expect(JSON.parse((await type(['list', '--json'])).out).models).toEqual([forged]);
  });

  test('that asks for a long wait is waited for, which is announced', async () => {
    const wait = () => new Response(null, { status: 429, headers: { 'retry-after': '2' } });
    await serveCatalog({ intercept: (_, n) => (n === 0 ? wait() : undefined) });
    const { exitCode, out, err } = await type(['list', '--json']);
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: 'Status 429: trying again in 2 s.\n' });
    expect(JSON.parse(out)).toMatchObject({ total: models.length });
  });
});

test('options override the environment, and headers are sent as often as they are given', async () => {
  const seen: Headers[] = [];
  const url = await serve(async (request) => {
    seen.push(request.headers);
    return Response.json({ limit: 20, total: 0, models: [] });
  });
  await type(['list']);
  await type([
    'list',
    '--server',
    `${url}/prefix`,
    '--api-key',
    'other',
    '--header',
    'X-Id: x',
    '--header',
    'X-Time: 12:30',
  ]);
  expect(seen.map((headers) => headers.get('authorization'))).toEqual([`Bearer ${secret}`, 'Bearer other']);
  expect([seen[1]?.get('x-id'), seen[1]?.get('x-time')]).toEqual(['x', '12:30']);
});
