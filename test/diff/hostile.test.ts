/** Documents that are broken, recursive, deep or large: an answer or a line with the place, in little time. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { root } from '../../scripts/contract/read.ts';
import { Refused } from '../../scripts/contract/resolve.ts';
import { compare, NotComparable } from '../../scripts/diff/compare.ts';
import { ContractDocument } from '../../scripts/diff/document.ts';
import { formOf, itemsOf } from '../../scripts/diff/form.ts';
import {
  type Any,
  allOf,
  anyOf,
  api,
  array,
  asking,
  integer,
  nullable,
  object,
  oneOf,
  ref,
  returning,
  text,
} from './tables/small.ts';

/** Alternatives of alternatives, more than can be told apart. */
const many = allOf(
  ...Array.from({ length: 8 }, (_, i) =>
    anyOf(...Array.from({ length: 8 }, (_, j) => ({ pattern: `${i}${j}` }))),
  ),
);

test.each<[name: string, schema: Any, problem: RegExp, schemas?: Any]>([
  ['a reference to nowhere', ref('Nowhere'), /Refers to #\/components\/schemas\/Nowhere, which is not there/],
  ['a reference to another file', { $ref: './a.yaml#/A' }, /is no place in this document; bundle it first/],
  ['a schema that is itself', ref('A'), /nothing but itself/, { A: ref('A') }],
  ['a schema that is text', 'string', /A schema is an object, true or false/],
  ['a schema that is a number', 1, /A schema is an object, true or false/],
  ['alternatives of alternatives', many, /Too many alternatives/],
])('%s is refused with its place', async (_, schema, problem, schemas) => {
  const base = returning(text());
  const revision = returning(schema, schemas);
  const error = await compare(base, revision).catch((error: unknown) => error);
  expect(error).toBeInstanceOf(NotComparable);
  expect(error).toMatchObject({
    side: 'revision',
    message: expect.stringMatching(problem),
    pointer: expect.stringMatching(/^#\//),
  });
});

test.each<[name: string, document: Any]>([
  ['a path that is itself', api({}, { paths: { '/a': { $ref: '#/paths/~1a' } } })],
  [
    'a parameter that is itself',
    {
      ...api({ parameters: [{ $ref: '#/components/parameters/p' }] }),
      components: { parameters: { p: { $ref: '#/components/parameters/p' } } },
    },
  ],
  ['a response that is not there', api({ responses: { 200: { $ref: '#/components/responses/nowhere' } } })],
  ['a scheme that is not there', api({ security: [{ nobody: [] }] })],
  ['a parameter that is nothing', api({ parameters: [null] })],
])('%s is refused with its place', async (_, document) => {
  await expect(compare(document, document)).rejects.toThrow(NotComparable);
});

test.each<[name: string, operation: Any]>([
  ['a list where a map is meant', { responses: [], parameters: {}, security: {}, callbacks: [] }],
  ['nothing at all', { responses: null, parameters: null, requestBody: undefined, tags: null }],
  [
    'names that objects have',
    { responses: { 200: { description: '', content: { constructor: {}, __proto__: {}, toString: {} } } } },
  ],
])('%s does no harm', async (_, operation) => {
  expect(await compare(api(operation), api(operation))).toEqual([]);
});

test('keywords that are named like methods are no keywords', async () => {
  const schema = JSON.parse(
    '{ "constructor": 1, "__proto__": 2, "properties": { "constructor": { "type": "string" } }, "type": "object" }',
  );
  expect(await compare(returning(object({})), returning(schema))).toMatchObject([
    { message: 'Property `constructor` was added.' },
  ]);
});

describe('recursion', () => {
  test('an edit inside is one change, however it is reached', async () => {
    const tree = (leaf: Any) =>
      returning(ref('Tree'), {
        Tree: object({
          left: nullable(ref('Tree')),
          right: { allOf: [ref('Tree')], description: 'Right.' },
          all: array({ items: ref('Tree') }),
          leaf,
        }),
      });
    expect(await compare(tree(text()), tree(integer()))).toMatchObject([
      { impact: 'major', message: 'Type of property `leaf` changed from string to integer.' },
    ]);
  });

  test('parts that narrow each other without end come to an end', async () => {
    const document = (name: Any) =>
      returning(ref('A'), {
        Base: object({ child: ref('Base'), name: text() }),
        A: allOf(ref('Base'), object({ child: ref('A'), other: ref('B') })),
        B: allOf(ref('Base'), object({ child: ref('B'), other: ref('A'), name })),
      });
    expect(await compare(document({}), document({ maxLength: 3 }))).toMatchObject([{ impact: 'minor' }]);
  });

  test('two schemas that contain each other in alternatives', async () => {
    const document = (kind: string) =>
      returning(ref('A'), {
        A: oneOf(
          object({ b: ref('B'), kind: { const: 'a' } }),
          object({ a: ref('A'), kind: { const: kind } }, { required: ['kind'] }),
        ),
        B: oneOf(ref('A'), object({ b: nullable(ref('B')) })),
      });
    expect(await compare(document('b'), document('b'))).toEqual([]);
    expect((await compare(document('b'), document('c'))).length).toBeGreaterThan(0);
  });

  /** `L0` refers to `L1`, and so on down to the last one. */
  function levels(count: number, level: (next: Any) => Any, last: Any): Any {
    const names = Array.from({ length: count }, (_, index) => [`L${index}`, level(ref(`L${index + 1}`))]);
    return { ...Object.fromEntries(names), [`L${count}`]: last };
  }

  test('a schema a hundred levels deep', async () => {
    // Beside another one, so that it has to be told which of the alternatives belong together.
    const document = (last: Any) =>
      returning(
        anyOf(ref('L0'), object({ other: text() })),
        levels(100, (next) => object({ next }), last),
      );
    expect(await compare(document(text()), document(nullable(text())))).toMatchObject([
      { impact: 'major', message: 'Property `next` may be null.' },
    ]);
  });

  test('references that multiply are looked at once', async () => {
    const document = (last: Any) =>
      returning(
        ref('L0'),
        levels(40, (next) => object({ a: next, b: next }), last),
      );
    expect(await compare(document(text()), document(integer()))).toHaveLength(1);
  });
});

describe('files', () => {
  const document = asking({ schema: text() });

  test('aliases and merged keys are what they stand for', async () => {
    const yaml = `
openapi: 3.1.0
info: { title: Things, version: 1.0.0 }
x-text: &text { type: string }
paths:
  /things:
    post:
      operationId: things
      parameters:
        - name: q
          in: query
          schema: { <<: *text }
      responses: { "204": { description: Done. } }
`;
    const changes = await compare(document, new ContractDocument('a.yaml', yaml).content);
    expect(changes.filter(({ words }) => !words)).toEqual([]);
  });

  test('aliases of aliases that multiply are refused', () => {
    const levels = Array.from({ length: 60 }, (_, level) => level);
    const lines = levels.map((level) => `x-${level + 1}: &l${level + 1} [*l${level}, *l${level}]`);
    const yaml = `openapi: 3.1.0\nx-0: &l0 [a]\n${lines.join('\n')}\npaths: {}\n`;
    expect(() => new ContractDocument('a.yaml', yaml)).toThrow(/^a\.yaml: Excessive alias count/);
  });

  test.each([
    ['JSON with a mark of byte order', `\uFEFF${JSON.stringify(document)}`],
    ['YAML with a mark of byte order', `\uFEFF${stringify(document)}`],
    ['lines that end as on Windows', stringify(document).replaceAll('\n', '\r\n')],
  ])('%s is read', async (_, source) => {
    const read = new ContractDocument('a', source);
    expect(await compare(document, read.content)).toEqual([]);
    expect(read.locate('#/paths/~1things/get/parameters/0/name')).toMatch(/^a:\d+:\d+$/);
  });

  test('keys that are given twice are refused with their place', () => {
    expect(() => new ContractDocument('a.yaml', 'openapi: 3.1.0\npaths: {}\npaths: {}\n')).toThrow(
      /^a\.yaml: .* at line 3/,
    );
  });
});

test('any node of a document may be missing, or be something else: it is compared, or refused with its place', () => {
  const source = readFileSync(path.join(root, 'test/diff/documents/backend.json'), 'utf8');
  function* places(node: Any, keys: string[] = []): Generator<string[]> {
    if (typeof node !== 'object' || node === null) return;
    for (const key of Object.keys(node)) {
      yield [...keys, key];
      yield* places(node[key], [...keys, key]);
    }
  }
  const base = JSON.parse(source);
  const problems: unknown[] = [];
  for (const keys of places(base)) {
    for (const value of [undefined, 7, []]) {
      const revision = JSON.parse(source);
      const parent = keys.slice(0, -1).reduce((node, key) => node[key], revision);
      parent[keys.at(-1) as string] = value;
      try {
        formOf(revision, new Set([...itemsOf(base).keys(), ...itemsOf(revision).keys()]), true);
      } catch (error) {
        if (!(error instanceof Refused)) problems.push([keys.join('/'), value, error]);
      }
    }
  }
  expect(problems).toEqual([]);
});

test('a parameter without schema and content takes anything', async () => {
  expect(await compare(asking({}), asking({ schema: {} }))).toEqual([]);
});
