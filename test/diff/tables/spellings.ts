/** Pairs of schemas that mean the same; words aside, the one may stand for the other anywhere. */
import {
  type Any,
  allOf,
  anyOf,
  array,
  integer,
  listed,
  nullable,
  number,
  object,
  oneOf,
  ref,
  text,
} from './small.ts';

const list = text({ enum: ['a', 'b'] });
const cat = object({ kind: { const: 'cat' } }, { required: ['kind'] });
const dog = object({ kind: { const: 'dog' } }, { required: ['kind'] });
const named = object({ id: text(), name: text() }, { required: ['id'] });

/** What references lead to. */
export const schemas: Any = {
  Text: text(),
  List: list,
  Cat: cat,
  Pet: { oneOf: [ref('Cat'), dog], discriminator: { propertyName: 'kind' } },
  Base: object({ id: text() }, { required: ['id'] }),
  Tree: object({ left: nullable(ref('Tree')), name: text() }),
  Forest: array({ items: ref('Tree') }),
};

export const spellings: [name: string, one: Any, other: Any][] = [
  ['null as an alternative or a type', nullable(text()), { type: ['string', 'null'] }],
  [
    'anyOf and oneOf with null',
    nullable(number({ minimum: 1 })),
    oneOf({ type: 'null' }, number({ minimum: 1 })),
  ],
  ['null beside a reference', nullable(ref('Cat')), { ...cat, type: ['object', 'null'] }],
  ['null beside a list of values', nullable(list), listed('b', null, 'a')],
  [
    'null beside a reference to a list',
    nullable(ref('List')),
    { type: ['string', 'null'], enum: ['a', 'b', null] },
  ],
  ['null in an alternative of an alternative', nullable(nullable(text())), { type: ['null', 'string'] }],
  ['a list of one and const', { const: 'a' }, text({ enum: ['a'] })],
  ['lists in pieces', anyOf({ const: 'a' }, { const: 'b' }), list],
  ['values that do not fit the type', text({ enum: ['a', 'b', 3] }), list],
  ['the type of listed values', listed(1, 2), integer({ enum: [2, 1] })],
  ['a reference and what it leads to', ref('Text'), text()],
  ['allOf around one reference', allOf(ref('Cat')), ref('Cat')],
  ['allOf around items', array({ items: allOf(ref('Cat')) }), array({ items: cat })],
  ['a default beside a reference', { ...ref('Text'), default: 'a' }, text({ default: 'a' })],
  ['a default beside null', nullable(text({ default: 'a' })), { ...nullable(text()), default: 'a' }],
  ['a base and more', allOf(ref('Base'), object({ name: text() })), named],
  ['a base with words beside it', { allOf: [ref('Base')], description: 'A base.' }, ref('Base')],
  [
    'a base that is asked for in part',
    allOf(object({ id: text(), name: text() }), { required: ['id'] }),
    named,
  ],
  ['alternatives in another order', anyOf(ref('Cat'), dog), anyOf(dog, cat)],
  ['alternatives that a tag tells apart', oneOf(cat, dog), anyOf(dog, cat)],
  ['alternatives of alternatives', anyOf(anyOf(cat, dog), text()), anyOf(text(), cat, dog)],
  [
    'alternatives of several types',
    anyOf(text({ maxLength: 3 }), integer({ minimum: 1 })),
    { type: ['integer', 'string'], maxLength: 3, minimum: 1 },
  ],
  ['one alternative', anyOf(text()), text()],
  ['spelled-out defaults of a list', array({ minItems: 0, uniqueItems: false, items: {} }), array()],
  [
    'spelled-out defaults of an object',
    object({ a: text() }, { additionalProperties: true, required: [], minProperties: 0 }),
    object({ a: text() }),
  ],
  ['spelled-out defaults of text', text({ minLength: 0, deprecated: false, readOnly: false }), text()],
  ['true and an empty schema', object({ a: true }), object({ a: {} })],
  ['an integer above 0', integer({ exclusiveMinimum: 0 }), integer({ minimum: 1 })],
  ['integers and numbers together', { type: ['integer', 'number'] }, number()],
  ['keywords about other types', text({ minimum: 3, properties: { a: text() } }), text()],
  [
    'members of sets in another order',
    object({ a: text(), b: text() }, { required: ['a', 'b'] }),
    object({ b: text(), a: text() }, { required: ['b', 'a'] }),
  ],
  [
    'a schema that contains itself, put in place once',
    ref('Tree'),
    object({ left: nullable(ref('Tree')), name: text() }),
  ],
  [
    'a schema that contains itself, put in place twice',
    ref('Tree'),
    object({ left: nullable(object({ left: nullable(ref('Tree')), name: text() })), name: text() }),
  ],
  [
    'items of a fixed number, and a place for each',
    array({ items: text(), minItems: 2, maxItems: 2 }),
    array({ prefixItems: [text(), text()], items: ref('Cat'), minItems: 2, maxItems: 2 }),
  ],
  ['whole numbers beside all numbers', anyOf(integer(), number()), number()],
  [
    'whole numbers beside all numbers, within bounds',
    nullable(number({ minimum: 0.1 })),
    anyOf(integer({ minimum: 1, maximum: 9 }), number({ minimum: 0.1 }), { type: 'null' }),
  ],
  ['both truth values, listed', { type: 'boolean' }, listed(true, false)],
  ['a list of schemas that contain themselves', ref('Forest'), array({ items: ref('Tree') })],
  [
    'words',
    text({ title: 'Text', example: 'a', 'x-order': 3 }),
    text({ description: 'A text.', $comment: 'No.' }),
  ],
];
