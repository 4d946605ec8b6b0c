import { http } from 'msw';
import { setupServer } from 'msw/node';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createCatalogHandler } from '../../src/server/index.ts';
import { catalogPath, models, unheardOf } from '../contract/from-yaml.ts';
import { address, ask, askCatalog, askEnvelope } from './ask.ts';

const [first] = models;
const withFault = (fault: object, at = 3) =>
  models.map((model, n) => (n === at ? { ...model, ...fault } : model)) as never;

test.each<[fault: object, path: string]>([
  [{ size_b: '8' }, 'models[3].size_b: Input should be a valid number'],
  [{ size_b: Number.NaN }, 'models[3].size_b: Input should be a valid number'],
  [{ tinker_id: undefined }, 'models[3].tinker_id: Field required'],
  [{ family: 8 }, 'models[3].family: Input should be a valid string'],
  [{ context_length: 1.5 }, 'models[3].context_length: Input should be a valid integer'],
  [
    { supported_algorithms: ['sft', null] },
    'models[3].supported_algorithms[1]: Input should be a valid string',
  ],
  [{ pricing: { train: 'free' } }, 'models[3].pricing.train: Input should be a valid number'],
])('a model with %j is refused, naming the path', (fault, message) => {
  expect(() => createCatalogHandler({ models: withFault(fault) })).toThrow(TypeError);
  expect(() => createCatalogHandler({ models: withFault(fault) })).toThrow(message);
});

test('a model with a value newer than the contract is served', async () => {
  const handler = createCatalogHandler({ models: withFault({ family: unheardOf }, 0) });
  expect(await askCatalog(`?family=${unheardOf}`, { handler })).toMatchObject({ total: 1 });
});

test('a value that is no list of models is refused', () => {
  for (const given of [{ 0: first }, null]) {
    expect(() => createCatalogHandler({ models: given as never })).toThrow(
      'models: Input should be a valid list',
    );
  }
  expect(() => createCatalogHandler({ models: [null] as never })).toThrow(
    'models[0]: Input should be a valid dictionary',
  );
});

test('a file full of faults is refused in one short line', () => {
  const given = Array.from({ length: 1000 }, () => ({}));
  expect(() => createCatalogHandler({ models: given as never })).toThrow(/^[^\n]{1,300}; and 997 more$/);
});

test('authorize decides about the token, which it gets without the scheme', async () => {
  const authorize = vi.fn(async (token: string) => token === 'good');
  const handler = createCatalogHandler({ authorize });
  expect((await ask('', { handler, headers: { authorization: 'bearer good' } })).status).toBe(200);
  expect(await askEnvelope('', { handler, headers: { authorization: 'Bearer bad' } })).toMatchObject({
    status: 401,
    type: 'authentication_error',
  });
  expect((await ask('', { handler, headers: { authorization: '' } })).status).toBe(401);
  expect(authorize.mock.calls).toEqual([['good'], ['bad']]);
});

test('intercept answers first, and gets the number of earlier requests', async () => {
  const seen: [string, number][] = [];
  const handler = createCatalogHandler({
    intercept: async ({ url }, n) => {
      seen.push([url, n]);
      return n === 1
        ? new Response('slow down', { status: 429, headers: { 'retry-after': '7' } })
        : undefined;
    },
  });
  expect(await askCatalog('?limit=1', { handler })).toMatchObject({ total: models.length });
  const limited = await ask('?limit=2', { handler });
  expect([limited.status, limited.headers.get('retry-after'), await limited.text()]).toEqual([
    429,
    '7',
    'slow down',
  ]);
  expect((await ask('/elsewhere', { handler })).status).toBe(404);
  expect(seen).toEqual([
    [`${address}?limit=1`, 0],
    [`${address}?limit=2`, 1],
    ['http://catalog.test/elsewhere', 2],
  ]);
});

test('a page can read what intercept answers, and its preflight is neither shown nor counted', async () => {
  const handler = createCatalogHandler({
    intercept: (_, n) => new Response(null, { status: n === 0 ? 429 : 502 }),
  });
  const headers = { 'access-control-request-method': 'GET', authorization: '' };
  expect((await ask('', { handler, method: 'OPTIONS', headers })).status).toBe(204);
  const limited = await ask('', { handler });
  expect(limited.status).toBe(429);
  expect(limited.headers.get('access-control-allow-origin')).toBe('*');
  expect(limited.headers.get('access-control-expose-headers')).toBe('Retry-After');
});

test('a page can read what intercept got by a fetch, whose headers cannot be changed', async () => {
  const fetched = await fetch('data:text/plain,fetched');
  const answer = await ask('', { handler: createCatalogHandler({ intercept: () => fetched }) });
  expect(await answer.text()).toBe('fetched');
  expect(answer.headers.get('access-control-allow-origin')).toBe('*');
});

test('what intercept throws is rethrown, so that a script can fail as a network does', async () => {
  const failure = new TypeError('fetch failed');
  const handler = createCatalogHandler({
    intercept: () => {
      throw failure;
    },
  });
  await expect(ask('', { handler })).rejects.toBe(failure);
});

test('MSW and a worker take the handler as it is', async () => {
  const handler = createCatalogHandler();
  const server = setupServer(http.get(`*${catalogPath}`, ({ request }) => handler(request)));
  server.listen({ onUnhandledRequest: 'error' });
  onTestFinished(() => server.close());
  const headers = { authorization: 'Bearer key' };
  const answer = await fetch(`${address}?limit=2`, { headers });
  expect(await answer.json()).toMatchObject({ limit: 2, total: models.length });
  expect((await fetch(address)).status).toBe(401);

  const worker: { fetch(request: Request, env: object, context: object): Promise<Response> } = {
    fetch: handler,
  };
  expect((await worker.fetch(new Request(address, { headers }), {}, {})).status).toBe(200);
});
