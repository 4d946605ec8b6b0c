import { access, constants, mkdtemp, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { catalogPath, type Model, models, version } from '../contract/from-yaml.ts';
import { loadedFiles } from '../package/loaded.ts';
import { command, type Installed, install } from './installed.ts';
import { secret, serveCatalog } from './terminal.ts';

let installed: Installed;
beforeAll(async () => {
  installed = await install();
}, 240_000);
afterAll(() => installed.remove());

const trainingCatalog = (args: string[], env?: Record<string, string>) => installed.start(command, args, env);

const sh = (script: string, env?: Record<string, string>) => installed.start('bash', ['-c', script], env);

async function isFree(url: string): Promise<boolean> {
  return fetch(url).then(
    () => false,
    () => true,
  );
}

const address = /http:\/\/[^\s,]+/;
const headers = { authorization: 'Bearer any' };

test('the command is executable and prints its version', async () => {
  await access(path.join(installed.folder, command), constants.X_OK);
  expect(await trainingCatalog(['--version']).ended).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
});

test('help loads nothing that only some commands need', async () => {
  const folder = await mkdtemp(path.join(installed.folder, 'coverage-'));
  for (const args of [['--help'], ['verify', '-h']]) {
    expect(await trainingCatalog(args, { NODE_V8_COVERAGE: folder }).ended).toMatchObject({ code: 0 });
  }
  const { files, processes } = await loadedFiles(folder);
  expect(processes).toBe(2);
  expect(files).toContain('cli.js');
  for (const file of ['columns.js', 'server.js', 'mock.js', 'verify.js']) expect(files).not.toContain(file);
});

test.each([
  [2, ['check']],
  [3, ['verify', 'nowhere']],
])('the process ends with %i on %j', async (code, args) => {
  const DREADNODE_SERVER = await serveCatalog();
  const { ended } = trainingCatalog(args, { DREADNODE_SERVER, DREADNODE_API_KEY: secret });
  expect(await ended).toMatchObject({ code });
});

test('serve gives the contract that was installed, in both forms, and list its models', async () => {
  const [url] = await trainingCatalog(['serve', '--port', '0']).waitFor(address);
  for (const [name, file] of [
    ['openapi.json', 'generated/openapi.json'],
    ['openapi.yaml', 'openapi/openapi.yaml'],
  ] as const) {
    const text = await readFile(path.join(installed.packageFolder, file), 'utf8');
    expect(await (await fetch(`${url}/${name}`)).text()).toBe(text);
  }
  const [{ tinker_id }] = models as [Model];
  const list = trainingCatalog(['list', tinker_id, '--server', url, '--api-key', 'any', '--json']);
  const { code, stdout, stderr } = await list.ended;
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(JSON.parse(stdout).models).toEqual(models.filter((model) => model.tinker_id.includes(tinker_id)));
});

describe('a server in the foreground', () => {
  test.each([
    ['serve --quiet', 'SIGINT'],
    ['mock', 'SIGTERM'],
  ] as const)('%s ends with 0 on %s and frees its port, connections or not', async (args, signal) => {
    const server = trainingCatalog([...args.split(' '), '--port', '0']);
    const [url] = await server.waitFor(address);
    expect((await fetch(url + catalogPath, { headers })).status).toBe(200);
    server.child.kill(signal);
    expect(await server.ended).toMatchObject({ code: 0, stderr: '' });
    expect(await isFree(url)).toBe(true);
  });

  test('ends with npx when only npx is told to', async () => {
    const npx = installed.start('npx', ['--no', 'training-catalog', 'serve', '--port', '0']);
    const [url] = await npx.waitFor(address);
    npx.child.kill('SIGTERM');
    await npx.ended;
    await vi.waitUntil(() => isFree(url), { timeout: 60_000 });
  });

  test('does not grow with what it has answered', async () => {
    // With room for it, the engine lets its garbage lie.
    const server = trainingCatalog(['serve', '--port', '0'], { NODE_OPTIONS: '--max-old-space-size=24' });
    const [origin] = await server.waitFor(address);
    const url = origin + catalogPath;
    const ask = async (times: number) => {
      for (let done = 0; done < times; done += 50) {
        await Promise.all(Array.from({ length: 50 }, async () => (await fetch(url, { headers })).text()));
      }
    };
    const megabytes = async () => {
      const status = await readFile(`/proc/${server.child.pid}/status`, 'utf8');
      return Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]) / 1024;
    };
    await ask(300);
    const before = await megabytes();
    await ask(2500);
    // An answer has 7 kB: to keep each would take more.
    expect((await megabytes()) - before).toBeLessThan(15);
  }, 120_000);
});

describe('in a pipeline', () => {
  test.each([
    [0, 'list', 'true'],
    // That the reader has had enough does not hide that the answer is no.
    [1, 'check no', 'true'],
  ])(
    'the exit code is %i where the reader of %s is %s, and nothing is said of it',
    async (code, args, reader) => {
      const server = `--server ${await serveCatalog()} --api-key any`;
      const { ended } = sh(`set -o pipefail; ${command} ${args} ${server} | ${reader}`);
      expect(await ended).toMatchObject({ code, stderr: '' });
    },
  );

  test.each(['--help', 'list', 'check no'])(
    'a full disk is told, and has a code of its own: %s',
    async (args) => {
      const server = args === '--help' ? '' : `--server ${await serveCatalog()} --api-key any`;
      const stderr = expect.stringMatching(/^error: The output could not be written: ENOSPC.*\n$/);
      expect(await sh(`${command} ${args} ${server} > /dev/full`).ended).toMatchObject({ code: 4, stderr });
    },
  );
});

// `script` gives the command a terminal. It knows it as the one of util-linux.
describe.runIf(process.platform === 'linux')('on a terminal', () => {
  /** What the command prints on a terminal of so many columns. */
  const show = async (args: string, columns: number, env: Record<string, string> = {}) => {
    const line = `stty cols ${columns}; ${command} ${args} --server ${await serveCatalog()} --api-key any`;
    const { stdout } = await sh(`script -qec '${line}' /dev/null`, { TERM: 'xterm', ...env }).ended;
    return stdout.replaceAll('\r', '').trimEnd();
  };

  test('of 50 columns, the table fits', async () => {
    for (const line of (await show('list', 50)).split('\n')) expect(line.length).toBeLessThanOrEqual(50);
  });

  test('that does not know its width, nothing is wrapped or left out', async () => {
    const piped = trainingCatalog(['list', '--server', await serveCatalog(), '--api-key', 'any']);
    expect(await show('list', 0)).toBe((await piped.ended).stdout.trimEnd());
  });

  test('an error is not wrapped, so that it can be copied', async () => {
    expect(await show('show Qwen/Qwen3-8', 20)).toMatch(/^error: Qwen.+did you mean Qwen\/Qwen3-8B\?\)\.$/);
  });

  test('colours are shown', async () => {
    expect(await show('check Qwen/Qwen3-8B', 80)).toBe('\u001b[32mok\u001b[0m  Qwen/Qwen3-8B');
  });

  test.each([{ NO_COLOR: '1', FORCE_COLOR: '1' }, { TERM: 'dumb' }])(
    'colours are off with %j',
    async (env) => {
      // Node has a word to say where both are set.
      expect(await show('check Qwen/Qwen3-8B', 80, env)).toMatch(/^ok {2}Qwen\/Qwen3-8B$/m);
    },
  );
});

test('colours are off where there is no terminal', async () => {
  const args = ['check', 'Qwen/Qwen3-8B', '--server', await serveCatalog(), '--api-key', 'any'];
  const { stdout } = await trainingCatalog(args, { FORCE_COLOR: '1' }).ended;
  expect(stdout).toBe('ok  Qwen/Qwen3-8B\n');
});
