import { beforeAll, describe, expect, test } from 'vitest';
import { formatLoc } from '../src/violations.ts';
import { document, jsonOf, load, unknownIn, type Validators } from './generate/small.ts';

const list = { type: 'string', enum: ['a', 'b'] };
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const object = (properties: object, more: object = {}) => ({ type: 'object', properties, ...more });

/** For each schema what is new in a body, as `place=value`. The body must be one that the validator takes. */
async function finders(schemas: object[], shared: object = {}): Promise<((body: unknown) => string[])[]> {
  const paths = Object.fromEntries(
    schemas.map((schema, index) => [
      `/${index}`,
      { get: { operationId: `look_${index}`, responses: { 200: jsonOf(schema) } } },
    ]),
  );
  const { validators } = await load(document(paths, { schemas: shared }));
  return schemas.map((_, index) => (body) => {
    const { 200: validate } = validators[`look_${index}`]?.responses ?? {};
    const found = unknownIn(validate, body);
    expect(found, JSON.stringify(validate?.errors)).toBeDefined();
    return (found ?? []).map(({ loc, value }) => `${formatLoc(loc)}=${JSON.stringify(value)}`);
  });
}

async function news(schema: object, body: unknown, shared: object = {}): Promise<string[]> {
  const [find] = await finders([schema], shared);
  return find?.(body) as string[];
}

describe('a value newer than the contract is found', () => {
  const cases: [where: string, schema: object, body: unknown, ...found: string[]][] = [
    ['in a body that is a list', list, 'c', '="c"'],
    ['in a field', object({ x: list }), { x: 'c' }, 'x="c"'],
    ['beside null', object({ x: { anyOf: [list, { type: 'null' }] } }), { x: 'c' }, 'x="c"'],
    ['in a list that holds null', object({ x: { enum: ['a', 'b', null] } }), { x: 'c' }, 'x="c"'],
    ['among numbers', object({ x: { type: 'number', enum: [0.5, 1] } }), { x: 2 }, 'x=2'],
    ['among booleans and text', object({ x: { enum: [true, 'auto'] } }), { x: false }, 'x=false'],
    ['among arrays', object({ x: { enum: [[1], [2, 3]] } }), { x: [3, 2] }, 'x=[3,2]'],
    ['in an array', { type: 'array', items: list }, ['a', 'c', 'b', 'd'], '[1]="c"', '[3]="d"'],
    [
      'in a tuple',
      { prefixItems: [{ type: 'string' }, list], items: list },
      ['c', 'd', 'e'],
      '[1]="d"',
      '[2]="e"',
    ],
    ['in a map', { additionalProperties: list }, { eu: 'a', us: 'c' }, 'us="c"'],
    [
      'in a map beside fields',
      object({ x: { type: 'string' } }, { additionalProperties: list }),
      { x: 'c', y: 'd' },
      'y="d"',
    ],
    ['by the pattern of a name', { patternProperties: { '^x-': list } }, { 'x-y': 'c', y: 'd' }, 'x-y="c"'],
    ['by a pattern of letters', { patternProperties: { '^\\p{Lu}': list } }, { É: 'c', p: 'd' }, 'É="c"'],
    ['in the names of a map', { propertyNames: list }, { a: 1, c: 1 }, 'c="c"'],
    ['behind allOf', object({ x: { allOf: [list], description: '-' } }), { x: 'c' }, 'x="c"'],
    [
      'in the branch of its type',
      { anyOf: [list, { type: 'integer', enum: [1, 2] }, { type: 'array', items: list }] },
      ['c'],
      '[0]="c"',
    ],
    [
      'in the branch that leaves the fewest',
      { anyOf: [object({ x: list, y: { enum: ['c', 'd'] } }), object({ x: list, y: list })] },
      { x: 'e', y: 'c' },
      'x="e"',
    ],
    [
      'in a list of alternatives, where it is met first',
      { type: 'array', items: { anyOf: [list, { type: 'integer' }] } },
      ['a', 'c', 'c'],
      '[1]="c"',
    ],
    [
      'in no branch that has it',
      object({ x: { anyOf: [list, { type: 'string', enum: ['c', 'd'] }] } }),
      { x: 'e' },
      'x="e"',
    ],
  ];
  let find: Awaited<ReturnType<typeof finders>>;
  beforeAll(async () => {
    find = await finders(cases.map(([, schema]) => schema));
  });

  test.each(cases.map((row, index) => [index, ...row] as const))(
    '%i %s',
    (index, _where, _schema, body, ...found) => {
      expect(find[index]?.(body)).toEqual(found);
    },
  );

  test('in the branch that a tag names', async () => {
    const branch = (kind: string, values: string[]) =>
      object({ kind: { const: kind }, tier: { type: 'string', enum: values } }, { required: ['kind'] });
    const schemas = { One: branch('one', ['a', 'b']), Two: branch('two', ['c', 'd']) };
    const schema = {
      type: 'array',
      items: { oneOf: [ref('One'), ref('Two')], discriminator: { propertyName: 'kind' } },
    };
    expect(
      await news(
        schema,
        [
          { kind: 'two', tier: 'a' },
          { kind: 'one', tier: 'a' },
        ],
        schemas,
      ),
    ).toEqual(['[0].tier="a"']);
  });

  test('in a schema that holds itself, at any depth', async () => {
    const schemas = { Node: object({ tier: list, child: { anyOf: [ref('Node'), { type: 'null' }] } }) };
    const body = { tier: 'a', child: { tier: 'c', child: { child: { tier: 'd', child: null } } } };
    expect(await news(ref('Node'), body, schemas)).toEqual(['child.tier="c"', 'child.child.child.tier="d"']);
  });
});

describe('nothing is new', () => {
  const cases: [what: string, schema: object, body: unknown][] = [
    [
      'where every value is listed',
      object({ x: list, y: { anyOf: [list, { type: 'null' }] } }),
      { x: 'a', y: null },
    ],
    ['where an object is listed', object({ x: { enum: [{ y: 1 }, null, { y: 2 }] } }), { x: { y: 2 } }],
    ['where a branch has the value', { anyOf: [list, { type: 'string', enum: ['c', 'd'] }] }, 'd'],
    ['where any text goes beside the list', object({ x: { anyOf: [list, { type: 'integer' }] } }), { x: 5 }],
    ['in fields that are absent or inherited', object({ x: list, constructor: list }), {}],
    ['where there are no lists', object({ x: { type: 'string' } }), { x: 'c' }],
  ];
  let find: Awaited<ReturnType<typeof finders>>;
  beforeAll(async () => {
    find = await finders(cases.map(([, schema]) => schema));
  });

  test.each(cases.map((row, index) => [index, ...row] as const))('%i %s', (index, _what, _schema, body) => {
    expect(find[index]?.(body)).toEqual([]);
  });
});

test('each new value is told once for each list, where it was met first', async () => {
  const schema = { type: 'array', items: object({ x: list, y: { type: 'string', enum: ['a', 'd'] } }) };
  const body = Array.from({ length: 100 }, () => ({ x: 'c', y: 'c' }));
  expect(await news(schema, body)).toEqual(['[0].x="c"', '[0].y="c"']);
});

test('of ever new values some dozens are told', async () => {
  const body = Array.from({ length: 10_000 }, (_, index) => `new-${index}`);
  const found = await news({ type: 'array', items: list }, body);
  expect(found).toHaveLength(50);
  expect(found[49]).toBe('[49]="new-49"');
});

describe('what only looks new is not told', () => {
  const shared = {
    A: object({ a: { type: 'string' }, s: { enum: ['x', 'y'] } }, { required: ['a'] }),
    B: object({ b: { type: 'integer' }, s: { enum: ['z', 'w'] } }, { required: ['b'] }),
    DogKind: { const: 'dog' },
    Cat: object({ kind: { const: 'cat' }, mood: { enum: ['a', 'b'] } }, { required: ['kind'] }),
    Dog: object({ kind: ref('DogKind'), mood: { enum: ['c', 'd'] } }, { required: ['kind'] }),
    Free: object({ kind: { type: 'string' }, mood: { enum: ['e', 'f'] } }),
  };
  const cases: [what: string, schema: object, body: unknown][] = [
    [
      'a field beside a map of lists',
      object({ id: { type: 'string' } }, { additionalProperties: list }),
      { id: 'c' },
    ],
    [
      'a field by a pattern beside a map of lists',
      { patternProperties: { '^id': { type: 'string' } }, additionalProperties: list },
      { id1: 'c' },
    ],
    ['the first of a tuple', { prefixItems: [{ type: 'string' }], items: list }, ['c', 'a']],
    [
      'a value of the branch that has the fields asked for',
      { anyOf: [ref('A'), ref('B')] },
      { b: 1, s: 'z' },
    ],
    [
      'a value of the branch whose tag lies behind a reference',
      { oneOf: [ref('Cat'), ref('Dog')] },
      { kind: 'dog', mood: 'c' },
    ],
    [
      'a value of a branch without a fixed tag',
      { anyOf: [ref('Free'), ref('A')] },
      { kind: 'any', mood: 'e' },
    ],
  ];

  test.each(cases)('%s', async (_, schema, body) => {
    expect(await news(schema, body, shared)).toEqual([]);
  });
});

describe('a union in a union', () => {
  const numberOrNull = { anyOf: [{ type: 'integer' }, { type: 'null' }] };
  const withList = object({ s: list });
  const union = { anyOf: [numberOrNull, list, withList] };

  test.each([
    ['z', ['="z"']],
    [{ s: 'n' }, ['s="n"']],
    [5, []],
    [null, []],
  ] as const)('%j', async (body, found) => {
    expect(await news(union, body)).toEqual(found);
  });

  test('beside another is a choice of its own', async () => {
    const both = {
      anyOf: [{ type: 'string', enum: ['a', 'b'] }, { type: 'integer' }],
      oneOf: [{ type: 'string', enum: ['a', 'c'] }, { type: 'integer' }],
    };
    expect(await news(both, 'b')).toEqual(['="b"']);
    expect(await news(both, 'a')).toEqual([]);
  });
});

test('two statuses have their lists each, though their bodies are alike without them', async () => {
  const body = (...values: string[]) => jsonOf(object({ state: { type: 'string', enum: values } }));
  const { validators } = await load(
    document({
      '/': {
        get: { operationId: 'look', responses: { 200: body('ok', 'done'), 202: body('queued', 'running') } },
      },
    }),
  );
  const { responses } = validators['look'] as Validators;
  const newIn = (status: string, state: string) => unknownIn(responses[status], { state })?.length;
  expect([newIn('200', 'ok'), newIn('202', 'ok'), newIn('200', 'queued'), newIn('202', 'queued')]).toEqual([
    0, 1, 1, 0,
  ]);
});

test('alternatives that hold themselves end', async () => {
  const either = object({ next: ref('Node'), s: list });
  const other = object({ next: ref('Node'), s: { type: 'string', enum: ['x', 'y'] } });
  const [find] = await finders([ref('Node')], { Node: { anyOf: [either, other, { type: 'null' }] } });
  let body: unknown = null;
  for (let depth = 0; depth < 60; depth += 1) body = { next: body, s: 'new' };
  expect(find?.(body).length).toBeLessThanOrEqual(50);
});
