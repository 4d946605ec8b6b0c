import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createCatalogHandler } from '../../src/server/index.ts';
import type { Report } from '../../src/verify/index.ts';
import { ignores } from '../verify/breaks.ts';
import { takesGetOnly } from '../verify/support.ts';
import { models } from './models.ts';
import { deserted, secret, serve, serveCatalog, type } from './terminal.ts';

/** Ignores the filter by family. */
const faulty = () => serve(ignores(['family'])(createCatalogHandler({ models })));

test('verify ends with 0 where the contract is kept, with 1 where it is broken, and shows no key', async () => {
  const passed = await type(['verify', await serveCatalog()]);
  expect(passed).toMatchObject({ exitCode: 0, err: '' });
  expect(passed.out).toMatch(/\nPassed: \d+ passed.*, \d+ calls\.\n$/);

  const url = await faulty();
  const failed = await type(['verify', url]);
  expect(failed).toMatchObject({ exitCode: 1, err: '' });
  expect(failed.out).toMatch(/^FAIL {2}family-filter: /m);
  expect(failed.out).toMatch(/\nFailed: .+\n$/);
  expect(failed.out).not.toContain('SECRET');
  expect((await type(['verify', url], { color: true })).out).toContain('\u001b[31mFAIL\u001b[0m');
});

test('advice fails a strict run only', async () => {
  const url = await serve(takesGetOnly(createCatalogHandler()));
  expect((await type(['verify', url])).exitCode).toBe(0);
  expect((await type(['verify', url, '--strict'])).exitCode).toBe(1);
});

test('verify --json prints the report and nothing else', async () => {
  const url = await faulty();
  const { exitCode, out, err } = await type(['verify', url, '--json']);
  expect({ exitCode, err }).toEqual({ exitCode: 1, err: '' });
  const report = JSON.parse(out) as Report;
  expect(report).toMatchObject({ url, outcome: 'failed', strict: false });
  expect(report.checks.find(({ id }) => id === 'family-filter')).toMatchObject({ status: 'failed' });
});

test('verify --junit writes the report beside what it prints', async () => {
  const file = path.join(tmpdir(), `verify ${process.pid}.xml`);
  onTestFinished(() => rm(file, { force: true }));
  const { exitCode, out } = await type(['verify', await serveCatalog(), '--junit', file]);
  expect(exitCode).toBe(0);
  expect(out).toContain('Passed');
  expect(await readFile(file, 'utf8')).toMatch(/^<\?xml [\s\S]*failures="0"/);
});

test('verify does not start when its report cannot be written, and prints it where the disk is full', async () => {
  const intercept = vi.fn();
  const url = await serveCatalog({ intercept });
  const nowhere = await type(['verify', url, '--junit', `${import.meta.dirname}/none/report.xml`]);
  expect(nowhere).toMatchObject({ exitCode: 2, out: '' });
  expect(nowhere.err).toMatch(/^error: --junit .+ cannot be written: ENOENT.+\n$/);
  expect(intercept).not.toHaveBeenCalled();
  const full = await type(['verify', url, '--junit', '/dev/full']);
  expect(full.exitCode).toBe(4);
  expect(full.out).toContain('Passed');
  expect(full.err).toMatch(/^error: --junit .+ cannot be written: ENOSPC.+\n$/);
});

test('verify ends with 3 where there is nothing to ask', async () => {
  const url = await serve(
    async () => new Response('<html>hello', { headers: { 'content-type': 'text/html' } }),
  );
  for (const address of [url, 'localhost', await deserted()]) {
    const { exitCode, out, err } = await type(['verify', address]);
    expect({ address, exitCode, err }).toEqual({ address, exitCode: 3, err: '' });
    expect(out).toMatch(/\nCould not run: \d calls?\.\n$/);
  }
});

test('verify takes the key from the environment, and names the flag when it is missing', async () => {
  const url = await serveCatalog({ authorize: (token) => token === secret });
  expect((await type(['verify', url])).exitCode).toBe(0);
  expect(await type(['verify', url, '--api-key', 'wrong'])).toMatchObject({ exitCode: 3 });
  vi.stubEnv('DREADNODE_API_KEY', '');
  expect(await type(['verify', url])).toMatchObject({
    exitCode: 3,
    err: 'Give the key by --api-key, or set DREADNODE_API_KEY.\n',
  });
});

test('verify names what an address without its scheme may mean, and the option that sends a key over plain http', async () => {
  expect(await type(['verify', 'localhost:4055'])).toMatchObject({
    exitCode: 3,
    err: 'Did you mean http://localhost:4055?\n',
  });
  vi.stubEnv('DREADNODE_API_KEY', secret);
  onTestFinished(() => void vi.unstubAllEnvs());
  const { exitCode, out, err } = await type(['verify', 'http://0.0.0.0:1']);
  expect(exitCode).toBe(3);
  expect(out).toContain('0 calls');
  expect(err).toContain('--allow-insecure-http');
});

test('verify ends with 3 where something could not be shown, unless that is accepted', async () => {
  const url = await serveCatalog({ models: [] });
  const { exitCode, out, err } = await type(['verify', url]);
  expect({ exitCode, err }).toEqual({ exitCode: 3, err: '' });
  expect(out).toMatch(/\nInconclusive: \d+ passed.+\n$/);
  const accepted = await type(['verify', url, '--allow-inconclusive']);
  expect(accepted.exitCode).toBe(0);
  expect(accepted.out).toContain('Inconclusive: ');
  // What failed is not accepted, nor is a server that is not there.
  expect((await type(['verify', await faulty(), '--allow-inconclusive'])).exitCode).toBe(1);
  expect((await type(['verify', await deserted(), '--allow-inconclusive'])).exitCode).toBe(3);
});

test('verify sends headers, and shows their names only', async () => {
  const seen = new Set<string | null>();
  const good = createCatalogHandler();
  const url = await serve(async (request) => {
    seen.add(request.headers.get('x-gateway'));
    const answer = await good(request);
    return answer.status === 422
      ? Response.json({ said: request.headers.get('x-gateway') }, { status: 422 })
      : answer;
  });
  const { exitCode, out } = await type(['verify', url, '--header', `X-Gateway: ${secret}`]);
  expect(exitCode).toBe(1);
  expect(seen).toEqual(new Set([secret]));
  expect(out).toContain('-H "x-gateway: $X_GATEWAY"');
  expect(out).not.toContain('SECRET');
});
