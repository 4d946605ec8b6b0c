/** Edits of a schema, with what they mean for what is sent and for what comes back. */

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
  type Rating,
  text,
} from './small.ts';

/** An object with the property `a`. */
const a = (schema: Any, more: Any = {}) => object({ a: schema }, more);
const optional = a(text());
const required = a(text(), { required: ['a'] });
const closed = a(text(), { additionalProperties: false });
const other = object({ b: text() });
const map = (schema: Any) => ({ type: 'object', additionalProperties: schema });
const pet = (kind: string, more: Any = {}) =>
  object({ kind: { const: kind }, ...more }, { required: ['kind'] });
const [cat, dog, cow] = ['cat', 'dog', 'cow'].map((kind) => pet(kind));

export const schemaEdits: [sent: Rating, back: Rating, name: string, before: Any, after: Any][] = [
  // Types.
  ['minor', 'major', 'null is let in', text(), nullable(text())],
  ['major', 'minor', 'null is let in no more', nullable(text()), text()],
  ['major', 'major', 'the type is another one', text(), { type: 'boolean' }],
  ['minor', 'major', 'an integer becomes a number', integer(), number()],
  ['major', 'minor', 'a number becomes an integer', number(), integer()],
  [
    'major',
    'minor',
    'a bounded number becomes an integer',
    number({ minimum: 0.1 }),
    integer({ minimum: 0.1 }),
  ],
  ['major', 'minor', 'a type is asked for', {}, text()],
  ['minor', 'major', 'no type is asked for any more', text(), {}],
  ['minor', 'major', 'a second type is let in', text(), { type: ['string', 'integer'], minimum: 3 }],
  ['major', 'minor', 'nothing fits any more', optional, a(false)],
  ['minor', 'major', 'something fits again', a(false), optional],

  // Lists of values.
  ['major', 'minor', 'a list is put on text', text(), text({ enum: ['a', 'b'] })],
  ['minor', 'major', 'a list is taken off', text({ enum: ['a', 'b'] }), text()],
  ['minor', 'minor', 'a list gains a value', listed('a', 'b'), listed('a', 'b', 'c')],
  ['major', 'minor', 'a list loses a value', listed('a', 'b', 'c'), listed('a', 'b')],
  ['major', 'minor', 'a list gains and loses', listed('a', 'b'), listed('a', 'c')],
  ['minor', 'minor', 'a list beside null gains', nullable(listed('a', 'b')), nullable(listed('a', 'b', 'c'))],
  ['minor', 'major', 'a list of one gains', { const: 'a' }, listed('a', 'b')],
  ['minor', 'minor', 'a list of numbers gains', listed(0.5, 1.5), listed(-1, 0.5, 1.5)],
  ['minor', 'minor', 'a list that has null gains', listed('a', 'b', null), listed('a', 'b', 'c', null)],
  ['minor', 'major', 'a list gains null', listed('a', 'b'), listed('a', 'b', null)],
  ['minor', 'minor', 'integers of a list become decimals', listed(1, 2), listed(1, 2, 2.5)],

  // Bounds.
  ['major', 'minor', 'an upper bound is lowered', integer({ maximum: 9 }), integer({ maximum: 8 })],
  ['minor', 'major', 'an upper bound is raised', integer({ maximum: 8 }), integer({ maximum: 9 })],
  ['major', 'minor', 'a lower bound is added', number(), number({ minimum: 0 })],
  ['minor', 'major', 'a lower bound is removed', number({ minimum: 0 }), number()],
  ['major', 'minor', 'a bound excludes its end', number({ minimum: 0 }), number({ exclusiveMinimum: 0 })],
  ['minor', 'major', 'a bound takes its end in', number({ exclusiveMaximum: 1 }), number({ maximum: 1 })],
  ['minor', 'major', 'text may be longer', text({ maxLength: 9 }), text({ maxLength: 10 })],
  ['major', 'minor', 'text has to be longer', text({ minLength: 1 }), text({ minLength: 2 })],
  ['major', 'minor', 'a pattern is added', text(), text({ pattern: '^a' })],
  ['major', 'major', 'a pattern is another one', text({ pattern: '^a' }), text({ pattern: '^b' })],
  ['major', 'minor', 'a format is added', text(), text({ format: 'uuid' })],
  ['major', 'minor', 'steps are asked for', number(), number({ multipleOf: 0.5 })],
  ['major', 'minor', 'items have to differ', array(), array({ uniqueItems: true })],
  ['minor', 'major', 'more items are let in', array({ maxItems: 3 }), array({ maxItems: 4 })],

  // Objects.
  ['minor', 'minor', 'a property is added', object({}), optional],
  ['major', 'minor', 'a required property is added', object({}), required],
  ['major', 'major', 'a property is removed', object({ a: text(), b: text() }), other],
  ['major', 'major', 'a required property is removed', required, object({})],
  ['major', 'minor', 'a property becomes required', optional, required],
  ['minor', 'major', 'a property is no longer required', required, optional],
  [
    'major',
    'minor',
    'a property without schema is asked for',
    object({}),
    { type: 'object', required: ['a'] },
  ],
  ['major', 'minor', 'further properties are forbidden', optional, closed],
  ['minor', 'major', 'further properties are let in', closed, optional],
  [
    'minor',
    'major',
    'a property is added to a closed object',
    closed,
    object({ a: text(), b: text() }, { additionalProperties: false }),
  ],
  ['major', 'minor', 'values of a map narrow', map(number()), map(integer())],
  ['major', 'minor', 'a map gets a rule', { type: 'object' }, map(number())],
  ['minor', 'minor', 'a property is deprecated', optional, a(text({ deprecated: true }))],
  ['patch', 'patch', 'a deprecation is taken back', a(text({ deprecated: true })), optional],
  ['major', undefined, 'a property becomes read-only', optional, a(text({ readOnly: true }))],
  [
    undefined,
    'minor',
    'a read-only property is required',
    a(text({ readOnly: true })),
    a(text({ readOnly: true }), { required: ['a'] }),
  ],

  // Defaults.
  ['major', 'major', 'a default is another one', a(number({ default: 1 })), a(number({ default: 2 }))],
  [
    'major',
    'major',
    'a default that is a list changes',
    a(array({ default: [1] })),
    a(array({ default: [{}] })),
  ],
  ['major', 'major', 'a default is removed', a(number({ default: 1 })), a(number())],
  ['major', 'minor', 'a default is given', a(number()), a(number({ default: 1 }))],
  [
    'major',
    'minor',
    'a property with a default becomes required, without it',
    a(number({ default: 1 })),
    a(number(), { required: ['a'] }),
  ],

  // Alternatives.
  ['minor', 'major', 'an alternative is added', anyOf(cat, dog), anyOf(cat, dog, cow)],
  ['major', 'minor', 'an alternative is removed', anyOf(cat, dog, cow), anyOf(cow, cat)],
  ['minor', 'major', 'one becomes one of two', cat, oneOf(dog, cat)],
  [
    'minor',
    'minor',
    'an alternative gains a field',
    oneOf(cat, dog),
    oneOf(pet('dog', { age: number() }), cat),
  ],
  ['major', 'minor', 'alternatives exclude each other', anyOf(optional, other), oneOf(optional, other)],
  ['minor', 'major', 'alternatives may overlap again', oneOf(optional, other), anyOf(optional, other)],
  [
    'major',
    'minor',
    'a part is added to all',
    allOf(optional),
    allOf(optional, object({ b: text() }, { required: ['b'] })),
  ],

  // What can't be told.
  ['major', 'major', 'what must not fit is another thing', { not: text() }, { not: number() }],
  ['major', 'minor', 'something must not fit', {}, { not: number() }],
  ['minor', 'major', 'something may fit again', { not: number() }, {}],
  [
    'major',
    'minor',
    'places in a list',
    array({ prefixItems: [text()] }),
    array({ prefixItems: [text(), number()] }),
  ],
  [
    'major',
    'minor',
    'items of a fixed number get a place each',
    array({ items: anyOf(text(), number()), minItems: 1, maxItems: 1 }),
    array({ prefixItems: [text()], minItems: 1, maxItems: 1 }),
  ],
];

/** Rated higher than need be: whether such an edit gives or takes is not looked into. */
export const cautiousEdits: typeof schemaEdits = [
  [
    'major',
    'major',
    'bounds become a list within them',
    integer({ minimum: 1, exclusiveMaximum: 100, multipleOf: 5 }),
    integer({ enum: [10, 20] }),
  ],
  [
    'major',
    'major',
    'a list becomes bounds around it',
    number({ enum: [0.5, 20] }),
    number({ minimum: 0.1, maximum: 100 }),
  ],
  [
    'major',
    'major',
    'a pattern becomes a list that it lets through',
    text({ pattern: '^[a-z]+$', minLength: 2, maxLength: 5 }),
    text({ enum: ['red', 'green'] }),
  ],
  [
    'major',
    'major',
    'a second pattern',
    allOf(text({ pattern: 'a' })),
    allOf(text({ pattern: 'a' }), { pattern: 'b' }),
  ],
  [
    'major',
    'major',
    'one property of two is asked for',
    other,
    allOf(other, anyOf({ required: ['a'] }, { required: ['b'] })),
  ],
  [
    'major',
    'major',
    'null joins alternatives that one is left of',
    nullable(cat),
    anyOf(cat, dog, { type: 'null' }),
  ],
  [
    'minor',
    'minor',
    'a discriminator is added',
    oneOf(cat, dog),
    { ...oneOf(cat, dog), discriminator: { propertyName: 'kind' } },
  ],
];
