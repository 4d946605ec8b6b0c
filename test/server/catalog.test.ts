import { describe, expect, test } from 'vitest';
import {
  catalogPath,
  errorStatuses,
  exampleOf,
  examplesOf,
  models,
  undocumentedStatus,
} from '../contract/from-yaml.ts';
import { ask, askCatalog, askEnvelope } from './ask.ts';

describe('the token', () => {
  test.each(['Bearer key', 'bearer key', 'BEARER key', 'Bearer   key'])(
    '%j is good',
    async (authorization) => {
      expect((await ask('', { headers: { authorization } })).status).toBe(200);
    },
  );

  test.each([
    '',
    'Bearer',
    'Bearer ',
    'key',
    'Basic a2V5',
    'Bearerkey',
    'Bearer a b',
    'Bearer a, Bearer b',
    'Token x',
  ])('%j is refused with the 401 envelope', async (authorization) => {
    expect(await askEnvelope('', { headers: { authorization } })).toEqual({
      status: 401,
      ...exampleOf(401),
    });
  });

  test('is asked for before the query and the Prefer header are looked at', async () => {
    const headers = { authorization: 'Basic x', prefer: 'code=429' };
    expect((await ask('?limit=0', { headers })).status).toBe(401);
  });
});

describe('the address', () => {
  test.each([
    '/',
    `${catalogPath}/`,
    catalogPath.toUpperCase(),
    catalogPath.replaceAll(/(?<!^)\//g, '%2F'),
    `/${catalogPath}`,
  ])('%s is not found, token or no token', async (path) => {
    const notFound = { status: 404, ...exampleOf(404) };
    expect(await askEnvelope(path)).toEqual(notFound);
    expect(await askEnvelope(path, { headers: { authorization: '' } })).toEqual(notFound);
  });

  test.each(['POST', 'OPTIONS', 'PROPFIND'])(
    'the method %s is answered with 404, saying which methods there are',
    async (method) => {
      const answer = await askEnvelope('', { method });
      expect(answer).toMatchObject({ status: 404, code: 404, type: 'not_found_error' });
      expect(answer.detail).toContain('GET and HEAD');
    },
  );
});

test.each(['', '?limit=0'])('HEAD %s answers as GET does, without the body', async (search) => {
  const [get, head] = await Promise.all([ask(search), ask(search, { method: 'HEAD' })]);
  expect(head.status).toBe(get.status);
  expect([...head.headers]).toEqual([...get.headers]);
  expect(await head.text()).toBe('');
});

describe('across origins', () => {
  test.each([
    ['', {}],
    ['?limit=0', {}],
    ['', { authorization: '' }],
    ['/elsewhere', {}],
    ['', { prefer: 'code=429' }],
  ])('an answer to %j %j can be read, with its Retry-After', async (search, headers) => {
    const answer = await ask(search, { headers: { origin: 'https://ui.test', ...headers } });
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect(answer.headers.get('access-control-expose-headers')).toMatch(/retry-after/i);
    expect(answer.headers.has('access-control-allow-credentials')).toBe(false);
  });

  test.each(['', '/elsewhere'])('a preflight for %j is answered without a token', async (path) => {
    const answer = await ask(path, {
      method: 'OPTIONS',
      headers: {
        authorization: '',
        origin: 'https://ui.test',
        'access-control-request-method': 'GET',
        'access-control-request-headers': 'authorization,content-type,prefer',
      },
    });
    expect(answer.status).toBe(204);
    expect(await answer.text()).toBe('');
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect(answer.headers.get('access-control-allow-methods')).toMatch(/\bGET\b/);
    const allowed = answer.headers.get('access-control-allow-headers')?.toLowerCase().split(/, */);
    expect(allowed).toEqual(expect.arrayContaining(['authorization', 'content-type', 'prefer']));
  });
});

describe('Prefer', () => {
  const askPrefer = async (prefer: string, search = '') => {
    const response = await ask(search, { headers: { prefer } });
    return { status: response.status, body: await response.json() };
  };
  const errorExamples = errorStatuses.map((status) => ({
    status,
    named: Object.entries(examplesOf(status)),
  }));

  test.each(errorExamples)('code=$status gives its first example', async ({ status, named }) => {
    expect(await askPrefer(`code=${status}`)).toEqual({ status, body: named[0]?.[1] });
  });

  test.each(errorExamples)(
    'code=$status with an example gives the one of that name',
    async ({ status, named }) => {
      for (const [name, body] of named) {
        expect(await askPrefer(`code=${status}, example=${name}`)).toEqual({ status, body });
      }
    },
  );

  test.each([
    'example=empty',
    'code=200, example=empty',
    'EXAMPLE = "empty" , wait=1',
    'example=empty;x, example=filtered',
  ])('%s gives the empty catalog', async (prefer) => {
    expect(await askPrefer(prefer)).toEqual({ status: 200, body: examplesOf(200)['empty'] });
  });

  test.each(['code=200', 'return=minimal', 'dynamic=true', ',,;=', 'respond-async; code=429'])(
    '%s changes nothing',
    async (prefer) => {
      const search = '?max_size_b=8&limit=1';
      expect(await askPrefer(prefer, search)).toEqual({
        status: 200,
        body: await (await ask(search)).json(),
      });
    },
  );

  test.each([
    `code=${undocumentedStatus}`,
    'code',
    'code=abc',
    'code=',
    'code="4 2 9"',
    'code=0429',
    'code=constructor',
  ])('%s is refused, saying which codes there are', async (prefer) => {
    const { status, body } = await askPrefer(prefer);
    expect({ status, body }).toMatchObject({ status: 400, body: { code: 400, type: 'invalid_error' } });
    expect(body.detail).toContain([200, ...errorStatuses].join(', '));
  });

  test.each(['example=nope', 'code=200, example=toString', 'example='])(
    '%s is refused, saying which examples there are',
    async (prefer) => {
      const { status, body } = await askPrefer(prefer);
      expect(status).toBe(400);
      expect(body.detail).toMatch(new RegExp(`${Object.keys(examplesOf(200)).join(', ')}$`));
    },
  );

  test('is looked at after the query', async () => {
    expect(await askPrefer('code=429', '?limit=0')).toMatchObject({ status: 422 });
  });
});

test('JSON is declared as such', async () => {
  expect((await ask()).headers.get('content-type')).toBe('application/json');
  expect((await askCatalog()).total).toBe(models.length);
});
