/** Pairs of schemas that mean the same; words aside, the one may stand for the other anywhere. */
import { type Any, nullable } from './small.ts';

const string = { type: 'string' };
const list = { type: 'string', enum: ['a', 'b'] };
const object = (properties: Any, more: Any = {}) => ({ type: 'object', properties, ...more });
const cat = object({ kind: { const: 'cat' } }, { required: ['kind'] });
const dog = object({ kind: { const: 'dog' } }, { required: ['kind'] });

/** What references lead to. */
export const schemas: Any = {
  Text: string,
  List: list,
  Cat: cat,
  Pet: { oneOf: [{ $ref: '#/components/schemas/Cat' }, dog], discriminator: { propertyName: 'kind' } },
  Base: object({ id: string }, { required: ['id'] }),
  Tree: object({ left: nullable({ $ref: '#/components/schemas/Tree' }), name: string }),
  Forest: { type: 'array', items: { $ref: '#/components/schemas/Tree' } },
};
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });

export const spellings: [name: string, one: Any, other: Any][] = [
  ['null as an alternative or a type', nullable(string), { type: ['string', 'null'] }],
  [
    'anyOf and oneOf with null',
    nullable({ type: 'number', minimum: 1 }),
    { oneOf: [{ type: 'null' }, { type: 'number', minimum: 1 }] },
  ],
  ['null beside a reference', nullable(ref('Cat')), { ...cat, type: ['object', 'null'] }],
  ['null beside a list of values', nullable(list), { enum: ['b', null, 'a'] }],
  [
    'null beside a reference to a list',
    nullable(ref('List')),
    { type: ['string', 'null'], enum: ['a', 'b', null] },
  ],
  ['null in an alternative of an alternative', nullable(nullable(string)), { type: ['null', 'string'] }],
  ['a list of one and const', { const: 'a' }, { type: 'string', enum: ['a'] }],
  ['lists in pieces', { anyOf: [{ const: 'a' }, { const: 'b' }] }, list],
  ['values that do not fit the type', { type: 'string', enum: ['a', 'b', 3] }, list],
  ['the type of listed values', { enum: [1, 2] }, { type: 'integer', enum: [2, 1] }],
  ['a reference and what it leads to', ref('Text'), string],
  ['allOf around one reference', { allOf: [ref('Cat')] }, ref('Cat')],
  ['allOf around items', { type: 'array', items: { allOf: [ref('Cat')] } }, { type: 'array', items: cat }],
  ['a default beside a reference', { ...ref('Text'), default: 'a' }, { ...string, default: 'a' }],
  ['a default beside null', nullable({ ...string, default: 'a' }), { ...nullable(string), default: 'a' }],
  [
    'a base and more',
    { allOf: [ref('Base'), object({ name: string })] },
    object({ id: string, name: string }, { required: ['id'] }),
  ],
  ['a base with words beside it', { allOf: [ref('Base')], description: 'A base.' }, ref('Base')],
  [
    'a base that is asked for in part',
    { allOf: [object({ id: string, name: string }), { required: ['id'] }] },
    object({ id: string, name: string }, { required: ['id'] }),
  ],
  ['alternatives in another order', { anyOf: [ref('Cat'), dog] }, { anyOf: [dog, cat] }],
  ['alternatives that a tag tells apart', { oneOf: [cat, dog] }, { anyOf: [dog, cat] }],
  ['alternatives with and without a discriminator', ref('Pet'), { oneOf: [cat, dog] }],
  ['alternatives of alternatives', { anyOf: [{ anyOf: [cat, dog] }, string] }, { anyOf: [string, cat, dog] }],
  [
    'alternatives of several types',
    {
      anyOf: [
        { type: 'string', maxLength: 3 },
        { type: 'integer', minimum: 1 },
      ],
    },
    { type: ['integer', 'string'], maxLength: 3, minimum: 1 },
  ],
  ['one alternative', { anyOf: [string] }, string],
  [
    'spelled-out defaults of a list',
    { type: 'array', minItems: 0, uniqueItems: false, items: {} },
    { type: 'array' },
  ],
  [
    'spelled-out defaults of an object',
    object({ a: string }, { additionalProperties: true, required: [], minProperties: 0 }),
    object({ a: string }),
  ],
  [
    'spelled-out defaults of text',
    { type: 'string', minLength: 0, deprecated: false, readOnly: false },
    string,
  ],
  ['true and an empty schema', object({ a: true }), object({ a: {} })],
  ['an integer above 0', { type: 'integer', exclusiveMinimum: 0 }, { type: 'integer', minimum: 1 }],
  ['integers and numbers together', { type: ['integer', 'number'] }, { type: 'number' }],
  ['keywords about other types', { type: 'string', minimum: 3, properties: { a: string } }, string],
  [
    'members of sets in another order',
    object({ a: string, b: string }, { required: ['a', 'b'] }),
    object({ b: string, a: string }, { required: ['b', 'a'] }),
  ],
  [
    'a schema that contains itself, put in place once',
    ref('Tree'),
    object({ left: nullable(ref('Tree')), name: string }),
  ],
  [
    'a schema that contains itself, put in place twice',
    ref('Tree'),
    object({ left: nullable(object({ left: nullable(ref('Tree')), name: string })), name: string }),
  ],
  [
    'items of a fixed number, and a place for each',
    { type: 'array', items: string, minItems: 2, maxItems: 2 },
    { type: 'array', prefixItems: [string, string], items: ref('Cat'), minItems: 2, maxItems: 2 },
  ],
  [
    'whole numbers beside all numbers',
    { anyOf: [{ type: 'integer' }, { type: 'number' }] },
    { type: 'number' },
  ],
  [
    'whole numbers beside all numbers, within bounds',
    nullable({ type: 'number', minimum: 0.1 }),
    {
      anyOf: [
        { type: 'integer', minimum: 1, maximum: 9 },
        { type: 'number', minimum: 0.1 },
        { type: 'null' },
      ],
    },
  ],
  ['both truth values, listed', { type: 'boolean' }, { enum: [true, false] }],
  ['a list of schemas that contain themselves', ref('Forest'), { type: 'array', items: ref('Tree') }],
  [
    'words',
    { ...string, title: 'Text', example: 'a', 'x-order': 3 },
    { ...string, description: 'A text.', $comment: 'No.' },
  ],
];
