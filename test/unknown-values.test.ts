import { beforeAll, describe, expect, test } from 'vitest';
import type { Validator } from '../generated/types.ts';
import { formatLoc } from '../src/violations.ts';
import { document, jsonOf, load, unknownIn } from './generate/small.ts';

const list = { type: 'string', enum: ['a', 'b'] };
const other = { type: 'string', enum: ['c', 'd'] };
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const object = (properties: object, more: object = {}) => ({ type: 'object', properties, ...more });
const orNull = (schema: object) => ({ anyOf: [schema, { type: 'null' }] });
const tagged = (kind: object, values: object) =>
  object({ kind, tier: values }, { required: ['kind', 'tier'] });

const schemas = {
  List: list,
  Cat: tagged({ const: 'cat' }, list),
  Dog: tagged({ const: 'dog' }, other),
  Bird: tagged({ type: 'string', enum: ['hen', 'owl'] }, list),
  Twins: object({ one: ref('List'), two: ref('List') }),
  Node: object({ tier: list, child: orNull(ref('Node')) }),
  Tree: {
    anyOf: [
      object({ next: ref('Tree'), s: list }),
      object({ next: ref('Tree'), s: other }),
      { type: 'null' },
    ],
  },
};

/** Bodies by schema, each with what is unknown in it, as `loc=value`, or null if it is refused. */
const cases: Record<string, [schema: object, ...bodies: [body: unknown, unknown: string[] | null][]]> = {
  'a list': [list, ['a', []], ['c', ['="c"']], [5, null]],
  'a field, which may be absent': [object({ x: list, constructor: list }), [{}, []], [{ x: 'c' }, ['x="c"']]],
  'a list or null': [
    object({ x: orNull(list) }),
    [{ x: null }, []],
    [{ x: 'c' }, ['x="c"']],
    [{ x: 5 }, null],
  ],
  'a named list or null, as oneOf': [
    object({ x: { oneOf: [ref('List'), { type: 'null' }] } }),
    [{ x: null }, []],
    [{ x: 'c' }, ['x="c"']],
  ],
  'a list that holds null': [
    object({ x: { enum: ['a', 'b', null] } }),
    [{ x: null }, []],
    [{ x: 'c' }, ['x="c"']],
  ],
  'a list of numbers': [{ type: 'number', enum: [0.5, 1] }, [1, []], [2, ['=2']], ['2', null]],
  'a list of several types': [{ enum: [true, 'auto'] }, [true, []], [false, ['=false']], [5, null]],
  'a list of arrays and objects': [
    { enum: [[1], { y: [2] }] },
    [{ y: [2] }, []],
    [[3, 2], ['=[3,2]']],
    ['a', null],
  ],
  'one array twice': [
    { type: 'array', items: { enum: [[1], [2]] } },
    [
      [[3], [3], [4]],
      ['[0]=[3]', '[2]=[4]'],
    ],
  ],
  'an array': [
    { type: 'array', items: list },
    [
      ['a', 'c', 'b', 'd'],
      ['[1]="c"', '[3]="d"'],
    ],
  ],
  'a tuple': [
    { prefixItems: [{ type: 'string' }, list], items: list },
    [
      ['c', 'd', 'e'],
      ['[1]="d"', '[2]="e"'],
    ],
  ],
  'a map beside fields': [
    object({ x: { type: 'string' } }, { additionalProperties: list }),
    [{ x: 'c', 'y/z': 'd' }, ['y/z="d"']],
  ],
  'a map by pattern': [
    { patternProperties: { '^\\p{Lu}': list }, additionalProperties: { type: 'string' } },
    [{ É: 'c', p: 'd' }, ['É="c"']],
  ],
  'the names of a map': [{ propertyNames: ref('List') }, [{ a: 1, '~c': 1 }, ['~c="~c"']]],
  'a schema that is used twice': [ref('Twins'), [{ one: 'c', two: 'd' }, ['one="c"', 'two="d"']]],
  'a list behind allOf': [{ allOf: [list], description: '-' }, ['c', ['="c"']]],
  'two lists in one anyOf': [{ anyOf: [list, other] }, ['d', []], ['e', ['="e"']], [5, null]],
  'two lists in one oneOf': [{ oneOf: [list, other] }, ['a', []], ['d', []], ['e', ['="e"']]],
  'an anyOf beside a oneOf': [
    { anyOf: [list, { type: 'integer' }], oneOf: [{ enum: ['a', 'c'] }, { type: 'integer' }] },
    ['a', []],
    ['b', ['="b"']],
  ],
  'a union of types': [
    { anyOf: [list, { type: 'integer', enum: [1, 2] }, { type: 'array', items: list }] },
    [2, []],
    [3, ['=3']],
    [['c'], ['[0]="c"']],
    [{}, null],
  ],
  'a union in a union': [
    { anyOf: [orNull({ type: 'integer' }), list, object({ s: list })] },
    [null, []],
    ['c', ['="c"']],
    [{ s: 'c' }, ['s="c"']],
  ],
  'objects whose lists overlap': [
    { anyOf: [object({ x: list, y: { enum: ['b', 'c'] } }), object({ x: { enum: ['b', 'c'] }, y: list })] },
    [{ x: 'c', y: 'a' }, []],
    [{ x: 'b', y: 'b' }, []],
    [{ x: 'e', y: 'c' }, ['x="e"']],
  ],
  'branches with fixed tags': [
    { oneOf: [ref('Cat'), ref('Dog')] },
    [{ kind: 'dog', tier: 'c' }, []],
    [{ kind: 'dog', tier: 'a' }, ['tier="a"']],
    [{ kind: 'cow', tier: 'a' }, null],
  ],
  'a discriminated union': [
    {
      type: 'array',
      items: { oneOf: [ref('Cat'), ref('Dog'), ref('Bird')], discriminator: { propertyName: 'kind' } },
    },
    [
      [
        { kind: 'dog', tier: 'a' },
        { kind: 'cat', tier: 'a' },
      ],
      ['[0].tier="a"'],
    ],
    [[{ kind: 'owl', tier: 'c' }], ['[0].tier="c"']],
    [[{ kind: 'cow', tier: 'a' }], null],
  ],
  'a schema that holds itself': [
    ref('Node'),
    [
      { tier: 'a', child: { tier: 'c', child: { child: { tier: 'd', child: null } } } },
      ['child.tier="c"', 'child.child.child.tier="d"'],
    ],
  ],
  'what is under not, if and contains, which stays closed': [
    object({
      x: { type: 'string', not: list },
      y: { if: list, else: { maxLength: 0 } },
      z: { contains: list },
    }),
    [{ x: 'c', y: 'a', z: ['c', 'a'] }, []],
    [{ x: 'a' }, null],
    [{ y: 'c' }, null],
    [{ z: ['c'] }, null],
  ],
  'lists of one value, which stay closed': [
    object({ x: { enum: ['a'] }, y: { enum: ['a', null] } }),
    [{ x: 'b' }, null],
    [{ y: 'b' }, null],
  ],
  'one value many times': [
    { type: 'array', items: object({ x: list, y: other }) },
    [Array.from({ length: 100 }, () => ({ x: 'e', y: 'e' })), ['[0].x="e"', '[0].y="e"']],
  ],
  'what fails in the end': [{ type: 'array', items: list }, [['c', 5], null]],
};

const names = Object.keys(cases);
const validators = new Map<string, Validator | undefined>();

const told = (validate: Validator | undefined, body: unknown) =>
  unknownIn(validate, body)?.map(({ loc, value }) => `${formatLoc(loc)}=${JSON.stringify(value)}`) ?? null;

beforeAll(async () => {
  const answers = [...Object.values(cases).map(([schema]) => schema), ref('Tree')];
  const operation = (schema: object, index: number) => ({
    get: { operationId: `look_${index}`, responses: { 200: jsonOf(schema) } },
  });
  const paths = Object.fromEntries(answers.map((schema, index) => [`/${index}`, operation(schema, index)]));
  const loaded = await load(document(paths, { schemas }));
  for (const [index, name] of [...names, 'Tree'].entries()) {
    validators.set(name, loaded.validators[`look_${index}`]?.responses['200']);
  }
});

describe('values that the contract does not list are told of, once for each list, in', () => {
  test.each(names)('%s', (name) => {
    const [, ...bodies] = cases[name] as (typeof cases)[string];
    for (const [body, unknown] of bodies) {
      expect([body, told(validators.get(name), body)]).toEqual([body, unknown]);
      // Whether somebody listens makes no difference to the verdict.
      expect(validators.get(name)?.(body)).toBe(unknown !== null);
    }
  });
});

test('of ever new values some dozens are told, where they were met first', () => {
  const body = Array.from({ length: 10_000 }, (_, index) => `new-${index}`);
  const found = told(validators.get('an array'), body);
  expect(found).toHaveLength(50);
  expect(found?.at(-1)).toBe('[49]="new-49"');
});

test('alternatives that hold themselves end, and of the same value one is told', () => {
  let body: unknown = null;
  for (let depth = 0; depth < 60; depth += 1) body = { next: body, s: 'new' };
  expect(told(validators.get('Tree'), body)).toHaveLength(1);
});
