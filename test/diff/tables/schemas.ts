/** Edits of a schema, with what they mean for what is sent and for what comes back. */
import type { Rating } from './contract.ts';
import { type Any, nullable } from './small.ts';

const string = { type: 'string' };
const number = { type: 'number' };
const object = (properties: Any, more: Any = {}) => ({ type: 'object', properties, ...more });
const pet = (kind: string, more: Any = {}) =>
  object({ kind: { const: kind }, ...more }, { required: ['kind'] });

export const schemaEdits: [name: string, before: Any, after: Any, sent: Rating, back: Rating][] = [
  // Types.
  ['null is let in', string, nullable(string), 'minor', 'major'],
  ['null is let in no more', nullable(string), string, 'major', 'minor'],
  ['the type is another one', string, { type: 'boolean' }, 'major', 'major'],
  ['an integer becomes a number', { type: 'integer' }, number, 'minor', 'major'],
  ['a number becomes an integer', number, { type: 'integer' }, 'major', 'minor'],
  [
    'a bounded number becomes an integer',
    { type: 'number', minimum: 0.1 },
    { type: 'integer', minimum: 0.1 },
    'major',
    'minor',
  ],
  ['a type is asked for', {}, string, 'major', 'minor'],
  ['no type is asked for any more', string, {}, 'minor', 'major'],
  ['a second type is let in', string, { type: ['string', 'integer'], minimum: 3 }, 'minor', 'major'],
  ['nothing fits any more', object({ a: string }), object({ a: false }), 'major', 'minor'],
  ['something fits again', object({ a: false }), object({ a: string }), 'minor', 'major'],

  // Lists of values.
  ['a list is put on text', string, { type: 'string', enum: ['a', 'b'] }, 'major', 'minor'],
  ['a list is taken off', { type: 'string', enum: ['a', 'b'] }, string, 'minor', 'major'],
  ['a list gains a value', { enum: ['a', 'b'] }, { enum: ['a', 'b', 'c'] }, 'minor', 'minor'],
  ['a list loses a value', { enum: ['a', 'b', 'c'] }, { enum: ['a', 'b'] }, 'major', 'minor'],
  ['a list gains and loses', { enum: ['a', 'b'] }, { enum: ['a', 'c'] }, 'major', 'minor'],
  [
    'a list beside null gains',
    nullable({ enum: ['a', 'b'] }),
    nullable({ enum: ['a', 'b', 'c'] }),
    'minor',
    'minor',
  ],
  ['a list of one gains', { const: 'a' }, { enum: ['a', 'b'] }, 'minor', 'major'],
  ['a list of numbers gains', { enum: [0.5, 1.5] }, { enum: [-1, 0.5, 1.5] }, 'minor', 'minor'],
  [
    'a list that has null gains',
    { enum: ['a', 'b', null] },
    { enum: ['a', 'b', 'c', null] },
    'minor',
    'minor',
  ],
  ['a list gains null', { enum: ['a', 'b'] }, { enum: ['a', 'b', null] }, 'minor', 'major'],
  ['integers of a list become decimals', { enum: [1, 2] }, { enum: [1, 2, 2.5] }, 'minor', 'minor'],

  // Bounds.
  [
    'an upper bound is lowered',
    { type: 'integer', maximum: 9 },
    { type: 'integer', maximum: 8 },
    'major',
    'minor',
  ],
  [
    'an upper bound is raised',
    { type: 'integer', maximum: 8 },
    { type: 'integer', maximum: 9 },
    'minor',
    'major',
  ],
  ['a lower bound is added', number, { type: 'number', minimum: 0 }, 'major', 'minor'],
  ['a lower bound is removed', { type: 'number', minimum: 0 }, number, 'minor', 'major'],
  [
    'a bound excludes its end',
    { type: 'number', minimum: 0 },
    { type: 'number', exclusiveMinimum: 0 },
    'major',
    'minor',
  ],
  [
    'a bound takes its end in',
    { type: 'number', exclusiveMaximum: 1 },
    { type: 'number', maximum: 1 },
    'minor',
    'major',
  ],
  [
    'text may be longer',
    { type: 'string', maxLength: 9 },
    { type: 'string', maxLength: 10 },
    'minor',
    'major',
  ],
  [
    'text has to be longer',
    { type: 'string', minLength: 1 },
    { type: 'string', minLength: 2 },
    'major',
    'minor',
  ],
  ['a pattern is added', string, { type: 'string', pattern: '^a' }, 'major', 'minor'],
  [
    'a pattern is another one',
    { type: 'string', pattern: '^a' },
    { type: 'string', pattern: '^b' },
    'major',
    'major',
  ],
  ['a format is added', string, { type: 'string', format: 'uuid' }, 'major', 'minor'],
  ['steps are asked for', number, { type: 'number', multipleOf: 0.5 }, 'major', 'minor'],
  ['items have to differ', { type: 'array' }, { type: 'array', uniqueItems: true }, 'major', 'minor'],
  ['more items are let in', { type: 'array', maxItems: 3 }, { type: 'array', maxItems: 4 }, 'minor', 'major'],

  // Objects.
  ['a property is added', object({}), object({ a: string }), 'minor', 'minor'],
  ['a required property is added', object({}), object({ a: string }, { required: ['a'] }), 'major', 'minor'],
  ['a property is removed', object({ a: string, b: string }), object({ b: string }), 'major', 'major'],
  [
    'a required property is removed',
    object({ a: string }, { required: ['a'] }),
    object({}),
    'major',
    'major',
  ],
  [
    'a property becomes required',
    object({ a: string }),
    object({ a: string }, { required: ['a'] }),
    'major',
    'minor',
  ],
  [
    'a property is no longer required',
    object({ a: string }, { required: ['a'] }),
    object({ a: string }),
    'minor',
    'major',
  ],
  [
    'a property may be left out or null',
    object({ a: string }, { required: ['a'] }),
    object({ a: nullable(string) }),
    'minor',
    'major',
  ],
  [
    'a property without a schema is asked for',
    object({}),
    { type: 'object', required: ['a'] },
    'major',
    'minor',
  ],
  [
    'further properties are forbidden',
    object({ a: string }),
    object({ a: string }, { additionalProperties: false }),
    'major',
    'minor',
  ],
  [
    'further properties are let in',
    object({ a: string }, { additionalProperties: false }),
    object({ a: string }),
    'minor',
    'major',
  ],
  [
    'a property is added where nothing else was to come',
    object({ a: string }, { additionalProperties: false }),
    object({ a: string, b: string }, { additionalProperties: false }),
    'minor',
    'major',
  ],
  [
    'values of a map narrow',
    { type: 'object', additionalProperties: number },
    { type: 'object', additionalProperties: { type: 'integer' } },
    'major',
    'minor',
  ],
  [
    'a map gets a rule',
    { type: 'object' },
    { type: 'object', additionalProperties: number },
    'major',
    'minor',
  ],
  [
    'a property is deprecated',
    object({ a: string }),
    object({ a: { ...string, deprecated: true } }),
    'minor',
    'minor',
  ],
  [
    'a deprecation is taken back',
    object({ a: { ...string, deprecated: true } }),
    object({ a: string }),
    'patch',
    'patch',
  ],
  [
    'a property is only read',
    object({ a: string }),
    object({ a: { ...string, readOnly: true } }),
    'major',
    undefined,
  ],
  [
    'a property that is only read is required',
    object({ a: { ...string, readOnly: true } }),
    object({ a: { ...string, readOnly: true } }, { required: ['a'] }),
    undefined,
    'minor',
  ],

  // Defaults.
  [
    'a default is another one',
    object({ a: { ...number, default: 1 } }),
    object({ a: { ...number, default: 2 } }),
    'major',
    'major',
  ],
  [
    'a default that is a list is another one',
    object({ a: { type: 'array', default: [1] } }),
    object({ a: { type: 'array', default: [{}] } }),
    'major',
    'major',
  ],
  ['a default is removed', object({ a: { ...number, default: 1 } }), object({ a: number }), 'major', 'major'],
  ['a default is given', object({ a: number }), object({ a: { ...number, default: 1 } }), 'major', 'minor'],
  [
    'a property becomes required, so that its default does not count',
    object({ a: { ...number, default: 1 } }),
    object({ a: number }, { required: ['a'] }),
    'major',
    'minor',
  ],

  // Alternatives.
  [
    'an alternative is added',
    { anyOf: [pet('cat'), pet('dog')] },
    { anyOf: [pet('cat'), pet('dog'), pet('cow')] },
    'minor',
    'major',
  ],
  [
    'an alternative is removed',
    { anyOf: [pet('cat'), pet('dog'), pet('cow')] },
    { anyOf: [pet('cow'), pet('cat')] },
    'major',
    'minor',
  ],
  ['one becomes one of two', pet('cat'), { oneOf: [pet('dog'), pet('cat')] }, 'minor', 'major'],
  [
    'an alternative gains a property',
    { oneOf: [pet('cat'), pet('dog')] },
    { oneOf: [pet('dog', { age: number }), pet('cat')] },
    'minor',
    'minor',
  ],
  [
    'alternatives exclude each other',
    { anyOf: [object({ a: string }), object({ b: string })] },
    { oneOf: [object({ a: string }), object({ b: string })] },
    'major',
    'minor',
  ],
  [
    'alternatives exclude each other no more',
    { oneOf: [object({ a: string }), object({ b: string })] },
    { anyOf: [object({ a: string }), object({ b: string })] },
    'minor',
    'major',
  ],
  [
    'a part is added to all',
    { allOf: [object({ a: string })] },
    { allOf: [object({ a: string }), object({ b: string }, { required: ['b'] })] },
    'major',
    'minor',
  ],

  // What can't be told.
  ['what must not fit is another thing', { not: string }, { not: number }, 'major', 'major'],
  ['something must not fit', {}, { not: number }, 'major', 'minor'],
  ['something may fit again', { not: number }, {}, 'minor', 'major'],
  [
    'places in a list',
    { type: 'array', prefixItems: [string] },
    { type: 'array', prefixItems: [string, number] },
    'major',
    'minor',
  ],
];
