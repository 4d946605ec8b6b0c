import { describe, expect, test, vi } from 'vitest';
import { formatTable } from '../../src/cli/table.ts';
import type { TrainingCatalog, TrainingModel } from '../../src/index.ts';
import { limit } from '../contract/from-yaml.ts';
import { many, models } from './models.ts';
import { secret, serve, serveCatalog, type } from './terminal.ts';

test('list shows the models that match as a table', async () => {
  await serveCatalog();
  const table = formatTable(models.filter(({ family, size_b }) => family === 'qwen' && size_b >= 20));
  expect(await type(['list', '--family', 'qwen', '--min-size-b', '20'])).toEqual({
    exitCode: 0,
    out: `${table}\n`,
    err: '',
  });
});

test('list says how many there are when it does not show them all', async () => {
  await serveCatalog();
  const { out } = await type(['list', 'llama', '--limit', '2']);
  const table = formatTable(models.filter(({ family }) => family === 'llama').slice(0, 2));
  expect(out).toBe(`${table}\n\nShowing 2 of 3, use --all to see the rest.\n`);
});

test('list says so when nothing matches, which is no failure', async () => {
  await serveCatalog();
  expect(await type(['list', 'nothing like it'])).toEqual({
    exitCode: 0,
    out: 'No model matches.\n',
    err: '',
  });
});

test('list passes on each filter under the name that the contract gives it', async () => {
  let search: URLSearchParams | undefined;
  await serve(async (request) => {
    search = new URL(request.url).searchParams;
    return Response.json({ limit: 7, total: 0, models: [] });
  });
  await type([
    ...['list', 'a+b %26&=#/?日本😀', '--family=', '--algorithm', 'ppo'],
    ...['--min-size-b', '0', '--max-size-b', '1e21', '--limit', '7'],
  ]);
  expect(Object.fromEntries(search ?? [])).toEqual({
    query: 'a+b %26&=#/?日本😀',
    family: '',
    algorithm: 'ppo',
    min_size_b: '0',
    max_size_b: '1e+21',
    limit: '7',
  });
  await type(['list']);
  expect([...(search ?? [])]).toEqual([]);
});

test('list --json prints the page as it came and nothing else', async () => {
  await serveCatalog();
  const { exitCode, out, err } = await type(['list', '--limit', '2', '--json']);
  expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
  expect(JSON.parse(out)).toEqual({ limit: 2, total: models.length, models: models.slice(0, 2) });
});

test('list --all shows more than a page holds', async () => {
  const count = 2 * limit.maximum + 50;
  await serveCatalog({ models: many(count) });
  const { out } = await type(['list', '--all']);
  expect(out.match(/^org\/model-/gm)).toHaveLength(count);
  expect(out).not.toContain('Showing');
  const { total, models: all } = JSON.parse((await type(['list', '--all', '--json'])).out) as TrainingCatalog;
  expect([total, all.length]).toEqual([count, count]);
});

test('list --all fails rather than show a list that is short', async () => {
  const page = { limit: limit.maximum, total: 3 * limit.maximum, models: models.slice(0, 1) };
  await serve(async () => Response.json(page));
  const { exitCode, out, err } = await type(['list', '--all']);
  expect({ exitCode, out }).toEqual({ exitCode: 1, out: '' });
  expect(err).toBe(
    `training-catalog: Could list 1 of ${3 * limit.maximum} models only: narrow it by the filters.\n`,
  );
});

test('control characters from a server are not printed, and survive as data', async () => {
  const evil = '\u001b]0;owned\u0007\u009b31m\u202e\u{e0001}\r\n';
  const forged = { ...models[0], tinker_id: `id${evil}`, family: evil, supported_algorithms: [evil] };
  await serve(async () => Response.json({ limit: 20, total: 1, models: [forged] }));

  const { out } = await type(['list']);
  expect(out).toContain('id�');
  expect(out).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);

  const json = await type(['list', '--json']);
  expect(json.out).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
  expect(JSON.parse(json.out).models).toEqual([forged]);

  const shown = await type(['show', forged.tinker_id]);
  expect(shown.out).toContain('id�');
  expect(shown.out).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
});

test('numbers that JavaScript cannot hold are refused, not shown wrong', async () => {
  await serve(async () => new Response('{"limit":20,"models":[],"total":9007199254740993}'));
  const { exitCode, out, err } = await type(['list']);
  expect({ exitCode, out }).toEqual({ exitCode: 1, out: '' });
  expect(err).toMatch(/^training-catalog: Status 200, but not an answer of this API: total: .+\n$/);
});

test('the key of the flag is stronger than that of the environment, and --server than DREADNODE_SERVER', async () => {
  const seen: (string | null)[] = [];
  const url = await serve(async (request) => {
    seen.push(request.headers.get('authorization'));
    return Response.json({ limit: 20, total: 0, models: [] });
  });
  await type(['list']);
  await type(['list', '--api-key', 'other']);
  expect(seen).toEqual([`Bearer ${secret}`, 'Bearer other']);
  expect((await type(['list', '--server', `${url}/prefix`])).exitCode).toBe(0);
});

test('a long wait for another attempt is announced', async () => {
  await serveCatalog({
    intercept: (_, n) =>
      n === 0 ? new Response(null, { status: 429, headers: { 'retry-after': '2' } }) : undefined,
  });
  const { exitCode, out, err } = await type(['list', '--json']);
  expect({ exitCode, err }).toEqual({ exitCode: 0, err: 'Status 429: trying again in 2 s.\n' });
  expect(JSON.parse(out)).toMatchObject({ total: models.length });
});

test('list says which families and algorithms there are, where one was asked for that no model has', async () => {
  await serveCatalog();
  expect((await type(['list', '--family', 'Qwen'])).out).toBe(
    'No model matches. There is no family Qwen; there are llama, qwen. Did you mean qwen?\n',
  );
  expect((await type(['list', '--family', 'gemma', '--algorithm', 'dpo'])).out).toBe(
    'No model matches. There is no family gemma; there are llama, qwen. There is no algorithm dpo; there are sft, importance_sampling, ppo. Did you mean ppo?\n',
  );
  // What there is was not the reason.
  expect((await type(['list', '--family', 'qwen', '--max-size-b', '0'])).out).toBe('No model matches.\n');
  const json = await type(['list', '--family', 'Qwen', '--json']);
  expect(JSON.parse(json.out)).toEqual({ limit: 20, total: 0, models: [] });
});

test('list refuses what the API would not read as a number, in its words', async () => {
  const intercept = vi.fn();
  await serveCatalog({ intercept });
  for (const [option, value] of [
    ['--limit', '0x10'],
    ['--limit', '1e2'],
    ['--limit', '2.5'],
    ['--limit', ''],
    ['--limit', ' '],
    ['--limit', '0b11'],
    ['--min-size-b', '0x10'],
    ['--max-size-b', 'Infinity'],
  ] as const) {
    const { exitCode, out, err } = await type(['list', `${option}=${value}`]);
    expect({ value, exitCode, out }).toEqual({ value, exitCode: 2, out: '' });
    expect(err).toMatch(
      new RegExp(`^training-catalog: ${option}: Input should be a valid .+, unable to parse string`),
    );
  }
  expect(intercept).not.toHaveBeenCalled();
  for (const args of [['--limit', '007'], ['--limit=+5'], ['--min-size-b', '.5'], ['--max-size-b', '1e2']]) {
    expect(await type(['list', ...args])).toMatchObject({ exitCode: 0 });
  }
});

test('list --all shows a list that holds an id twice, and says which', async () => {
  const [first, second] = models as [TrainingModel, TrainingModel];
  const twice = [first, second, first];
  await serve(async () => Response.json({ limit: 100, total: 3, models: twice }));
  const { exitCode, out, err } = await type(['list', '--all', '--json']);
  expect({ exitCode, err }).toEqual({
    exitCode: 0,
    err: `The server lists ${first.tinker_id} more than once.\n`,
  });
  expect(JSON.parse(out)).toEqual({ total: 2, models: [first, second] });
});

test('--header sends a header with every request, as often as it is given', async () => {
  const seen: Headers[] = [];
  await serve(async (request) => {
    seen.push(request.headers);
    return Response.json({ limit: 100, total: 1, models: models.slice(0, 1) });
  });
  const headers = ['--header', 'CF-Access-Client-Id: x', '--header', 'X-Time: 12:30'];
  const id = models[0]?.tinker_id as string;
  for (const args of [['list'], ['show', id], ['check', id]]) {
    expect(await type([...args, ...headers])).toMatchObject({ exitCode: 0, err: '' });
  }
  expect(seen.length).toBeGreaterThanOrEqual(3);
  for (const each of seen) {
    expect([each.get('cf-access-client-id'), each.get('x-time')]).toEqual(['x', '12:30']);
    expect(each.get('authorization')).toBe(`Bearer ${secret}`);
  }
});

test('--header is refused without showing what may be a secret', async () => {
  await serveCatalog();
  for (const header of [secret, `: ${secret}`, `a b: ${secret}`, `x: ${secret}\u0001`]) {
    const { exitCode, err } = await type(['list', '--header', header]);
    expect(exitCode).toBe(2);
    expect(err).toMatch(/^training-catalog: --header/);
    expect(err).not.toContain('SECRET');
  }
});

describe('an address', () => {
  const commands = (address: string) => [
    ['list', '--server', address],
    ['verify', address],
    ['verify', address, '--json'],
  ];

  test.each([
    ['localhost:4055', 'http://localhost:4055'],
    ['127.0.0.1:4055', 'http://127.0.0.1:4055'],
    ['catalog.example.com/prefix', 'https://catalog.example.com/prefix'],
  ])('without its scheme is refused with the one that may be meant: %s', async (address, meant) => {
    for (const args of commands(address)) {
      const { exitCode, err } = await type(args);
      expect(exitCode).toBe(args[0] === 'list' ? 2 : 3);
      expect(err).toContain(`Did you mean ${meant}?\n`);
    }
  });

  test.each([
    `me:${secret}@localhost:4055`,
    `localhost:4055/?key=${secret}`,
    `http://me:${secret}@127.0.0.1:1`,
    `http://127.0.0.1:1/?api_key=${secret}`,
    'nowhere',
  ])('that cannot be meant is refused without repeating it: %s', async (address) => {
    for (const args of commands(address)) {
      const { exitCode, out, err } = await type(args);
      expect(exitCode).toBe(args[0] === 'list' ? 2 : 3);
      expect(out + err).toContain('must be an http or https URL without user, query or hash');
      expect(out + err).not.toMatch(/Did you mean|SECRET/);
    }
  });
});

test('what is printed is wrapped at the width of the terminal', async () => {
  const url = await serveCatalog();
  for (const args of [
    ['list', '--family', 'gemma', '--algorithm', 'dpo'],
    ['show', 'Qwen/Qwen3-8'],
    ['check', 'Qwen/Qwen3-8', 'Qwen/Qwen3-8B:peft:1'],
    ['list', '--min-size-b', 'many'],
    ['verify', 'http://127.0.0.1:1'],
    ['verify', url],
  ]) {
    const { out, err } = await type(args, { columns: 50 });
    for (const line of `${out}${err}`.split('\n')) expect(line.length, line).toBeLessThanOrEqual(50);
    expect((await type(args)).out.length).toBeLessThanOrEqual(out.length);
  }
});
