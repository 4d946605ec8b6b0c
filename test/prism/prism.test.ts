import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  catalogPath,
  errorStatuses,
  exampleOf,
  examplesOf,
  limit,
  queryNamesOfType,
  queryParameters,
  undocumentedStatus,
  unheardOf,
} from '../contract/from-yaml.ts';
import { faultsOf, judgeOf } from '../contract/judge.ts';
import { type Prism, runPrism } from './run-prism.ts';

let prism: Prism;
beforeAll(async () => {
  prism = await runPrism();
}, 60_000);
afterAll(() => prism.stop());

const isEnvelope = judgeOf('APIErrorPayload');

/** Every named example of every response. */
const named = [200, ...errorStatuses].flatMap((status) =>
  Object.entries(examplesOf(status)).map(([name, value]) => ({ status, name, value })),
);

const json = 'application/json';
const problem = 'application/problem+json';

describe('Prefer', () => {
  test('code=200 answers with the catalog', async () => {
    const { status, type, body } = await prism.ask('', { prefer: 'code=200' });
    expect({ status, type, faults: faultsOf(200, body) }).toEqual({ status: 200, type: json, faults: '' });
  });

  test.each(errorStatuses)('code=%i answers with the envelope of that status', async (code) => {
    const { status, type, body } = await prism.ask('', { prefer: `code=${code}` });
    expect({ status, type, faults: faultsOf(code, body), code: body.code }).toEqual({
      status: code,
      type: json,
      faults: '',
      code,
    });
  });

  test.each(named)(
    'code=$status, example=$name answers with that example',
    async ({ status, name, value }) => {
      const answer = await prism.ask('', { prefer: `code=${status}, example=${name}` });
      expect(answer).toEqual({ status, type: json, body: value });
    },
  );

  test('with a semicolon drops the example in silence, so a comma it must be', async () => {
    const { status, body } = await prism.ask('', { prefer: 'code=200; example=empty' });
    expect({ status, body }).toEqual({ status: 200, body: exampleOf(200) });
  });

  test.each([
    ['an unknown example', 'code=200, example=nope', 500],
    ['an unknown example of an error', 'code=401, example=nope', 500],
    ['an unknown code', `code=${undocumentedStatus}`, 404],
    ['a code that is no number', 'code=abc', 422],
  ])('with %s is answered outside the envelope', async (_, prefer, expected) => {
    const { status, type, body } = await prism.ask('', { prefer });
    expect({ status, type, envelope: isEnvelope(body) }).toEqual({
      status: expected,
      type: problem,
      envelope: false,
    });
  });

  test('names the code that it does not know', async () => {
    const { body } = await prism.ask('', { prefer: `code=${undocumentedStatus}` });
    expect(body.detail).toContain(`${undocumentedStatus}`);
  });

  test('dynamic=true makes bodies that the contract accepts', async () => {
    const wrong: unknown[] = [];
    const distinct = new Set<string>();
    for (let round = 0; round < 50; round += 1) {
      const { status, body } = await prism.ask('', { prefer: 'dynamic=true' });
      distinct.add(JSON.stringify(body));
      const faults = faultsOf(200, body);
      if (status !== 200 || faults) wrong.push({ status, body, faults });
    }
    expect(wrong).toEqual([]);
    expect(distinct.size).toBeGreaterThan(40);
  });

  test.each(errorStatuses)(
    'code=%i, dynamic=true makes an envelope that the contract accepts',
    async (code) => {
      const { status, body } = await prism.ask('', { prefer: `code=${code}, dynamic=true` });
      expect({ status, faults: faultsOf(code, body) }).toEqual({ status: code, faults: '' });
    },
  );
});

describe('parameters', () => {
  test.each([
    [`?limit=${limit.minimum}`],
    [`?limit=${limit.maximum}`],
    ['?min_size_b=7'],
    ['?min_size_b=-1&max_size_b=0.5'],
    ['?query=llama%203&family=qwen&algorithm=ppo'],
    // No member of the contract's lists: filters are open strings.
    [`?family=${unheardOf}&algorithm=${unheardOf}`],
    // Prism takes an empty value as absent, numbers too; the contract's own rules are stricter.
    ...queryParameters.map(({ name }) => [`?${name}=`]),
    ['?unknown=1'],
  ])('%s is accepted', async (query) => {
    expect(await prism.ask(query)).toMatchObject({ status: 200, type: json });
  });

  test.each([
    [`?limit=${limit.minimum - 1}`],
    [`?limit=${limit.maximum + 1}`],
    ['?limit=5.5'],
    ...['integer', 'number'].flatMap(queryNamesOfType).map((name) => [`?${name}=abc`]),
    ...queryNamesOfType('number').map((name) => [`?${name}=null`]),
    // A parameter given twice is a list to Prism.
    ...['integer', 'number', 'string'].flatMap(queryNamesOfType).map((name) => [`?${name}=1&${name}=2`]),
  ])('%s is refused with the first example of 422, whatever the parameter', async (query) => {
    const { status, type, body } = await prism.ask(query);
    expect({ status, type, body }).toEqual({
      status: 422,
      type: json,
      body: exampleOf(422),
    });
  });
});

describe('authentication', () => {
  const unauthorized = {
    status: 401,
    type: json,
    body: exampleOf(401),
  };

  test.each([
    ['another scheme', 'Basic ZG46a2V5'],
    ['an empty token', 'Bearer '],
    ['a scheme without token', 'Bearer'],
    ['a token without scheme', 'dn_key_test'],
    // Schemes are case-insensitive (RFC 9110, section 11.1); Prism does not know.
    ['a scheme in lower case', 'bearer dn_key_test'],
  ])('refuses %s with 401', async (_, authorization) => {
    expect(await prism.ask('', { authorization })).toEqual(unauthorized);
  });

  test.each([
    ['no token', '', {}],
    ['no token before it looks at parameters', '?limit=0', {}],
    ['no token before it looks at Prefer', '', { prefer: 'code=429' }],
  ])('refuses %s with 401', async (_, query, headers) => {
    const response = await fetch(`${prism.url}${catalogPath}${query}`, { headers });
    const type = response.headers.get('content-type');
    expect({ status: response.status, type, body: await response.json() }).toEqual(unauthorized);
  });

  test('takes any token, since it knows none', async () => {
    expect(await prism.ask('', { authorization: 'Bearer x' })).toMatchObject({ status: 200 });
  });
});

describe('what the contract does not describe is answered outside the envelope, as problem+json', () => {
  test.each([
    ['an unknown path', 404, '/nope', {}],
    ['another method', 405, catalogPath, { method: 'POST' }],
    ['a HEAD request', 405, catalogPath, { method: 'HEAD' }],
    ['an Accept of HTML', 406, catalogPath, { headers: { accept: 'text/html' } }],
  ])('%s with %i', async (_, status, target, init: RequestInit) => {
    const headers = { authorization: 'Bearer dn_key_test', ...init.headers };
    const response = await fetch(prism.url + target, { ...init, headers });
    const text = await response.text();
    expect({ status: response.status, type: response.headers.get('content-type') }).toEqual({
      status,
      type: problem,
    });
    expect(isEnvelope(text && JSON.parse(text))).toBe(false);
  });

  test('an Accept that takes anything, or JSON among others, gets JSON', async () => {
    for (const accept of ['*/*', 'text/html, application/json;q=0.5', 'application/*']) {
      expect(await prism.ask('', { accept })).toMatchObject({ status: 200, type: json });
    }
  });
});
