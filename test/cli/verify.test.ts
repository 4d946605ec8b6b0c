import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createCatalogHandler } from '../../src/server/index.ts';
import type { Report } from '../../src/verify/index.ts';
import { models } from './models.ts';
import { deserted, secret, serve, serveCatalog, steady as steadyWords, type } from './terminal.ts';

/** Where the port would be, no two runs are alike; and how many checks there are is not what is shown here. */
const steady = (text: string, url: string) =>
  steadyWords(text.replaceAll(url, 'http://server.test').replace(/\d+ (passed|calls)/g, 'N $1'));

/** Ignores the filter by family; and 405 is not in the contract, which is advice. */
const faulty = () => {
  const good = createCatalogHandler({ models });
  return serve(async (request) =>
    request.method === 'GET'
      ? good(new Request(request.url.replace(/family=\w+&?/, ''), request))
      : Response.json({ detail: 'Method Not Allowed' }, { status: 405 }),
  );
};

const failures = (text: string) => text.replace(/^(?:ok {4}|skip).*\n(?: {6}.*\n)*/gm, '');

test('verify passes the reference server and says how many calls it took', async () => {
  const url = await serveCatalog();
  const { exitCode, out, err } = await type(['verify', url]);
  expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
  expect(steady(failures(out), url)).toMatchInlineSnapshot(`
    "Conformance of http://server.test to the training catalog contract VERSION


    Passed: N passed, N calls.
    "
  `);
});

test('verify ends with 1 where the contract is broken, and shows the request without the key', async () => {
  const url = await faulty();
  const { exitCode, out, err } = await type(['verify', url]);
  expect({ exitCode, err }).toEqual({ exitCode: 1, err: '' });
  expect(steady(failures(out), url)).toMatchInlineSnapshot(`
    "Conformance of http://server.test to the training catalog contract VERSION

    FAIL  family-filter: A family filter gives the models of that family, all and
          only.
          expected  only models of family llama
          received  Qwen/Qwen3-8B among them
          curl -gi -H "Authorization: Bearer $DREADNODE_API_KEY" 'http://server.test/CATALOG?family=llama&limit=MAX'
    FAIL  family-unmatched: A family that no model has gives an empty list.
          expected  no models, total 0: no model has family no-such-value
          received  8 models, total 8, meta-llama/Llama-3.2-1B first
          curl -gi -H "Authorization: Bearer $DREADNODE_API_KEY" 'http://server.test/CATALOG?family=no-such-value&limit=MAX'
    FAIL  filters-combine: Two filters together keep the models that fit both.
          expected  only models of family qwen and with algorithm ppo
          received  meta-llama/Llama-3.3-70B-Instruct among them
          curl -gi -H "Authorization: Bearer $DREADNODE_API_KEY" 'http://server.test/CATALOG?family=qwen&algorithm=ppo&limit=MAX'
    FAIL  search-combines: A search with a family filter finds models of that family
          only.
          expected  only models of family llama
          received  Qwen/Qwen3-8B among them
          curl -gi -H "Authorization: Bearer $DREADNODE_API_KEY" 'http://server.test/CATALOG?query=Qwen%2FQwen3-8B&family=llama&limit=MAX'
    note  family-case: The letter case of a family counts.
          expected  no models, total 0: no model is of family LLAMA
          received  8 models, total 8, meta-llama/Llama-3.2-1B first
          curl -gi -H "Authorization: Bearer $DREADNODE_API_KEY" 'http://server.test/CATALOG?family=LLAMA&limit=MAX'
    note  method-unknown: Another method is answered 404 in the error envelope.
          expected  status 404
          received  status 405 with {"detail":"Method Not Allowed"}
          curl -gi -X PROPFIND -H "Authorization: Bearer $DREADNODE_API_KEY" 'http://server.test/CATALOG'

    Failed: N passed, 4 failed, 2 notes, N calls.
    "
  `);
  expect(out).not.toContain('SECRET');
  expect((await type(['verify', url], { color: true })).out).toContain('\u001b[31mFAIL\u001b[0m');
});

test('advice fails a strict run only', async () => {
  const good = createCatalogHandler();
  const url = await serve(async (request) =>
    request.method === 'GET' ? good(request) : Response.json({}, { status: 405 }),
  );
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
  const url = await serveCatalog();
  const { exitCode, out } = await type(['verify', url, '--junit', file]);
  expect(exitCode).toBe(0);
  expect(out).toContain('Passed');
  expect(await readFile(file, 'utf8')).toMatch(/^<\?xml [\s\S]*failures="0"/);
});

test('verify does not start when its report cannot be written', async () => {
  let calls = 0;
  const url = await serveCatalog({
    intercept: () => {
      calls += 1;
      return undefined;
    },
  });
  const { exitCode, out, err } = await type([
    'verify',
    url,
    '--junit',
    `${import.meta.dirname}/none/report.xml`,
  ]);
  expect({ exitCode, out, calls }).toEqual({ exitCode: 2, out: '', calls: 0 });
  expect(err).toMatch(/^training-catalog: --junit .+ cannot be written: ENOENT.+\n$/);
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
  expect((await type(['verify', url, '--api-key', 'wrong'])).exitCode).toBe(3);
  vi.stubEnv('DREADNODE_API_KEY', '');
  const { exitCode, out, err } = await type(['verify', url]);
  expect(exitCode).toBe(3);
  expect(steady(out, url) + err).toMatchInlineSnapshot(`
    "Conformance of http://server.test to the training catalog contract VERSION

    The server wants a key (status 401): ADVICE ON 401
    Could not run: 1 call.
    Give the key by --api-key, or set DREADNODE_API_KEY.
    "
  `);
});
