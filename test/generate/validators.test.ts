import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Validator } from '../../generated/types.ts';
import { catalog } from '../../src/contract.ts';
import { formatLoc, problemsOf } from '../../src/violations.ts';
import { errorStatuses, examplesOf, limit, operationId, unheardOf } from '../contract/from-yaml.ts';
import { faultsOf } from '../contract/judge.ts';
import { root } from '../run-script.ts';
import { temporaryFolder } from './scratch.ts';
import { answering, document, jsonOf, load, unknownIn, type Validators } from './small.ts';

const seed = Number(process.env['SEED'] ?? Date.now() % 2 ** 31);
const numRuns = 500;

const { request, responses } = catalog.validators;

/** What is wrong with some data: where, and the type of the problem, or the rule that our contract has no words for. */
function faults(validate: Validator | undefined, data: unknown): string[] {
  if (validate?.(data)) return [];
  return problemsOf(validate?.errors, data).map(
    ({ loc, type, msg }) => `${formatLoc(loc)} ${/the rule (\S+) is broken/.exec(msg)?.[1] ?? type}`,
  );
}

/** A request with these parts. */
const sending = (parts: object) => ({ query: {}, path: {}, header: {}, cookie: {}, ...parts });

/** Where rules have their edges, and what JSON can't hold but JavaScript can. */
const edges: unknown[] = [
  ...[0, -1, 1, 0.1, 0.09999, 5.5, limit.default, limit.maximum, limit.maximum + 1, 400, 418, 1e21],
  ...[Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53 - 1, null, true, false],
  ...['', unheardOf, '20', 'null', 'a', 'b'],
];
const anything = fc.oneof(
  fc.constantFrom(...edges),
  fc.double(),
  fc.constantFrom<unknown>([], {}, ['a', 'b'], ['query', 1], [{}]),
  fc.jsonValue({ maxDepth: 3 }),
);

type Change = { at: number; how: 'replace' | 'delete' | 'add'; value: unknown };
const change: fc.Arbitrary<Change> = fc.record({
  at: fc.nat(10_000),
  how: fc.constantFrom('replace', 'replace', 'delete', 'add'),
  value: anything,
});

/** A copy with one thing changed, at whichever property the number picks. */
function changed(valid: unknown, { at, how, value }: Change): unknown {
  const copy = structuredClone({ valid });
  const properties: [Record<string, unknown>, string][] = [];
  const visit = (parent: object) => {
    for (const [key, child] of Object.entries(parent)) {
      properties.push([parent as Record<string, unknown>, key]);
      if (typeof child === 'object' && child !== null) visit(child);
    }
  };
  visit(copy);
  const [parent, key] = properties[at % properties.length] as (typeof properties)[number];
  if (how === 'replace' || key === 'valid') parent[key] = value;
  else if (how === 'add') parent[Array.isArray(parent) ? String(parent.length) : 'added'] = value;
  else if (Array.isArray(parent)) parent.splice(Number(key), 1);
  else delete parent[key];
  return copy.valid;
}

/** The one deliberate difference: a whole number that JSON.parse can't tell from its neighbours is refused. */
function holdsUnsafeInteger(data: unknown): boolean {
  if (typeof data === 'number') return Number.isInteger(data) && !Number.isSafeInteger(data);
  return typeof data === 'object' && data !== null && Object.values(data).some(holdsUnsafeInteger);
}

/**
 * A response is open: what the contract takes is what ours takes and finds nothing new in. So Ajv's closed
 * verdict and ours must agree, whatever the data.
 */
function expectOneVerdict(
  validate: Validator | undefined,
  accepts: (data: unknown) => boolean,
  valid: unknown[],
): void {
  const count = { accepted: 0, refused: 0, new: 0 };
  const verdict = (data: unknown) => {
    const unknown = unknownIn(validate, data);
    count[!unknown ? 'refused' : unknown.length > 0 ? 'new' : 'accepted'] += 1;
    return unknown?.length === 0;
  };
  fc.assert(
    fc.property(fc.constantFrom(...valid), change, fc.jsonValue(), (value, step, json) => {
      for (const data of [changed(value, step), json]) {
        fc.pre(!holdsUnsafeInteger(data));
        expect(verdict(data), JSON.stringify(data)).toBe(accepts(data));
      }
    }),
    { seed, numRuns },
  );
  console.log(`${JSON.stringify(count)}, seed ${seed}`);
  expect(count.accepted / numRuns).toBeGreaterThan(0.1);
  expect(count.refused / numRuns).toBeGreaterThan(0.1);
  expect(count.new).toBeGreaterThan(0);
}

describe('the validators of the catalog', () => {
  test.each([200, ...errorStatuses])('accept each example of %i, without unknown enum values', (status) => {
    for (const example of Object.values(examplesOf(status))) {
      expect(unknownIn(responses[status], example)).toEqual([]);
    }
  });

  test.each([200, 422])('agree on answers of %i with Ajv over the YAML', (status) => {
    // Short ones, so that a change often hits something else than one more model.
    const valid = Object.values(examplesOf(status)).map((value) =>
      value.models ? { ...value, models: value.models.slice(-2) } : value,
    );
    expectOneVerdict(responses[status], (data) => !faultsOf(status, data), valid);
  });

  test('report all problems of a query, and only the first of an answer', () => {
    const query = { limit: limit.maximum + 1, min_size_b: 'small', page: 2 };
    const locs = faults(request, sending({ query })).map((fault) => fault.split(' ')[0]);
    expect(locs.sort()).toEqual(['query.limit', 'query.min_size_b', 'query.page']);
    const [page] = Object.values(examplesOf(200));
    for (const model of page.models) model.size_b = 'large';
    expect(faults(responses['200'], page)).toEqual(['models[0].size_b float_type']);
  });

  test('need no code generation at run time and import nothing', () => {
    const file = path.join(root, 'generated', 'validators', `${operationId}.mjs`);
    expect(readFileSync(file, 'utf8')).not.toMatch(/\beval\b|\bFunction\b|\bimport\b|\brequire\(/);
  });
});

describe('an answer', () => {
  const tier = { type: 'string', enum: ['a', 'b'] };
  const schemas = {
    Tier: tier,
    Thing: {
      type: 'object',
      required: ['name', 'kind'],
      properties: {
        name: { type: 'string', minLength: 1, pattern: '^\\S*$' },
        kind: { const: 'thing' },
        tier: { anyOf: [{ $ref: '#/components/schemas/Tier' }, { type: 'null' }] },
        mode: { type: ['string', 'null'], enum: ['a', 'b', null] },
        tiers: { type: 'array', maxItems: 3, items: tier },
        plans: { type: 'object', additionalProperties: tier },
        step: { enum: [0.5, 1, 'a'] },
        pair: { type: 'array', prefixItems: [{ type: 'number' }, tier], minItems: 2, items: false },
        either: { oneOf: [{ type: 'integer' }, tier] },
        inner: { anyOf: [{ $ref: '#/components/schemas/Thing' }, { type: 'null' }] },
        all: { allOf: [{ $ref: '#/components/schemas/Tier' }], description: 'Beside it.' },
      },
      additionalProperties: false,
    },
  };
  const inner = { name: 'b', kind: 'thing', tier: 'a', inner: null };
  const valid = [
    inner,
    { ...inner, tier: null, mode: null, tiers: ['a', 'b'], plans: { eu: 'a' }, step: 0.5, inner },
    { name: 'a', kind: 'thing', mode: 'b', step: 'a', pair: [1, 'a'], either: 'b', all: 'a' },
    { name: 'a', kind: 'thing', either: 7, inner: { ...inner, inner } },
  ];

  test('with lists everywhere is validated as Ajv does, unknown enum values aside', async () => {
    const schema = { $ref: '#/components/schemas/Thing' };
    const { validators } = await load(answering(schema, schemas));
    const accepts = new Ajv2020({ strict: false, strictNumbers: true }).compile({
      ...schema,
      components: { schemas },
    });
    expectOneVerdict(validators['look']?.responses['200'], accepts, valid);
  });

  test('of a tagged union gets the violations of the branch that its tag names', async () => {
    const branch = (kind: string, field: string) => ({
      type: 'object',
      required: ['kind', field],
      properties: { kind: { type: 'string', const: kind }, [field]: { type: 'string' } },
    });
    const union = {
      oneOf: [{ $ref: '#/components/schemas/Local' }, { $ref: '#/components/schemas/Remote' }],
      discriminator: { propertyName: 'kind', mapping: { local: '#/components/schemas/Local' } },
    };
    const { validators, values } = await load(
      answering(union, { Local: branch('local', 'file'), Remote: branch('remote', 'url') }),
    );
    const look = validators['look']?.responses['200'];
    expect(faults(look, { kind: 'remote', url: 'x' })).toEqual([]);
    expect(faults(look, { kind: 'remote', file: 'x' })).toEqual(['url missing']);
    expect(faults(look, { kind: 'tape' })).toEqual([' discriminator:mapping']);
    expect(faults(look, {})).toEqual([' discriminator:tag']);
    expect(Object.keys(values)).toEqual([]);
  });

  test('has safe integers only, unless int64 says that larger ones come', async () => {
    const properties = { count: { type: 'integer' }, id: { type: 'integer', format: 'int64' } };
    const { validators } = await load(answering({ type: 'object', properties }));
    const look = validators['look']?.responses['200'];
    const values = [{ count: 2 ** 53 }, { count: 2 ** 53 - 1 }, { id: 2 ** 60 }];
    expect(values.map((value) => look?.(value))).toEqual([false, true, true]);
  });

  test('is validated as was meant, also where its schema is not quite OpenAPI 3.1', async () => {
    const string = { type: 'string' };
    const Named = { $ref: '#/components/schemas/Named' };
    const cases: [schema: object, takes: unknown[], refuses: unknown[]][] = [
      [{ ...string, nullable: true }, ['a', null], [5]],
      [{ ...string, enum: ['a'], nullable: true }, ['a', null], ['b']],
      [{ ...Named, nullable: true }, ['a', null], [5]],
      [{ allOf: [Named], nullable: true }, ['a', null], [5]],
      [{ ...string, nullable: false }, ['a'], [null]],
      [{ ...string, enum: [] }, [], ['a', '']],
      [{ anyOf: [{ enum: [] }, { type: 'null' }] }, [null], ['a']],
      [{ ...string, pattern: '^[a\\_]+$' }, ['a_'], ['b']],
      [{ $id: 'https://example.com', $anchor: 'here', ...string }, ['a'], [5]],
      [{ properties: { x: true, y: false } }, [{ x: 1 }], [{ y: 1 }]],
      // What Ajv alone gets wrong: an empty array after one that fits, and values whose methods are data.
      [{ type: 'array', items: { contains: { const: 1 } } }, [[[1], [1]]], [[[1], []]]],
      [{ uniqueItems: true }, [[{ toString: 1 }, { toString: 2 }]], [[{ toString: 1 }, { toString: 1 }]]],
    ];
    const paths = cases.map(([schema], index) => [
      `/${index}`,
      { get: { operationId: `look_${index}`, responses: { 200: jsonOf(schema) } } },
    ]);
    const { validators } = await load(document(Object.fromEntries(paths), { schemas: { Named: string } }));
    for (const [index, [schema, takes, refuses]] of cases.entries()) {
      const look = validators[`look_${index}`]?.responses['200'];
      expect(
        takes.map((value) => look?.(value)),
        JSON.stringify(schema),
      ).toEqual(takes.map(() => true));
      expect(
        refuses.map((value) => look?.(value)),
        JSON.stringify(schema),
      ).toEqual(refuses.map(() => false));
    }
  });

  test('of several operations is checked by one file, and no other operation is loaded with it', async () => {
    const answer = (name: string) => ({
      get: {
        operationId: `get_${name}`,
        responses: { 200: jsonOf({ $ref: `#/components/schemas/${name}` }) },
      },
    });
    const schemas = {
      Mine: { type: 'object', properties: { mine: { type: 'string' } } },
      Ours: { type: 'object', properties: { ours: { type: 'string', minLength: 2 } } },
    };
    const paths = { '/a': answer('Ours'), '/b': { ...answer('Ours') }, '/c': answer('Mine') };
    paths['/b'].get = { ...paths['/b'].get, operationId: 'get_Ours_again' };
    const folder = temporaryFolder();
    const { validators } = await load(document(paths, { schemas }), folder);
    const text = (name: string) => readFileSync(path.join(folder, 'validators', name), 'utf8');
    const imports = (name: string) => text(name).match(/(?<=^import .* from ")[^"]+/gm) ?? [];
    expect(imports('get_Ours.mjs')).toEqual(['./shared/Ours.mjs']);
    expect(imports('get_Ours_again.mjs')).toEqual(['./shared/Ours.mjs']);
    expect(imports('shared/Ours.mjs')).toEqual(['./helpers.mjs']);
    expect(imports('get_Mine.mjs')).toEqual([]);
    expect(text('get_Ours.mjs') + text('shared/Ours.mjs')).not.toContain('mine');
    expect(['😀', '😀😀'].map((ours) => validators['get_Ours']?.responses['200']?.({ ours }))).toEqual([
      false,
      true,
    ]);
  });

  test('of several media types may be any of the JSON ones; of none it has no validator', async () => {
    const csv = { 'text/csv': { schema: { type: 'string' } } };
    const json = {
      'application/json': { schema: { type: 'string' } },
      'application/problem+json; charset=utf-8': { schema: { type: 'number' } },
    };
    const documented = {
      200: { description: '-', content: { ...json, ...csv } },
      202: { description: '-', content: csv },
      204: { description: '-' },
      default: jsonOf({ type: 'boolean' }),
    };
    const { validators } = await load(
      document({ '/look': { get: { operationId: 'look', responses: documented } } }),
    );
    const { responses } = validators['look'] as Validators;
    expect(Object.keys(responses)).toEqual(['200', 'default']);
    expect(['a', 1, true].map((value) => responses['200']?.(value))).toEqual([true, true, false]);
    expect(responses['default']?.(true)).toBe(true);
  });
});

describe('a request', () => {
  const item = {
    type: 'object',
    required: ['id', 'secret', 'name'],
    properties: {
      id: { type: 'string', readOnly: true },
      secret: { type: 'string', writeOnly: true },
      name: { type: 'string', enum: ['a', 'b'] },
    },
  };
  const paths = {
    '/items/{id}': {
      parameters: [
        { name: 'id', in: 'path', required: true, schema: { type: 'integer' } },
        { name: 'mode', in: 'query', schema: { type: 'string' } },
      ],
      put: {
        operationId: 'put_item',
        parameters: [
          { name: 'mode', in: 'query', schema: { type: 'string', enum: ['fast', 'slow'] } },
          { name: 'X-Team', in: 'header', required: true, schema: { type: 'string' } },
        ],
        requestBody: { required: true, content: { 'application/json': { schema: item } } },
        responses: { 200: jsonOf(item) },
      },
    },
  };

  const right = { path: { id: 1 }, header: { 'X-Team': 'a' }, body: { secret: 's', name: 'a' } };
  const wrong: [parts: object, ...faults: string[]][] = [
    [{ body: undefined }, 'body missing'],
    [{ body: { name: 'c' } }, 'body.secret missing', 'body.name enum'],
    [{ path: {} }, 'path.id missing'],
    [{ header: { accept: 'any' } }, 'header.X-Team missing'],
    [{ query: { mode: 'idle' } }, 'query.mode enum'],
    [{ query: { made: 'up' } }, 'query.made extra_forbidden'],
  ];

  test('has to keep lists, required values and the parameters of its path', async () => {
    const { validators } = await load(document(paths));
    const { request } = validators['put_item'] as Validators;
    expect(faults(request, sending(right))).toEqual([]);
    for (const [parts, ...expected] of wrong) {
      expect(faults(request, sending({ ...right, ...parts }))).toEqual(expected);
    }
    const header = { 'x-team': 'a', accept: 'any' };
    expect(faults(request, sending({ ...right, header }))).toEqual([]);
    expect(header).toHaveProperty('x-team');
    expect(faults(request, sending({ ...right, header: { 'x-TEAM': 5 } }))).toEqual([
      'header.X-Team string_type',
    ]);
  });

  test('needs no read-only properties, and an answer no write-only ones', async () => {
    const { validators } = await load(document(paths));
    const { request, responses } = validators['put_item'] as Validators;
    expect(request(sending(right))).toBe(true);
    expect(request(sending({ ...right, body: { id: '1', name: 'a' } }))).toBe(false);
    expect(responses['200']?.({ id: '1', name: 'a' })).toBe(true);
    expect(responses['200']?.({ secret: 's', name: 'a' })).toBe(false);
  });
});
