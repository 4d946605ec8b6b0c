import { describe, expect, test, vi } from 'vitest';
import { limit } from '../contract/from-yaml.ts';
import { deserted, secret, serve, serveCatalog, steady, type } from './terminal.ts';

const commands = ['list', 'show', 'check', 'serve', 'mock', 'verify'];

describe('help', () => {
  test('names every command', async () => {
    const { exitCode, out, err } = await type(['--help']);
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
    expect(steady(out)).toMatchInlineSnapshot(`
      "training-catalog VERSION: list, check and serve the base models that can be trained

      Usage: training-catalog <command> [options]

        list [text]    list the base models that can be trained
        show <id>      show one model in full
        check <id>...  for CI: exit 0 if every id can be trained, else 1
        serve          serve a catalog whose filters work, for UIs and tests
        mock           serve the contract's examples by Prism
        verify <url>   check that a server keeps the contract; by default it only reads

        -h, --help     show this, or the help of a command
        --version      show the version

      Environment: DREADNODE_SERVER, DREADNODE_API_KEY; options take precedence.
      Exit codes: 0 fine, 1 the answer is no or the call failed, 2 wrong usage,
      3 verify could not be run, or could not show everything.
      "
    `);
    expect(await type(['-h'])).toEqual({ exitCode, out, err });
  });

  test.each(commands)('of %s fits 80 columns and ends with an example', async (name) => {
    const { exitCode, out, err } = await type([name, '--help']);
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
    expect(out.split('\n').filter((line) => line.length > 80)).toEqual([]);
    expect(out).toMatch(new RegExp(`\n\nExample:\n  training-catalog ${name} .+\n$`));
    expect(steady(out)).toMatchSnapshot();
  });

  test('is given whatever else is typed', async () => {
    expect((await type(['show', '-h', '--json'])).exitCode).toBe(0);
  });

  test.each(['list', 'show', 'check'])('has an example of %s that works', async (name) => {
    await serveCatalog();
    const example = /training-catalog (.+)\n$/.exec((await type([name, '--help'])).out)?.[1] ?? '';
    expect(await type(example.split(' '))).toMatchObject({ exitCode: 0, err: '' });
  });
});

describe('wrong usage', () => {
  test('ends with 2 and says in two lines at most what to do', async () => {
    await serveCatalog();
    const lines = [
      [],
      ['lsit'],
      ['constructor'],
      ['--json', 'list'],
      ['list', '--famly', 'qwen'],
      ['list', '-x'],
      ['list', '--limit'],
      ['list', '--limit', '-5'],
      ['list', '--json=yes'],
      ['list', 'llama', '8b'],
      ['list', '--limit', `${limit.minimum - 1}`, '--min-size-b', '7b'],
      ['list', '--max-size-b='],
      ['list', '--limit', '5', '--all'],
      ['list', '--server', 'localhost:4010'],
      ['list', '--server', 'http://192.0.2.1'],
      ['list', '--api-key', ''],
      ['show'],
      ['show', ' ', ' '],
      ['check'],
      ['serve', 'models.json'],
      ['serve', '--port', '1;echo x'],
      ['mock', '--port', '65536'],
      ['mock', '--port='],
      ['mock', 'extra'],
      ['verify'],
    ];
    const printed: string[] = [];
    for (const args of lines) {
      const { exitCode, out, err } = await type(args);
      expect({ args, exitCode, out }).toEqual({ args, exitCode: 2, out: '' });
      expect(err).toMatch(/^training-catalog: .+\n(.+\n)?$/);
      expect(err).not.toMatch(/apiKey|baseUrl|allowInsecureHttp/);
      printed.push(`$ ${args.join(' ')}\n${err}`);
    }
    expect(printed.join('')).toMatchInlineSnapshot(`
      "$ 
      training-catalog: What to do is missing.
      Commands: list, show, check, serve, mock, verify. See training-catalog --help.
      $ lsit
      training-catalog: No command 'lsit'.
      Commands: list, show, check, serve, mock, verify. See training-catalog --help.
      $ constructor
      training-catalog: No command 'constructor'.
      Commands: list, show, check, serve, mock, verify. See training-catalog --help.
      $ --json list
      training-catalog: The command comes first, options follow it.
      Commands: list, show, check, serve, mock, verify. See training-catalog --help.
      $ list --famly qwen
      training-catalog: Unknown option '--famly', did you mean --family?
      Usage: training-catalog list [text] [options]
      $ list -x
      training-catalog: Unknown option '-x'.
      Usage: training-catalog list [text] [options]
      $ list --limit
      training-catalog: Option '--limit <value>' argument missing.
      Usage: training-catalog list [text] [options]
      $ list --limit -5
      training-catalog: To specify an option argument starting with a dash use '--limit=-XYZ'.
      Usage: training-catalog list [text] [options]
      $ list --json=yes
      training-catalog: Option '--json' does not take an argument.
      Usage: training-catalog list [text] [options]
      $ list llama 8b
      training-catalog: list takes one [text]: put quotes around a text with spaces.
      Usage: training-catalog list [text] [options]
      $ list --limit 0 --min-size-b 7b
      training-catalog: --min-size-b: Input should be a valid number, unable to parse string as a number. --limit: Input should be greater than or equal to 1.
      $ list --max-size-b=
      training-catalog: --max-size-b: Input should be a valid number, unable to parse string as a number.
      $ list --limit 5 --all
      training-catalog: Give --all or --limit, not both.
      $ list --server localhost:4010
      training-catalog: --server must be an http or https URL without user, query or hash.
      Did you mean http://localhost:4010?
      $ list --server http://192.0.2.1
      training-catalog: No key is sent over plain http; see --allow-insecure-http.
      $ list --api-key 
      training-catalog: --api-key must be visible ASCII without spaces.
      $ show
      training-catalog: show: <id> is missing.
      Usage: training-catalog show <id> [options]
      $ show    
      training-catalog: show takes one <id>: put quotes around a text with spaces.
      Usage: training-catalog show <id> [options]
      $ check
      training-catalog: check: <id>... is missing.
      Usage: training-catalog check <id>... [options]
      $ serve models.json
      training-catalog: serve takes options only.
      Usage: training-catalog serve [options]
      $ serve --port 1;echo x
      training-catalog: --port must be a whole number from 0 to 65535, not '1;echo x'.
      $ mock --port 65536
      training-catalog: --port must be a whole number from 0 to 65535, not '65536'.
      $ mock --port=
      training-catalog: --port must be a whole number from 0 to 65535, not ''.
      $ mock extra
      training-catalog: mock takes options only.
      Usage: training-catalog mock [options]
      $ verify
      training-catalog: verify: <url> is missing.
      Usage: training-catalog verify <url> [options]
      "
    `);
  });
});

describe('failures', () => {
  test('end with 1 and say in two lines at most what to do', async () => {
    const answers: Record<string, () => Response> = {
      'an error envelope': () =>
        Response.json(
          { code: 403, type: 'forbidden_error', detail: 'No\naccess \u001b[2J', errors: [] },
          { status: 403 },
        ),
      'a page': () => new Response('<html>', { headers: { 'content-type': 'text/html' } }),
      'a redirect': () => new Response(null, { status: 302, headers: { location: 'https://other.test/' } }),
      'a missing field': () => Response.json({ limit: 20, total: 1, models: [{}] }),
    };
    const printed: string[] = [];
    for (const [name, answer] of Object.entries(answers)) {
      await serve(async () => answer());
      const { exitCode, out, err } = await type(['list']);
      expect({ exitCode, out }).toEqual({ exitCode: 1, out: '' });
      expect(err).toMatch(/^training-catalog: .+\n(.+\n)?$/);
      expect(err).not.toMatch(/apiKey|baseUrl|allowInsecureHttp/);
      printed.push(`${name}\n${err}`);
    }
    expect(steady(printed.join(''))).toMatchInlineSnapshot(`
      "an error envelope
      training-catalog: 403 forbidden_error: No access �[2J (what to do: ADVICE ON 403).
      a page
      training-catalog: Status 200, but not an answer of this API: the body (text/html) is not JSON; check --server.
      a redirect
      training-catalog: Status 302, but not an answer of this API: a redirect, which is not followed (location: https://other.test/).
      a missing field
      training-catalog: Status 200, but not an answer of this API: models[0].context_length: Field required.
      "
    `);
  });

  test('name the flag where the key is missing or wrong', async () => {
    await serveCatalog({ authorize: () => false });
    vi.stubEnv('DREADNODE_API_KEY', '');
    const { exitCode, err } = await type(['list']);
    expect(exitCode).toBe(1);
    expect(steady(err)).toMatchInlineSnapshot(`
      "training-catalog: 401 authentication_error: Authentication failed (what to do: ADVICE ON 401).
      Give the key by --api-key, or set DREADNODE_API_KEY.
      "
    `);
  });

  test('name the address and ask whether the server is up', async () => {
    const { exitCode, err } = await type(['list', '--server', await deserted(), '--api-key', secret]);
    expect(exitCode).toBe(1);
    expect(err.replace(/:\d{4,}/g, ':4010')).toMatchInlineSnapshot(`
      "training-catalog: No complete answer from http://127.0.0.1:4010: connect ECONNREFUSED 127.0.0.1:4010. Is it up?
      "
    `);
  });

  test('never show the key, not even where the server sends it back', async () => {
    await serve(async (request) => {
      const detail = `${request.headers.get('authorization')} is not it`;
      const status = 401;
      return Response.json({ code: status, type: 'authentication_error', detail }, { status });
    });
    for (const name of ['list', 'show', 'check']) {
      for (const args of [
        [name, 'x'],
        [name, 'x', '--api-key', secret],
        [name, 'x', `--api-key=${secret}`, '--nope'],
      ]) {
        const { exitCode, out, err } = await type(args);
        expect(exitCode).toBeGreaterThan(0);
        expect(out + err).not.toContain('SECRET');
      }
    }
    expect((await type(['--api-key', secret, 'list'])).err).not.toContain('SECRET');
    expect((await type(['list', '--api-key', `${secret}\n`])).err).not.toContain('SECRET');
    expect((await type(['list', '--server', `http://${secret}@127.0.0.1`])).err).not.toContain('SECRET');
  });
});
