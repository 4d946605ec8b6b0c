import { beforeAll, describe, expect, test } from 'vitest';
import type { Validator } from '../generated/types.ts';
import { formatLoc, problemsOf } from '../src/violations.ts';
import { answering, document, load } from './generate/small.ts';

const noContent = { responses: { 204: { description: '-' } } };

/** A validator of requests for each schema, which is that of a query parameter and of a field in a body. */
async function requestValidators(schemas: object[], shared: object = {}): Promise<Validator[]> {
  const operation = (schema: object, index: number) => ({
    operationId: `look_${index}`,
    parameters: [{ name: 'value', in: 'query', schema }],
    requestBody: {
      content: { 'application/json': { schema: { type: 'object', properties: { value: schema } } } },
    },
    ...noContent,
  });
  const paths = Object.fromEntries(
    schemas.map((schema, index) => [`/${index}`, { post: operation(schema, index) }]),
  );
  const { validators } = await load(document(paths, { schemas: shared }));
  return schemas.map((_, index) => validators[`look_${index}`]?.request as Validator);
}

const whole = (parts: object) => ({ query: {}, path: {}, header: {}, cookie: {}, ...parts });

/** Each problem of a value in a body, as `place type: sentence`. */
function tell(validate: Validator | undefined, value: unknown): string[] {
  const data = whole({ body: { value } });
  expect(validate?.(data)).toBe(false);
  return problemsOf(validate?.errors, data).map(({ loc, type, msg }) => {
    expect(loc.slice(0, 2)).toEqual(['body', 'value']);
    return `${formatLoc(loc.slice(1))} ${type}: ${msg}`;
  });
}

describe('a broken rule is told in the words of FastAPI:', () => {
  const object = (properties: object, more: object = {}) => ({ type: 'object', properties, ...more });

  const cases: [rule: string, schema: object, value: unknown, ...problems: string[]][] = [
    ['type', { type: 'string' }, 5, 'value string_type: Input should be a valid string'],
    ['type', { type: 'number' }, '5', 'value float_type: Input should be a valid number'],
    ['type', { type: 'integer' }, 1.5, 'value int_type: Input should be a valid integer'],
    ['type', { type: 'boolean' }, 'true', 'value bool_type: Input should be a valid boolean'],
    ['type', { type: 'array' }, {}, 'value list_type: Input should be a valid list'],
    ['type', { type: 'object' }, [], 'value dict_type: Input should be a valid dictionary'],
    ['type', { type: 'null' }, 0, 'value none_required: Input should be None'],
    ['several types', { type: ['string', 'null'] }, 5, 'value string_type: Input should be a valid string'],
    [
      'several types',
      { type: ['string', 'integer'] },
      true,
      'value string_type: Input should be a valid string or integer',
    ],
    ['enum', { enum: ['a'] }, 'b', "value enum: Input should be 'a'"],
    ['enum', { enum: ['a', 'b', 3] }, 'c', "value enum: Input should be 'a', 'b' or 3"],
    ['const', { const: 'a' }, 'b', "value literal_error: Input should be 'a'"],
    ['minimum', { minimum: 1 }, 0, 'value greater_than_equal: Input should be greater than or equal to 1'],
    ['maximum', { maximum: 9 }, 10, 'value less_than_equal: Input should be less than or equal to 9'],
    ['exclusiveMinimum', { exclusiveMinimum: 1 }, 1, 'value greater_than: Input should be greater than 1'],
    ['exclusiveMaximum', { exclusiveMaximum: 9 }, 9, 'value less_than: Input should be less than 9'],
    ['multipleOf', { multipleOf: 2 }, 3, 'value multiple_of: Input should be a multiple of 2'],
    ['minLength', { minLength: 1 }, '', 'value string_too_short: String should have at least 1 character'],
    ['maxLength', { maxLength: 2 }, 'abc', 'value string_too_long: String should have at most 2 characters'],
    ['pattern', { pattern: '^a' }, 'b', "value string_pattern_mismatch: String should match pattern '^a'"],
    [
      'minItems',
      { minItems: 2 },
      [1],
      'value too_short: List should have at least 2 items after validation, not 1',
    ],
    [
      'maxItems',
      { maxItems: 1 },
      [1, 2],
      'value too_long: List should have at most 1 item after validation, not 2',
    ],
    [
      'minProperties',
      { minProperties: 1 },
      {},
      'value too_short: Dictionary should have at least 1 item after validation, not 0',
    ],
    [
      'maxProperties',
      { maxProperties: 0 },
      { a: 1 },
      'value too_long: Dictionary should have at most 0 items after validation, not 1',
    ],
    ['required', object({}, { required: ['a'] }), {}, 'value.a missing: Field required'],
    [
      'additionalProperties',
      object({}, { additionalProperties: false }),
      { 'a/b~c': 1 },
      'value.a/b~c extra_forbidden: Extra inputs are not permitted',
    ],
    [
      'unevaluatedProperties',
      { allOf: [object({ a: true })], unevaluatedProperties: false },
      { a: 1, b: 1 },
      'value.b extra_forbidden: Extra inputs are not permitted',
    ],
    [
      'a name of a property',
      { propertyNames: { maxLength: 1 } },
      { a: 1, long: 2 },
      'value.long string_too_long: String should have at most 1 character',
    ],
    [
      'if',
      { if: { type: 'string' }, else: { minimum: 5 } },
      1,
      'value greater_than_equal: Input should be greater than or equal to 5',
    ],
    [
      'a rule that has no words',
      { not: { type: 'string' } },
      'a',
      'value value_error: Value error, the rule not is broken',
    ],
    [
      'several rules',
      object({ a: { type: 'string', minLength: 2, pattern: '^b' }, b: { type: 'number' } }),
      { a: 'a', b: 'b' },
      'value.a string_too_short: String should have at least 2 characters',
      "value.a string_pattern_mismatch: String should match pattern '^b'",
      'value.b float_type: Input should be a valid number',
    ],
    [
      'a rule deep inside',
      { type: 'array', items: object({ 0: { type: 'array', items: { type: 'string' } } }) },
      [{}, { 0: ['a', 1] }],
      'value[1].0[1] string_type: Input should be a valid string',
    ],
    [
      'a rule below names that a pointer escapes',
      object({ 'a/b': object({ 'c~d': { type: 'string' } }) }),
      { 'a/b': { 'c~d': 5 } },
      'value.a/b.c~d string_type: Input should be a valid string',
    ],
  ];
  let validators: Validator[];
  beforeAll(async () => {
    validators = await requestValidators(cases.map(([, schema]) => schema));
  });

  test.each(cases.map((row, index) => [index, ...row] as const))(
    '%i %s %j',
    (index, _rule, _schema, value, ...problems) => {
      expect(tell(validators[index], value)).toEqual(problems);
    },
  );
});

describe('of alternatives that all fail', () => {
  const cat = {
    type: 'object',
    required: ['kind', 'claws'],
    properties: { kind: { const: 'cat' }, claws: { type: 'integer' } },
  };
  const dog = {
    type: 'object',
    required: ['kind', 'bark'],
    properties: { kind: { const: 'dog' }, bark: { type: 'string' } },
  };

  const cases: [what: string, schema: object, value: unknown, ...problems: string[]][] = [
    [
      'those for other types are left out, null too',
      { anyOf: [{ type: 'number', minimum: 1 }, { type: 'null' }] },
      0,
      'value greater_than_equal: Input should be greater than or equal to 1',
    ],
    [
      'those for other types are left out of oneOf as well',
      { oneOf: [{ type: 'number', minimum: 1 }, { type: 'null' }] },
      0,
      'value greater_than_equal: Input should be greater than or equal to 1',
    ],
    [
      'the types are named together if none fits',
      { anyOf: [{ type: 'number' }, { type: 'string' }, { type: 'null' }] },
      true,
      'value float_type: Input should be a valid number or string',
    ],
    [
      'those for other tags are left out',
      { anyOf: [cat, dog] },
      { kind: 'dog', bark: 5 },
      'value.claws missing: Field required',
      'value.bark string_type: Input should be a valid string',
    ],
    [
      'a tag that no branch has is told as it is',
      {
        anyOf: [
          { ...cat, required: ['kind'] },
          { ...dog, required: ['kind'] },
        ],
      },
      { kind: 'cow' },
      "value.kind literal_error: Input should be 'cat'",
      "value.kind literal_error: Input should be 'dog'",
    ],
    [
      'one within another is looked into',
      {
        anyOf: [
          { type: 'array', items: { anyOf: [{ type: 'number' }, { type: 'null' }] } },
          { type: 'null' },
        ],
      },
      [1, 'a'],
      'value[1] float_type: Input should be a valid number',
    ],
    [
      'the rule itself is told if more than one of oneOf fits',
      { oneOf: [{ minimum: 1 }, { maximum: 9 }] },
      5,
      'value value_error: Value error, the rule oneOf is broken',
    ],
    [
      'faults beside them are kept',
      {
        allOf: [
          { type: 'string', minLength: 5 },
          { anyOf: [{ type: 'string', maxLength: 1 }, { type: 'null' }] },
        ],
      },
      'abc',
      'value string_too_short: String should have at least 5 characters',
      'value string_too_long: String should have at most 1 character',
    ],
  ];
  let validators: Validator[];
  beforeAll(async () => {
    validators = await requestValidators(cases.map(([, schema]) => schema));
  });

  test.each(cases.map((row, index) => [index, ...row] as const))(
    '%i %s',
    (index, _what, _schema, value, ...problems) => {
      expect(tell(validators[index], value)).toEqual(problems);
    },
  );

  test('a tag decides where the contract says so', async () => {
    const schema = {
      oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }],
      discriminator: { propertyName: 'kind' },
    };
    const [validate] = await requestValidators([schema], { Cat: cat, Dog: dog });
    expect(tell(validate, { kind: 'dog', bark: 5 })).toEqual([
      'value.bark string_type: Input should be a valid string',
    ]);
    expect(tell(validate, { kind: 'cow' })).toEqual([
      "value union_tag_invalid: Input tag 'cow' found using 'kind' is none of the expected tags",
    ]);
    expect(tell(validate, {})).toEqual([
      "value union_tag_not_found: Unable to extract tag using discriminator 'kind'",
    ]);
  });
});

describe('text that had to be read as another type', () => {
  const cases = [
    ['number', 'float_parsing', 'Input should be a valid number, unable to parse string as a number'],
    ['integer', 'int_parsing', 'Input should be a valid integer, unable to parse string as an integer'],
    ['boolean', 'bool_parsing', 'Input should be a valid boolean, unable to interpret input'],
    ['object', 'dict_type', 'Input should be a valid dictionary'],
  ] as const;
  let validators: Validator[];
  beforeAll(async () => {
    validators = await requestValidators(cases.map(([type]) => ({ type })));
  });

  test.each(cases)('is told as such: %s', (type, code, msg) => {
    const validate = validators[cases.findIndex(([other]) => other === type)] as Validator;
    const data = whole({ query: { value: 'text' }, body: { value: 'text' } });
    validate(data);
    const problems = problemsOf(validate.errors, data);
    expect(problems[0]).toEqual({ loc: ['query', 'value'], type: code, msg });
    // In a body there are types, so nothing had to be read.
    expect(problems[1]?.type).not.toMatch(/parsing/);
  });

  test('is not what a number out of place is', () => {
    const data = whole({ query: { value: 1.5 } });
    validators[1]?.(data);
    expect(problemsOf(validators[1]?.errors, data)).toMatchObject([{ type: 'int_type' }]);
  });
});

test('a base is put before each place', async () => {
  const { validators } = await load(answering({ type: 'array', items: { type: 'string' } }));
  const validate = validators['look']?.responses['200'] as Validator;
  validate(['a', 5]);
  expect(problemsOf(validate.errors, ['a', 5], ['body'])).toMatchObject([{ loc: ['body', 1] }]);
  expect(problemsOf(validate.errors, ['a', 5])).toMatchObject([{ loc: [1] }]);
});

test('a rule of another kind than any here is told as far as it goes', () => {
  const violation = { instancePath: '', schemaPath: '' };
  const told = (keyword: string, params: object) =>
    problemsOf([{ ...violation, keyword, params: { ...params } }], 5);
  expect(told('type', { type: 'file' })).toEqual([{ loc: [], type: 'value_error', msg: '' }]);
  expect(told('enum', { allowedValues: [] })).toEqual([{ loc: [], type: 'enum', msg: 'Input should be ' }]);
});

test('where nothing was found there is no problem', () => {
  expect([problemsOf(null, {}), problemsOf(undefined, {}), problemsOf([], {})]).toEqual([[], [], []]);
});

test.each<[(string | number)[], string]>([
  [['models', 3, 'supported_algorithms', 10], 'models[3].supported_algorithms[10]'],
  [['limit'], 'limit'],
  [[0, 'a'], '[0].a'],
  [[], ''],
])('the place %j is written %j', (loc, text) => {
  expect(formatLoc(loc)).toBe(text);
});
