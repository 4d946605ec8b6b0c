import { describe, expect, test, vi } from 'vitest';
import { limit, version } from '../contract/from-yaml.ts';
import { deserted, secret, serve, serveCatalog, type } from './terminal.ts';

const commands = ['list', 'show', 'check', 'serve', 'mock', 'verify'];

describe('help', () => {
  test('names every command, the environment and the exit codes', async () => {
    const { exitCode, out, err } = await type(['--help']);
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
    expect(out).toMatchInlineSnapshot(`
      "Usage: training-catalog [options] [command]

      List, check and serve the base models that hosted training accepts.

      Options:
        -V, --version            output the version number
        -h, --help               display help for command

      Commands:
        list [options] [text]    list the base models that can be trained
        show [options] <id>      show one model in full
        check [options] <id...>  for CI: exit 0 if every id can be trained, else 1
        serve [options]          serve a catalog whose filters work, with a page to look at, for UIs and tests
        mock [options]           serve the contract's examples by Prism
        verify [options] <url>   check that a server keeps the contract; by default it only reads
        help [command]           display help for command

      Server and key: --server and --api-key, else DREADNODE_SERVER and DREADNODE_API_KEY.
      Exit codes: 0 fine; 1 the answer is no, or the call failed; 2 wrong usage; 3 verify could not ask, or not show all; 4 the output could not be written.
      "
    `);
    expect(await type(['help'])).toEqual({ exitCode, out, err });
    expect(await type(['--version'])).toEqual({ exitCode: 0, out: `${version}\n`, err: '' });
  });

  test.each(commands)('of %s says what it takes, and ends with an example', async (name) => {
    const { exitCode, out, err } = await type([name, '--help']);
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
    expect(out).toContain(`Usage: training-catalog ${name} `);
    expect(await type(['help', name])).toEqual({ exitCode, out, err });
    const [, example = ''] = /\n\nExample:\n {2}training-catalog (.+)\n$/.exec(out) ?? [];
    expect(example.split(' ')[0]).toBe(name);
    for (const [option] of example.matchAll(/--\S+/g)) expect(out).toContain(`\n  ${option} `);
  });

  test.each(['list', 'show', 'check'])('has an example of %s that works', async (name) => {
    await serveCatalog();
    const example = /training-catalog (.+)\n$/.exec((await type([name, '--help'])).out)?.[1] ?? '';
    expect(await type(example.split(' '))).toMatchObject({ exitCode: 0, err: '' });
  });
});

test('wrong usage ends with 2 and says what is wrong', async () => {
  await serveCatalog();
  const lines = [
    ['lsit'],
    ['list', '--famly', 'qwen'],
    ['list', '--json=yes'],
    ['list', 'llama', '8b'],
    ['list', '--limit', '1e2'],
    ['list', '--max-size-b', '0x10'],
    ['list', '--limit', '5', '--all'],
    ['list', '--server', 'localhost:4010'],
    ['list', '--server', 'catalog.example.com/prefix'],
    ['list', '--server', 'http://192.0.2.1'],
    ['list', '--server', 'http://127.0.0.1:65536'],
    ['list', '--api-key', ''],
    ['show', ''],
    ['check'],
    ['check', 'Qwen/Qwen3-8B', ' '],
    ['serve', '--port', '65536'],
    ['serve', '--host', ' '],
    ['serve', '--fail', '429,200'],
    ['serve', '--delay', '1.5'],
  ];
  const printed: string[] = [];
  for (const args of lines) {
    const { exitCode, out, err } = await type(args);
    expect({ args, exitCode, out }).toEqual({ args, exitCode: 2, out: '' });
    expect(err).toMatch(/^error: .+\n(\(Did you mean .+\n)?(.+\n)?$/);
    printed.push(`$ ${args.join(' ')}\n${err.replace('(add --help to see what there is)\n', '')}`);
  }
  const range = `from ${limit.minimum} to ${limit.maximum}`;
  expect(printed.join('').replace(range, 'from MIN to MAX')).toMatchInlineSnapshot(`
    "$ lsit
    error: unknown command 'lsit'
    (Did you mean list?)
    $ list --famly qwen
    error: unknown option '--famly'
    (Did you mean --family?)
    $ list --json=yes
    error: unknown option '--json=…'
    $ list llama 8b
    error: too many arguments for 'list'. Expected 1 argument but got 2.
    $ list --limit 1e2
    error: option '--limit <n>' argument '1e2' is invalid. It must be a whole number from MIN to MAX.
    $ list --max-size-b 0x10
    error: option '--max-size-b <n>' argument '0x10' is invalid. It must be a number.
    $ list --limit 5 --all
    error: option '--all' cannot be used with option '--limit <n>'
    $ list --server localhost:4010
    error: --server must be an http or https URL such as https://host:8080, with a host and a port that exist and no user, query or hash.
    Did you mean http://localhost:4010?
    $ list --server catalog.example.com/prefix
    error: --server must be an http or https URL such as https://host:8080, with a host and a port that exist and no user, query or hash.
    Did you mean https://catalog.example.com/prefix?
    $ list --server http://192.0.2.1
    error: No key is sent over plain http to another machine; see --allow-insecure-http.
    $ list --server http://127.0.0.1:65536
    error: --server must be an http or https URL such as https://host:8080, with a host and a port that exist and no user, query or hash.
    $ list --api-key 
    error: --api-key must be the key alone: visible ASCII, no space, no "Bearer".
    $ show 
    error: command-argument value '' is invalid for argument 'id'. It must be the id of a model.
    $ check
    error: missing required argument 'id'
    $ check Qwen/Qwen3-8B  
    error: command-argument value ' ' is invalid for argument 'id'. It must be the id of a model.
    $ serve --port 65536
    error: option '--port <n>' argument '65536' is invalid. It must be a whole number from 0 to 65535.
    $ serve --host  
    error: option '--host <address>' argument ' ' is invalid. It must be an address of this machine, such as 127.0.0.1.
    $ serve --fail 429,200
    error: option '--fail <statuses>' argument '429,200' is invalid. It must be statuses from 400 to 599 with commas between.
    $ serve --delay 1.5
    error: option '--delay <ms>' argument '1.5' is invalid. It must be a whole number from 0 to 60000.
    "
  `);
  expect(await type([])).toMatchObject({ exitCode: 2, out: '', err: (await type(['--help'])).out });
});

test('a wrong environment variable is named', async () => {
  vi.stubEnv('DREADNODE_SERVER', 'localhost:4055');
  expect((await type(['list'])).err).toMatch(
    /^error: DREADNODE_SERVER must .+\nDid you mean http:\/\/localhost:4055\?\n$/,
  );
  vi.stubEnv('DREADNODE_SERVER', '');
  vi.stubEnv('DREADNODE_API_KEY', 'Bearer x');
  expect((await type(['list'])).err).toMatch(/^error: DREADNODE_API_KEY must be the key alone/);
  vi.unstubAllEnvs();
});

describe('a failure ends with 1 and says in two lines at most what to do:', () => {
  const answers: Record<string, () => Response> = {
    'an error envelope': () =>
      Response.json(
        { code: 403, type: 'forbidden_error', detail: 'No\naccess \u001b[2J', errors: [] },
        { status: 403 },
      ),
    'a page': () => new Response('<html>', { headers: { 'content-type': 'text/html' } }),
    'a missing field': () => Response.json({ limit: 20, total: 1, models: [{}] }),
    'a number that JavaScript cannot hold': () =>
      new Response('{"limit":20,"models":[],"total":9007199254740993}'),
  };
  test.each(Object.keys(answers))('%s', async (name) => {
    await serve(async () => answers[name]?.() as Response);
    const { exitCode, out, err } = await type(['list']);
    expect({ exitCode, out }).toEqual({ exitCode: 1, out: '' });
    expect(err).toMatch(/^error: .+\n(.+\n)?$/);
    expect(err).not.toMatch(/apiKey|baseUrl|allowInsecureHttp|maxResponseBytes|\p{Cc}(?!$)/u);
  });

  test('no key', async () => {
    await serveCatalog({ authorize: () => false });
    vi.stubEnv('DREADNODE_API_KEY', '');
    const { exitCode, err } = await type(['list']);
    expect(exitCode).toBe(1);
    expect(err).toMatch(/^error: .+\nGive the key by --api-key, or set DREADNODE_API_KEY\.\n$/);
  });

  test('no server', async () => {
    const url = await deserted();
    const { exitCode, err } = await type(['list', '--server', url, '--api-key', secret]);
    expect(exitCode).toBe(1);
    expect(err).toMatch(/^error: .+\n$/);
    expect(err).toContain(url);
  });
});

test('no key is ever shown, not even where a server sends it back', async () => {
  const url = await serve(async (request) => {
    const detail = `${request.headers.get('authorization')} is not it`;
    return Response.json({ code: 401, type: 'authentication_error', detail }, { status: 401 });
  });
  for (const args of [
    ['list'],
    ['show', 'x', '--api-key', secret],
    ['check', 'x', `--api-key=${secret}`],
    ['verify', url, `--api-key=${secret}`],
    ['list', `--api-kye=${secret}`],
    ['serve', `--api-key=${secret}`],
    ['--api-key', secret, 'list'],
    ['list', '--api-key', `${secret}\n`],
    ['list', '--server', `http://${secret}@127.0.0.1`],
    ['list', '--server', `localhost:4055/?key=${secret}`],
    ['verify', `http://me:${secret}@127.0.0.1:1`, '--json'],
    ...[secret, `: ${secret}`, `a b: ${secret}`, `x: ${secret}\u0001`].map((header) => [
      'list',
      '--header',
      header,
    ]),
  ]) {
    const { exitCode, out, err } = await type(args);
    expect(exitCode, args.join(' ')).toBeGreaterThan(0);
    expect(out + err).not.toContain('SECRET');
  }
});
