import { once } from 'node:events';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createCatalogHandler } from '../../src/server/index.ts';
import type { Report } from '../../src/verify/index.ts';
import { ignores, onModel } from '../verify/breaks.ts';
import { models } from './models.ts';
import { deserted, secret, serve, serveCatalog, type } from './terminal.ts';

/** Ignores the filter by family. */
const faulty = () => serve(ignores(['family'])(createCatalogHandler({ models })));

test('verify ends with 0 where the contract is kept, and writes its report beside what it prints', async () => {
  const file = path.join(tmpdir(), `verify ${process.pid}.xml`);
  onTestFinished(() => rm(file, { force: true }));
  const { exitCode, out, err } = await type(['verify', await serveCatalog(), '--junit', file]);
  expect(exitCode).toBe(0);
  // On a busy machine a run takes long enough to tell how far it is.
  expect(err).toMatch(/^(\d+ of \d+ checks: .+\n)*$/);
  expect(out).toMatch(/\nPassed: \d+ passed.*, \d+ calls\.\n$/);
  expect(await readFile(file, 'utf8')).toMatch(/^<\?xml [\s\S]*failures="0"/);
});

test('verify ends with 1 where the contract is broken, and shows no key', async () => {
  const { exitCode, out } = await type(['verify', await faulty()], { color: true });
  expect(exitCode).toBe(1);
  expect(out).toContain('\u001b[31mFAIL\u001b[0m  family');
  expect(out).toMatch(/\nFailed: .+\n$/);
  expect(out).not.toContain('SECRET');
});

test('verify --strict fails for a note', async () => {
  const url = await serve(onModel(() => ({ newer: 1 }))(createCatalogHandler({ models })));
  expect((await type(['verify', url, '--strict'])).exitCode).toBe(1);
});

test('verify does not start when its report cannot be written, and prints it where the disk is full', async () => {
  const intercept = vi.fn();
  const url = await serveCatalog({ intercept });
  const nowhere = await type(['verify', url, '--junit', `${import.meta.dirname}/none/report.xml`]);
  expect(nowhere).toMatchObject({ exitCode: 2, out: '' });
  expect(nowhere.err).toMatch(/^error: --junit .+ cannot be written: ENOENT.+\n$/);
  expect(intercept).not.toHaveBeenCalled();
  const full = await type(['verify', url, '--junit', '/dev/full', '--verbose']);
  expect(full.exitCode).toBe(4);
  expect(full.out).toMatch(/^ok .+: [\s\S]+\nPassed: /m);
  expect(full.err).toMatch(/^error: --junit .+ cannot be written: ENOSPC.+$/m);
});

test('verify ends with 3 where there is nothing to ask', async () => {
  const url = await serve(
    async () => new Response('<html>hello', { headers: { 'content-type': 'text/html' } }),
  );
  for (const address of [url, 'localhost', await deserted()]) {
    const { exitCode, out } = await type(['verify', address, '--wait', '1']);
    expect({ address, exitCode }).toEqual({ address, exitCode: 3 });
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
  const { exitCode, out } = await type(['verify', url]);
  expect(exitCode).toBe(3);
  expect(out).toMatch(/\nInconclusive: \d+ passed.+\n$/);
  const accepted = await type(['verify', url, '--allow-inconclusive']);
  expect(accepted.exitCode).toBe(0);
  expect(accepted.out).toContain('Inconclusive: ');
  // A server that is not there is not accepted.
  expect((await type(['verify', await deserted(), '--wait', '1', '--allow-inconclusive'])).exitCode).toBe(3);
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

test('verify says at once what it waits for, and prints what was found when it is told to stop', async () => {
  const waits = await type(['verify', await deserted(), '--wait', '1']);
  expect(waits.err).toMatch(/^No complete answer from .+ Asking again for up to 1 s\.\n$/);

  const told = new AbortController();
  const stopped = once(told.signal, 'abort').then(() => {});
  const url = await serveCatalog({ intercept: (_, n) => void (n === 20 && told.abort()) });
  const { exitCode, out } = await type(['verify', url], { stopped: () => stopped });
  expect(exitCode).toBe(3);
  expect(out).toMatch(/\nNot finished: \d+ passed.+\n$/);
});

test('verify --json prints the report and nothing else, and tells GitHub of each failure', async () => {
  const summary = path.join(tmpdir(), `summary ${process.pid}.md`);
  onTestFinished(() => rm(summary, { force: true }));
  vi.stubEnv('GITHUB_ACTIONS', 'true');
  vi.stubEnv('GITHUB_STEP_SUMMARY', summary);
  const url = await faulty();
  // What failed is not accepted.
  const { exitCode, out, err } = await type(['verify', url, '--json', '--allow-inconclusive']);
  expect(exitCode).toBe(1);
  const report: Report = JSON.parse(out);
  expect(report).toMatchObject({ url, outcome: 'failed', strict: false });
  expect(report.checks.find(({ id }) => id.startsWith('family'))).toMatchObject({ status: 'failed' });
  expect(err).toMatch(/^::error title=\S+::.+$/m);
  expect(await readFile(summary, 'utf8')).toContain('failed');
});
