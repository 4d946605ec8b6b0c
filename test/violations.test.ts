import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Validator } from '../generated/types.ts';
import type * as Violations from '../src/violations.ts';
import { document } from './generate/small.ts';
import { makeProduct, type Product } from './product.ts';

const object = (properties: object, more: object = {}) => ({ type: 'object', properties, ...more });
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const tagged = (kind: string, field: string, type: string) =>
  object({ kind: { const: kind }, [field]: { type } }, { required: ['kind', field] });
const schemas = { Cat: tagged('cat', 'claws', 'integer'), Dog: tagged('dog', 'bark', 'string') };
const animals = [ref('Cat'), ref('Dog')];

/** What is said of values of a field in a body, each problem as `loc type: sentence`. */
const cases: [what: string, schema: object, ...values: [value: unknown, ...problems: string[]][]][] = [
  ['a wrong type', { type: 'integer' }, [1.5, 'value int_type: Input should be a valid integer']],
  [
    'several types, null not named',
    { type: ['string', 'integer', 'null'] },
    [true, 'value string_type: Input should be a valid string or integer'],
  ],
  ['a value of no list', { enum: ['a', 'b', 3] }, ['c', "value enum: Input should be 'a', 'b' or 3"]],
  [
    'one and several characters',
    { minLength: 1, maxLength: 2 },
    ['', 'value string_too_short: String should have at least 1 character'],
    ['abc', 'value string_too_long: String should have at most 2 characters'],
  ],
  [
    'the size of a list and of an object',
    { maxItems: 1, minProperties: 1 },
    [[1, 2], 'value too_long: List should have at most 1 item after validation, not 2'],
    [{}, 'value too_short: Dictionary should have at least 1 item after validation, not 0'],
  ],
  [
    'a property that is missing, and one too many',
    object({ a: true }, { required: ['a'], additionalProperties: false }),
    [
      { 'b/c~d': 1 },
      'value.a missing: Field required',
      'value.b/c~d extra_forbidden: Extra inputs are not permitted',
    ],
  ],
  [
    'a property that no part knows',
    { allOf: [object({ a: true })], unevaluatedProperties: false },
    [{ a: 1, b: 1 }, 'value.b extra_forbidden: Extra inputs are not permitted'],
  ],
  [
    'the name of a property',
    { propertyNames: { maxLength: 1 } },
    [{ a: 1, long: 2 }, 'value.long string_too_long: String should have at most 1 character'],
  ],
  [
    'the rule inside an if, and not the if',
    { if: { type: 'string' }, else: { minimum: 5 } },
    [1, 'value greater_than_equal: Input should be greater than or equal to 5'],
  ],
  [
    'a rule that has no words',
    { not: { type: 'string' } },
    ['a', 'value value_error: Value error, the rule not is broken'],
  ],
  [
    'several rules at once',
    object({ a: { type: 'string', minLength: 2, pattern: '^b' }, b: { type: 'number' } }),
    [
      { a: 'a', b: 'b' },
      'value.a string_too_short: String should have at least 2 characters',
      "value.a string_pattern_mismatch: String should match pattern '^b'",
      'value.b float_type: Input should be a valid number',
    ],
  ],
  [
    'a rule deep inside, with names that are numbers and names that a pointer escapes',
    {
      type: 'array',
      items: object({ 0: { type: 'array', items: object({ 'a/b~c': { type: 'string' } }) } }),
    },
    [[{}, { 0: [{}, { 'a/b~c': 1 }] }], 'value[1].0[1].a/b~c string_type: Input should be a valid string'],
  ],
  [
    'of alternatives that of the right type alone, null aside',
    { oneOf: [{ type: 'number', minimum: 1 }, { type: 'null' }, { type: 'string' }] },
    [0, 'value greater_than_equal: Input should be greater than or equal to 1'],
    [true, 'value float_type: Input should be a valid number or string'],
  ],
  [
    'of alternatives in alternatives that of the right type',
    {
      anyOf: [
        { type: 'array', items: { anyOf: [{ type: 'number' }, { type: 'boolean' }] } },
        { type: 'string' },
      ],
    },
    [[1, 'a'], 'value[1] float_type: Input should be a valid number or boolean'],
  ],
  [
    'of alternatives with fixed tags no tag, if another rule is broken',
    { anyOf: animals },
    [
      { kind: 'dog', bark: 5 },
      'value.claws missing: Field required',
      'value.bark string_type: Input should be a valid string',
    ],
    [
      { kind: 'cow', claws: 1, bark: 'w' },
      "value.kind literal_error: Input should be 'cat'",
      "value.kind literal_error: Input should be 'dog'",
    ],
  ],
  [
    'of alternatives with a discriminator the one that the tag names',
    { oneOf: animals, discriminator: { propertyName: 'kind' } },
    [{ kind: 'dog', bark: 5 }, 'value.bark string_type: Input should be a valid string'],
    [
      { kind: 'cow' },
      "value union_tag_invalid: Input tag 'cow' found using 'kind' is none of the expected tags",
    ],
    [{}, "value union_tag_not_found: Unable to extract tag using discriminator 'kind'"],
  ],
  [
    'that more than one of oneOf fits',
    { oneOf: [{ minimum: 1 }, { maximum: 9 }] },
    [5, 'value value_error: Value error, the rule oneOf is broken'],
  ],
  [
    'faults beside alternatives',
    {
      allOf: [
        { type: 'string', minLength: 5 },
        { anyOf: [{ type: 'string', maxLength: 1 }, { type: 'number' }] },
      ],
    },
    [
      'abc',
      'value string_too_short: String should have at least 5 characters',
      'value string_too_long: String should have at most 1 character',
    ],
  ],
];

/** The product of a contract that has all these rules, as words come with the rules. */
let product: Product;
let violations: typeof Violations;
/** A validator of requests for each schema, which is that of a field in a body. */
let validators: Validator[];
beforeAll(async () => {
  const operation = (schema: object, index: number) => ({
    operationId: `look_${index}`,
    requestBody: { content: { 'application/json': { schema: object({ value: schema }) } } },
    responses: { 204: { description: '-' } },
  });
  const paths = Object.fromEntries(
    cases.map(([, schema], index) => [`/${index}`, { post: operation(schema, index) }]),
  );
  product = await makeProduct(document(paths, { schemas }));
  violations = await product.load('violations.ts');
  const operations = await product.load('../generated/operations.ts');
  validators = cases.map((_, index) => operations[`look_${index}`].validators.request);
});
afterAll(() => product.remove());

describe('a broken rule is told in the words of FastAPI:', () => {
  test.each(cases.map(([what], index) => [what, index] as const))('%s', (_, index) => {
    const validate = validators[index] as Validator;
    const [, , ...values] = cases[index] as (typeof cases)[number];
    for (const [value, ...problems] of values) {
      const data = { query: {}, body: { value } };
      expect(validate(data)).toBe(false);
      const told = violations
        .problemsOf(validate.errors, data)
        .map(({ loc, type, msg }) => `${violations.formatLoc(loc.slice(1))} ${type}: ${msg}`);
      expect(told).toEqual(problems);
    }
  });
});

test('a base is put before each location, and where nothing was found there is no problem', () => {
  const error = { instancePath: '/1', schemaPath: '', keyword: 'type', params: { type: 'string' } };
  expect(violations.problemsOf([error], ['a', 5], ['body'])).toMatchObject([{ loc: ['body', 1] }]);
  expect([violations.problemsOf(null, {}), violations.problemsOf(undefined, {})]).toEqual([[], []]);
});
