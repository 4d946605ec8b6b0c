import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
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
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

interface Started {
  url: string;
  /** What has been printed so far. */
  lines: string[];
  stop(): Promise<Printed>;
}

/** Starts a server command and resolves when it says where it is; the test's end stops it. */
async function start(...args: string[]): Promise<Started> {
  const controller = new AbortController();
  const told = once(controller.signal, 'abort').then(() => {});
  const lines: string[] = [];
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
    ended = type(args, { out, stopped: () => told });
    ended.then(({ err }) => reject(new Error(err)), reject);
  });
  return { url, lines, stop };
}

const get = async (url: string, search = '') => {
  const response = await fetch(`${url}${catalogPath}${search}`, { headers: { authorization: 'Bearer any' } });
  return (await response.json()) as TrainingCatalog;
};

describe('serve', () => {
  test('answers with filters that work until it is told to stop', async () => {
    const { url, stop } = await start('serve', '--port', '0');
    const { size_b } = models[0] as Model;
    const { total } = await get(url, `?max_size_b=${size_b}`);
    expect(total).toBe(models.filter((model) => model.size_b <= size_b).length);
    expect(await stop()).toEqual({ exitCode: 0, out: '', err: '' });
    await expect(get(url)).rejects.toThrow();
  });

  test('prints an IPv6 address in brackets', async () => {
    const { url } = await start('serve', '--port', '0', '--host', '::1');
    expect(url).toMatch(/^http:\/\/\[::1\]:\d+$/);
    expect(await get(url)).toMatchObject({ total: models.length });
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

  test('takes what is newer than the contract: what it prints by list --json loads again', async () => {
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
    const { url, stop } = await start('serve', '--port=0', '--data', file);
    expect(await get(url)).toMatchObject({ total: 4 });
    expect((await stop()).err).toBe(
      `models[2] has the id of models[0]: ${first.tinker_id}\nmodels[3] has the id of models[0]: ${first.tinker_id}\n`,
    );
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

  test('takes no empty host, which would be every interface of the machine', async () => {
    for (const name of ['serve', 'mock']) {
      for (const host of ['', ' ']) {
        const { exitCode, out, err } = await type([name, '--port', '0', `--host=${host}`]);
        expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
        expect(err).toBe('training-catalog: --host must be an address of this machine, such as 127.0.0.1.\n');
      }
    }
  });

  test('says what is wrong with the data, by its path', async () => {
    const broken = structuredClone(models.slice(0, 2)) as { size_b: unknown }[];
    (broken[1] as { size_b: unknown }).size_b = 'seven';
    const printed: string[] = [];
    for (const content of [broken, { models: {} }, 'null', '{"models":[', undefined]) {
      const file = content === undefined ? path.join(folder, 'none.json') : await save(content);
      const { exitCode, out, err } = await type(['serve', '--port', '0', '--data', file]);
      expect({ exitCode, out }).toEqual({ exitCode: 1, out: '' });
      expect(err).toMatch(/^training-catalog: .+\n$/);
      printed.push(err.replaceAll(folder, '…'));
    }
    expect(printed.join('')).toMatchInlineSnapshot(`
      "training-catalog: …/models.json: Not a catalog: models[1].size_b: Input should be a valid number.
      training-catalog: --data …/models.json has no list of models.
      training-catalog: --data …/models.json has no list of models.
      training-catalog: --data …/models.json cannot be read: Unexpected end of JSON input
      training-catalog: --data …/none.json cannot be read: ENOENT: no such file or directory, open '…/none.json'
      "
    `);
  });

  test('says in one line that the port is taken', async () => {
    const { port } = new URL((await start('serve', '--port', '0')).url);
    for (const name of ['serve', 'mock']) {
      const { exitCode, out, err } = await type([name, '--port', port]);
      expect({ exitCode, out }).toEqual({ exitCode: 1, out: '' });
      expect(err).toMatch(new RegExp(`^training-catalog: Port ${port} .*in use.*\n$`));
    }
  });
});

describe('mock', () => {
  test('answers with the examples of the contract until it is told to stop', async () => {
    const { url, stop } = await start('mock', '--port', '0');
    expect(await get(url)).toEqual(exampleOf(200));
    expect(await stop()).toMatchObject({ exitCode: 0, err: '' });
    await expect(get(url)).rejects.toThrow();
  });

  test('passes on --dynamic and --host', async () => {
    const { url } = await start('mock', '--port', '0', '--dynamic', '--host', '::1');
    expect(url).toMatch(/^http:\/\/\[::1\]:\d+$/);
    expect(await get(url)).not.toEqual(exampleOf(200));
  });

  test('tells of requests without the key and without control characters', async () => {
    const { url, lines } = await start('mock', '--port', '0');
    await fetch(`${url}${catalogPath}?query=%1b[2J`, { headers: { authorization: `Bearer ${secret}` } });
    expect(lines.join(' ')).toContain('GET');
    expect(lines.join(' ')).not.toContain('SECRET');
    expect(lines.join(' ')).not.toMatch(/\p{Cc}/u);
  });
});
