/** Documents that are broken, recursive or large: an answer, or a line with the pointer. */
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

/** Alternatives of alternatives, more than are compared. */
const alternatives = (from: number) =>
  anyOf(...Array.from({ length: 8 }, (_, index) => ({ pattern: `${from}${index}` })));
const many = allOf(...Array.from({ length: 8 }, (_, index) => alternatives(index)));

const circle = { a: { '{$url}': { post: { callbacks: { a: { $ref: '#/components/callbacks/a' } } } } } };

test.each<[name: string, document: Any, problem: RegExp]>([
  ['a reference to nowhere', returning(ref('A')), /Refers to #\/components\/schemas\/A, which is not there/],
  [
    'a reference to another file',
    returning({ $ref: './a.yaml#/A' }),
    /no pointer into this document; bundle it/,
  ],
  ['a schema that is itself', returning(ref('A'), { A: ref('A') }), /nothing but itself/],
  ['a schema that is text', returning('string'), /A schema is an object, true or false/],
  ['alternatives of alternatives', returning(many), /Too many alternatives/],
  ['a path that is itself', api({}, { paths: { '/a': { $ref: '#/paths/~1a' } } }), /nothing but itself/],
  ['a callback in itself', api({ callbacks: circle }, { components: { callbacks: circle } }), /too deeply/],
  ['a response that is not there', api({ responses: { 200: { $ref: '#/nowhere' } } }), /which is not there/],
  ['a scheme that is not there', api({ security: [{ nobody: [] }] }), /nobody, which is no security scheme/],
  ['a parameter that is nothing', api({ parameters: [null] }), /An object is expected here/],
])('%s is refused with its pointer', async (_, document, problem) => {
  const error = await compare(api({}), document).catch((error: unknown) => error);
  expect(error).toBeInstanceOf(NotComparable);
  const pointer = expect.stringMatching(/^#\//);
  expect(error).toMatchObject({ side: 'revision', message: expect.stringMatching(problem), pointer });
});

test('a document with any node missing or of another type is compared, or refused with a pointer', () => {
  const source = readFileSync(path.join(root, 'test/diff/documents/backend.json'), 'utf8');
  function* paths(node: Any, keys: string[] = []): Generator<string[]> {
    if (typeof node !== 'object' || node === null) return;
    for (const key of Object.keys(node)) {
      yield [...keys, key];
      yield* paths(node[key], [...keys, key]);
    }
  }
  const base = JSON.parse(source);
  const problems: unknown[] = [];
  for (const keys of paths(base)) {
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

test('properties named after members of Object are compared like others', async () => {
  const schema = JSON.parse(
    '{ "constructor": 1, "properties": { "constructor": { "type": "string" }, "__proto__": { "type": "string" } }, "type": "object" }',
  );
  const named = (one: Any) =>
    api({ responses: { 200: { description: '', content: { constructor: one, toString: {} } } } });
  const changes = await compare(named({ schema: object({}) }), named({ schema }));
  expect(changes.map(({ message }) => message).sort()).toEqual([
    'Property `__proto__` was added.',
    'Property `constructor` was added.',
  ]);
});

describe('recursion', () => {
  test('an edit inside a recursive schema is one change, however it is reached', async () => {
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
      { severity: 'major', message: 'Type of property `leaf` changed from string to integer.' },
    ]);
  });

  test('schemas that narrow each other recursively are compared', async () => {
    const document = (name: Any) =>
      returning(ref('A'), {
        Base: object({ child: ref('Base'), name: text() }),
        A: allOf(ref('Base'), object({ child: ref('A'), other: ref('B') })),
        B: allOf(ref('Base'), object({ child: ref('B'), other: ref('A'), name })),
      });
    expect(await compare(document({}), document({ maxLength: 3 }))).toMatchObject([{ severity: 'minor' }]);
  });

  test('schemas that contain each other in alternatives are compared', async () => {
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

  test.each([
    ['a schema a hundred levels deep', 100, (next: Any) => object({ next })],
    ['references that multiply', 40, (next: Any) => object({ a: next, b: next })],
  ])('%s: an edit at its end is one change', async (_, depth, level) => {
    const levels = Array.from({ length: depth }, (_, index) => [`L${index}`, level(ref(`L${index + 1}`))]);
    const document = (last: Any) =>
      returning(anyOf(ref('L0'), object({ other: text() })), {
        ...Object.fromEntries(levels),
        [`L${depth}`]: last,
      });
    const changes = await compare(document(text()), document(integer()));
    expect(new Set(changes.map(({ revision }) => revision))).toEqual(
      new Set([`#/components/schemas/L${depth}`]),
    );
  });
});

describe('files', () => {
  const document = asking({ schema: text() });

  test('aliases and merged keys of YAML are resolved', async () => {
    const yaml = stringify(document).replace('schema:\n', 'schema: &a\n').replace(/$/, 'x-b: { <<: *a }\n');
    const read = new ContractDocument('a.yaml', yaml);
    expect(read.content['x-b']).toEqual(text());
  });

  test('aliases of aliases that multiply are refused', () => {
    const lines = Array.from(
      { length: 60 },
      (_, level) => `x-${level + 1}: &l${level + 1} [*l${level}, *l${level}]`,
    );
    const yaml = `openapi: 3.1.0\nx-0: &l0 [a]\n${lines.join('\n')}\npaths: {}\n`;
    expect(() => new ContractDocument('a.yaml', yaml)).toThrow(/^a\.yaml: Excessive alias count/);
  });

  test.each([
    ['JSON with a byte order mark', `\uFEFF${JSON.stringify(document)}`],
    ['YAML with a byte order mark', `\uFEFF${stringify(document)}`],
    ['YAML with CRLF line ends', stringify(document).replaceAll('\n', '\r\n')],
  ])('%s is read', (_, source) => {
    const read = new ContractDocument('a', source);
    expect(read.content).toEqual(document);
    expect(read.locate('#/paths/~1things/post/parameters/0/name')).toMatch(/^a:\d+:\d+$/);
  });

  test('keys that are given twice are refused with their position', () => {
    expect(() => new ContractDocument('a.yaml', 'openapi: 3.1.0\npaths: {}\npaths: {}\n')).toThrow(
      /^a\.yaml: .* at line 3/,
    );
  });
});
