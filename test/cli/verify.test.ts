import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createCatalogHandler } from '../../src/server/index.ts';
import type { Report } from '../../src/verify/index.ts';
import { ignores } from '../verify/breaks.ts';
import { takesGetOnly } from '../verify/support.ts';
import { models } from './models.ts';
import { deserted, secret, serve, serveCatalog, steady as steadyWords, type } from './terminal.ts';

/** Where the port would be, no two runs are alike; and how many checks there are is not what is shown here. */
const steady = (text: string, url: string) =>
  steadyWords(text.replaceAll(url, 'http://server.test').replace(/\d+ (passed|calls)/g, 'N $1'));

/** Ignores the filter by family; and 405 is not in the contract, which is advice. */
const faulty = () => serve(takesGetOnly(ignores(['family'])(createCatalogHandler({ models }))));

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
    FAIL  family-part: A part of a family is another family.
          expected  no models, total 0: no model has family l
          received  8 models, total 8, meta-llama/Llama-3.2-1B first
          curl -gi -H "Authorization: Bearer $DREADNODE_API_KEY" 'http://server.test/CATALOG?family=l&limit=MAX'
    FAIL  filters-combine: Two filters together keep the models that fit both.
          expected  only models of family qwen and with algorithm ppo
          received  meta-llama/Llama-3.3-70B-Instruct among them
          curl -gi -H "Authorization: Bearer $DREADNODE_API_KEY" 'http://server.test/CATALOG?family=qwen&algorithm=ppo&limit=MAX'
    FAIL  search-combines: A search with a filter finds the models that match both,
          all and only.
          expected  only models of family llama
          received  Qwen/Qwen3-8B among them
          curl -gi -H "Authorization: Bearer $DREADNODE_API_KEY" 'http://server.test/CATALOG?query=Qwen%2FQwen3-8B&family=llama&limit=MAX'
    note  family-case: The letter case of family counts.
          expected  no models, total 0: no model has family LLAMA
          received  8 models, total 8, meta-llama/Llama-3.2-1B first
          curl -gi -H "Authorization: Bearer $DREADNODE_API_KEY" 'http://server.test/CATALOG?family=LLAMA&limit=MAX'
    note  family-empty-value: The empty family is one that no model has, so it gives
          an empty list.
          expected  no models, total 0: no model has the empty family
          received  8 models, total 8, meta-llama/Llama-3.2-1B first
          curl -gi -H "Authorization: Bearer $DREADNODE_API_KEY" 'http://server.test/CATALOG?family=&limit=MAX'
    note  family-several: Two values with a comma between are one value of family,
          which no model has.
          expected  no models, total 0: no model has family llama,qwen
          received  8 models, total 8, meta-llama/Llama-3.2-1B first
          curl -gi -H "Authorization: Bearer $DREADNODE_API_KEY" 'http://server.test/CATALOG?family=llama%2Cqwen&limit=MAX'
    note  head: HEAD is answered with the status and the media type of GET (RFC
          9110, section 9.3.2).
          expected  status 200, application/json
          received  status 405, application/json
          curl -gi -I -H "Authorization: Bearer $DREADNODE_API_KEY" 'http://server.test/CATALOG'

    FAIL  family-filter
          expected  only models of family llama
          received  Qwen/Qwen3-8B among them
    FAIL  family-unmatched
          expected  no models, total 0: no model has family no-such-value
          received  8 models, total 8, meta-llama/Llama-3.2-1B first
    FAIL  family-part
          expected  no models, total 0: no model has family l
          received  8 models, total 8, meta-llama/Llama-3.2-1B first
    FAIL  filters-combine
          expected  only models of family qwen and with algorithm ppo
          received  meta-llama/Llama-3.3-70B-Instruct among them
    FAIL  search-combines
          expected  only models of family llama
          received  Qwen/Qwen3-8B among them

    Failed: N passed, 5 failed, 4 notes, N calls.
    "
  `);
  expect(out).not.toContain('SECRET');
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
  const url = await serveCatalog();
  const { exitCode, out } = await type(['verify', url, '--junit', file]);
  expect(exitCode).toBe(0);
  expect(out).toContain('Passed');
  expect(await readFile(file, 'utf8')).toMatch(/^<\?xml [\s\S]*failures="0"/);
});

test('verify does not start when its report cannot be written', async () => {
  const intercept = vi.fn();
  const url = await serveCatalog({ intercept });
  const file = `${import.meta.dirname}/none/report.xml`;
  const { exitCode, out, err } = await type(['verify', url, '--junit', file]);
  expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
  expect(intercept).not.toHaveBeenCalled();
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

test('verify ends with 3 where something could not be shown, unless that is accepted', async () => {
  const url = await serveCatalog({ models: [] });
  const { exitCode, out, err } = await type(['verify', url]);
  expect({ exitCode, err }).toEqual({ exitCode: 3, err: '' });
  expect(out).toMatch(
    /\n\d+ checks showed nothing, because the catalog is empty\.\nInconclusive: \d+ passed.+\n$/,
  );
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

test('verify sends no key over plain http to another machine, as list does not', async () => {
  vi.stubEnv('DREADNODE_API_KEY', secret);
  onTestFinished(() => void vi.unstubAllEnvs());
  const { exitCode, out, err } = await type(['verify', 'http://0.0.0.0:1']);
  expect({ exitCode, err }).toEqual({ exitCode: 3, err: '' });
  expect(steadyWords(out)).toMatchInlineSnapshot(`
    "Conformance of http://0.0.0.0:1 to the training catalog contract VERSION

    No key is sent over plain http; see --allow-insecure-http.
    Could not run: 0 calls.
    "
  `);
});
