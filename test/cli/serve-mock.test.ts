import { once } from 'node:events';
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { TrainingCatalog } from '../../src/index.ts';
import { createCatalogHandler } from '../../src/server/index.ts';
import { catalogPath, exampleOf, type Model, models } from '../contract/from-yaml.ts';
import { yamlText } from '../contract/read-yaml.ts';
import { type Printed, secret, serveCatalog, type } from './terminal.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'models of the catalog '));
});
afterAll(() => rm(folder, { recursive: true }));

async function save(content: unknown): Promise<string> {
  const file = path.join(folder, 'models.json');
  const isRaw = typeof content === 'string' || content instanceof Uint8Array;
  await writeFile(file, isRaw ? content : JSON.stringify(content));
  return file;
}

interface Started {
  url: string;
  /** What has been printed on standard output so far. */
  lines: string[];
  /** What has been printed on standard error so far. */
  errors: string[];
  stop(): Promise<Printed>;
}

/** Starts a server command and resolves when it says where it is; the test's end stops it. */
async function start(...args: string[]): Promise<Started> {
  const controller = new AbortController();
  const told = once(controller.signal, 'abort').then(() => {});
  const lines: string[] = [];
  const errors: string[] = [];
  let ended: Promise<Printed> | undefined;
  const stop = () => {
    controller.abort();
    return ended as Promise<Printed>;
  };
  onTestFinished(async () => void (await stop()));
  const url = await new Promise<string>((resolve, reject) => {
    const out = (text: string) => {
      lines.push(text);
      const [address] = /http:[^\s,]+/.exec(text) ?? [];
      if (address) resolve(address);
    };
    ended = type(args, { out, err: (text) => void errors.push(text), stopped: () => told });
    ended.then(() => reject(new Error(errors.join('\n'))), reject);
  });
  return { url, lines, errors, stop };
}

const get = async (url: string, search = '') => {
  const response = await fetch(`${url}${catalogPath}${search}`, { headers: { authorization: 'Bearer any' } });
  return (await response.json()) as TrainingCatalog;
};

describe('serve', () => {
  test('says first where its page is, and answers with filters that work until it is told to stop', async () => {
    const { url, lines, stop } = await start('serve', '--port', '0');
    expect(lines[0]).toBe(`See the catalog: ${url}`);
    expect((await fetch(url)).headers.get('content-type')).toMatch(/^text\/html/);
    const { size_b } = models[0] as Model;
    const { total } = await get(url, `?max_size_b=${size_b}`);
    expect(total).toBe(models.filter((model) => model.size_b <= size_b).length);
    expect(await stop()).toMatchObject({ exitCode: 0 });
    await expect(get(url)).rejects.toThrow();
  });

  test('serves the models of a file: a list, or what list --json prints', async () => {
    const [model] = models;
    await serveCatalog({ models: models.slice(0, 1) });
    const printed = (await type(['list', '--json'])).out;
    // Some editors put a byte-order mark before it.
    for (const content of [[model], printed, `\ufeff${printed}`]) {
      const { url } = await start('serve', '--port=0', '--data', await save(content));
      expect((await get(url)).models).toEqual([model]);
    }
  });

  test('accepts unknown enum values and fields: the output of list --json loads again', async () => {
    const newer = {
      ...models[0],
      family: 'gemma',
      type: 'hybrid',
      supported_algorithms: ['dpo'],
      note: 'new',
    };
    const first = await start('serve', '--port=0', '--data', await save([newer]));
    const printed = await type(['list', '--json', '--server', first.url, '--api-key', 'any']);
    const second = await start('serve', '--port=0', '--data', await save(printed.out));
    expect((await get(second.url, '?family=gemma')).models).toEqual([newer]);
  });

  test('names models whose id comes twice, and serves them', async () => {
    const [first, second] = models as [Model, Model];
    const file = await save([first, second, first, first]);
    const { url, errors } = await start('serve', '--port=0', '--data', file);
    expect(errors).toEqual([`${file} lists more than once: ${first.tinker_id}.`]);
    expect(await get(url)).toMatchObject({ total: 4 });
  });

  test('prints a line for each request on standard error, or none', async () => {
    for (const quiet of [[], ['--quiet']]) {
      const { url, errors } = await start('serve', '--port=0', ...quiet);
      await get(url, '?family=%1b[2J');
      await vi.waitUntil(() => quiet.length > 0 || errors.length > 0);
      expect(errors.join()).toMatch(quiet.length > 0 ? /^$/ : /^GET .+family=%1b\[2J 200 \d+ ms$/);
    }
  });

  test('listens, fails and waits as its options say', async () => {
    const { url } = await start('serve', '--port=0', '--host=::1', '--fail', '429, 503', '--delay', '50');
    expect(url).toMatch(/^http:\/\/\[::1\]:\d+$/);
    const statuses: number[] = [];
    const begun = performance.now();
    for (let n = 0; n < 3; n += 1) {
      const response = await fetch(url + catalogPath, { headers: { authorization: 'Bearer any' } });
      statuses.push(response.status);
    }
    expect(statuses).toEqual([429, 503, 200]);
    // Timers may be a millisecond early.
    expect(performance.now() - begun).toBeGreaterThan(145);
  });

  test('gives the contract in both forms to whoever asks', async () => {
    const { url } = await start('serve', '--port', '0');
    const json = await fetch(`${url}/openapi.json`);
    expect([json.status, json.headers.get('content-type')]).toEqual([200, 'application/json']);
    expect(json.headers.get('access-control-allow-origin')).toBe('*');
    expect(((await json.json()) as { paths: object }).paths).toHaveProperty([catalogPath]);
    const yaml = await fetch(`${url}/openapi.yaml?now`);
    expect([yaml.status, yaml.headers.get('content-type')]).toEqual([200, 'application/yaml']);
    expect(await yaml.text()).toBe(yamlText);
    const head = await fetch(`${url}/openapi.yaml`, { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
    expect((await fetch(`${url}/openapi.json`, { method: 'POST' })).status).toBe(404);
    // The handler alone serves the API and nothing else.
    const handler = createCatalogHandler();
    expect((await handler(new Request('http://localhost/openapi.json'))).status).toBe(404);
  });

  test('says what is wrong with the data', async () => {
    const text = JSON.stringify(models);
    const utf16 = Buffer.from(`\ufeff${text}`, 'utf16le');
    const contents = {
      'a field of a wrong type': [models[0], { ...models[1], size_b: 'seven' }],
      'no list': { models: {} },
      null: 'null',
      'half a file': text.slice(0, 100),
      'UTF-16 of PowerShell 5': utf16,
      'UTF-16 without a byte-order mark': utf16.subarray(2),
      'UTF-16, big end first': Buffer.from(utf16).swap16(),
      'latin-1': Buffer.from(text.replace('Llama', 'Lämä'), 'latin1'),
    };
    const printed: string[] = [];
    const look = async (name: string, file: string) => {
      const { exitCode, out, err } = await type(['serve', '--port', '0', '--data', file]);
      expect({ name, exitCode, out }).toEqual({ name, exitCode: 1, out: '' });
      expect(err).toMatch(/^error: .+\n$/);
      printed.push(`${name}\n  ${err.replaceAll(folder, '…').replace(/(?<=not JSON: ).+/, '…')}`);
    };
    for (const [name, content] of Object.entries(contents)) await look(name, await save(content));
    const large = path.join(folder, 'large.json');
    await writeFile(large, '');
    await truncate(large, 100 * 1024 * 1024 + 1);
    await look('too many bytes', large);
    await look('no file', path.join(folder, 'none.json'));
    await look('a folder', folder);
    expect(printed.join('')).toMatchInlineSnapshot(`
      "a field of a wrong type
        error: --data …/models.json: Not a catalog: models[1].size_b: Input should be a valid number.
      no list
        error: --data …/models.json has no list of models.
      null
        error: --data …/models.json has no list of models.
      half a file
        error: --data …/models.json is not JSON: …
      UTF-16 of PowerShell 5
        error: --data …/models.json is UTF-16: save it as UTF-8.
      UTF-16 without a byte-order mark
        error: --data …/models.json is UTF-16: save it as UTF-8.
      UTF-16, big end first
        error: --data …/models.json is UTF-16: save it as UTF-8.
      latin-1
        error: --data …/models.json is not UTF-8: save it as UTF-8.
      too many bytes
        error: --data …/large.json is larger than 100 MiB.
      no file
        error: --data …/none.json cannot be read: ENOENT: no such file or directory, open '…/none.json'.
      a folder
        error: --data … cannot be read: EISDIR: illegal operation on a directory, read.
      "
    `);
  });

  test('says in one line that the port is taken', async () => {
    const { port } = new URL((await start('serve', '--port', '0')).url);
    const { exitCode, out, err } = await type(['serve', '--port', port]);
    expect({ exitCode, out }).toEqual({ exitCode: 1, out: '' });
    expect(err).toMatch(new RegExp(`^error: Port ${port} .*in use.*\n$`));
  });
});

describe('mock', () => {
  test('answers with the examples of the contract until it is told to stop', async () => {
    const { url, errors, stop } = await start('mock', '--port', '0');
    expect(await get(url)).toEqual(exampleOf(200));
    expect(await stop()).toMatchObject({ exitCode: 0 });
    expect(errors).toEqual([]);
    await expect(get(url)).rejects.toThrow();
  });

  test('passes on --dynamic and --host', async () => {
    const { url } = await start('mock', '--port', '0', '--dynamic', '--host', '::1');
    expect(url).toMatch(/^http:\/\/\[::1\]:\d+$/);
    expect(await get(url)).not.toEqual(exampleOf(200));
  });

  test('logs requests without the key and without control characters', async () => {
    const { url, lines } = await start('mock', '--port', '0');
    await fetch(`${url}${catalogPath}?query=%1b[2J`, { headers: { authorization: `Bearer ${secret}` } });
    expect(lines.join(' ')).toContain('GET');
    expect(lines.join(' ')).not.toContain('SECRET');
    expect(lines.join(' ')).not.toMatch(/\p{Cc}/u);
  });
});
