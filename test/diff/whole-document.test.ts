/** The backend's own document, which has FastAPI's ways and describes much more than our paths. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { root } from '../../scripts/contract/read.ts';
import { diff } from '../../scripts/diff.ts';
import { temporaryFolder } from '../generate/scratch.ts';
import { compareMany } from './many.ts';
import { type Any, nullable, object, ref, text } from './tables/small.ts';

const contract = 'test/diff/documents/contract.yaml';
const backend = 'test/diff/documents/backend.json';
const read = (name: string): Any => parse(readFileSync(path.join(root, name), 'utf8'));

interface Parts {
  document: Any;
  paths: Any;
  /** The operations that the contract has, too. */
  list: Any;
  lend: Any;
  schemas: Any;
}
type Edit = (parts: Parts) => unknown;

/** The backend's document with an edit. */
function edited(edit: Edit): Any {
  const document = read(backend);
  const { paths, components } = document;
  const [list, lend] = [paths['/api/v1/books'].get, paths['/api/v1/books/{book_id}/loans'].post];
  edit({ document, paths, list, lend, schemas: components.schemas });
  return document;
}

function respelled(node: Any): Any {
  if (typeof node !== 'object' || node === null) return node;
  if (Array.isArray(node)) return node.map(respelled);
  const { anyOf, ...rest } = Object.fromEntries(
    Object.entries(node)
      .reverse()
      .map(([key, value]) => [key, respelled(value)]),
  );
  if (rest['$ref']?.includes('/schemas/')) return { allOf: [rest] };
  if (!anyOf) return rest;
  const [one] = anyOf;
  return one.type ? { ...rest, ...one, type: ['null', one.type] } : { ...rest, oneOf: anyOf.reverse() };
}

/** Compares with the edited document as a file. */
function compareEdited(edit: Edit, options: { failOn?: 'minor' } = {}) {
  const revision = path.join(temporaryFolder(), 'backend.json');
  writeFileSync(revision, JSON.stringify(edited(edit), null, 2));
  return diff({ directory: root, base: contract, revision, ...options });
}

test('changes of words are listed with the option words', async () => {
  const { lines } = await diff({ directory: root, base: contract, revision: backend, words: true });
  expect(lines).toContain('patch  Description of query parameter `genre` was removed.');
  expect(lines.at(-1)).toMatch(/: 0 major, 0 minor, [1-9]\d* patch\.$/);
});

test('it makes no difference which of the two comes first', async () => {
  const { lines, problems } = await diff({ directory: root, base: backend, revision: contract });
  expect(lines.filter((line) => /^(?:major|minor|patch)/.test(line))).toEqual([]);
  expect(problems).toEqual([]);
});

test('--fail-on sets the lowest severity that fails', async () => {
  const add: Edit = ({ schemas }) => {
    schemas.Book.properties.isbn = text();
  };
  expect((await compareEdited(add)).problems).toEqual([]);
  expect((await compareEdited(add, { failOn: 'minor' })).problems).toHaveLength(1);
});

/** Each with all the lines that it is to make. */
const edits: [name: string, lines: string[], edit: Edit][] = [
  [
    'paths and schemas that the contract lacks are broken',
    [],
    ({ paths, schemas }) => {
      delete paths['/api/v1/readers'];
      paths['/api/v2/readers'] = { get: { responses: { 200: { $ref: '#/nowhere' } } } };
      schemas.Reader = ref('Reader');
    },
  ],
  [
    'schemas have other names',
    [],
    ({ document }) => {
      const renamed = JSON.stringify(document).replaceAll('schemas/Book"', 'schemas/BookOut"');
      Object.assign(document, JSON.parse(renamed.replace('"Book":{', '"BookOut":{')));
    },
  ],
  [
    'keys are reversed, null is spelled otherwise, and references stand in allOf',
    [],
    ({ document }) => Object.assign(document, respelled(document)),
  ],
  [
    'a list of values is inlined',
    [],
    ({ schemas }) => (schemas.Book.properties.genre = { ...schemas.Genre, title: 'Genre' }),
  ],
  [
    'a list of values loses one in a response',
    ['minor  Property `code` lost 404. (more is promised than before)'],
    ({ schemas }) => (schemas.ProblemDetail.properties.code.enum = [422]),
  ],
  [
    'a path is gone',
    ['major  Operation `GET /api/v1/books` was removed.'],
    ({ paths }) => delete paths['/api/v1/books'],
  ],
  [
    'a path has one more method',
    ['minor  Operation `POST /api/v1/books` was added.'],
    ({ paths }) => (paths['/api/v1/books'].post = { operationId: 'buy_book', responses: {} }),
  ],
  [
    "422 has FastAPI's own body",
    [
      'major  Property `code` was removed.',
      'major  Property `detail` is no longer required. (it may be missing now)',
      'major  Type of property `detail` changed from string to array.',
    ],
    ({ paths, lend }) => (lend.responses['422'] = paths['/api/v1/readers'].get.responses['422']),
  ],
  [
    'a parameter is asked for',
    [
      'major  Query parameter `genre` became required. (calls as they are do not send it)',
      'major  Query parameter `genre` is never null any more.',
    ],
    ({ list }) => {
      const [, genre] = list.parameters;
      Object.assign(genre, { required: true, schema: genre.schema.anyOf[0] });
    },
  ],
  [
    'a field may be missing or null',
    [
      'major  Property `until` is no longer required. (it may be missing now)',
      'major  Property `until` may be null.',
    ],
    ({ schemas: { Loan } }) => {
      Loan.required.pop();
      Loan.properties.until = nullable(Loan.properties.until);
    },
  ],
  [
    'the body may be longer in one field and asks for another',
    [
      'major  Required property `address` was added. (calls as they are do not send it)',
      'minor  `maxLength` of property `reader` changed from 80 to 120. (more is accepted than before)',
    ],
    ({ schemas: { LoanRequest } }) => {
      LoanRequest.properties.reader.maxLength = 120;
      LoanRequest.properties.address = text();
      LoanRequest.required.push('address');
    },
  ],
  [
    'an operation asks for another security scheme',
    [
      'major  Access to operation `POST /api/v1/books/{book_id}/loans` changed from `http bearer` to `apiKey header X-Key`.',
    ],
    ({ document, lend }) => {
      document.components.securitySchemes.Key = { type: 'apiKey', in: 'header', name: 'X-Key' };
      lend.security = [{ Key: [] }];
    },
  ],
  [
    'a parameter of the path has another name',
    ['major  `name` of path parameter `id` changed from "book_id" to "id". (typed calls name it)'],
    ({ paths, lend }) => {
      delete paths['/api/v1/books/{book_id}/loans'];
      paths['/api/v1/books/{id}/loans'] = { post: lend };
      lend.parameters[0].name = 'id';
    },
  ],
  [
    'one path is written twice, for two names of its parameter',
    ['minor  Operation `GET /api/v1/books/{id}/loans` was added.'],
    ({ paths }) => (paths['/api/v1/books/{id}/loans'] = { get: { operationId: 'loans', responses: {} } }),
  ],
];

test('a document that refers to nowhere where we look is refused with the pointer', async () => {
  const refused = compareEdited(({ schemas }) => {
    schemas.Book.properties.genre = ref('Kind');
  });
  await expect(refused).rejects.toThrow(
    /backend\.json:\d+:\d+ Refers to #\/components\/schemas\/Kind, which is not there\. \(#\/components\/schemas\/Book\/properties\/genre\)/,
  );
});

/** Each with the pointers that the lines are to name. */
const located: [name: string, pointers: string[], edit: Edit][] = [
  [
    'of a reference that is never null any more: the property, not what it leads to',
    ['#/components/schemas/Book/properties/sequel'],
    ({ schemas }) => (schemas.Book.properties.sequel = ref('Book')),
  ],
  [
    'of a property that may be null: the property, not its alternative',
    ['#/components/schemas/Book/properties/title'],
    ({ schemas }) => (schemas.Book.properties.title = nullable(schemas.Book.properties.title)),
  ],
  [
    'of a shared schema that has another type: the schema, and where it is one of several alternatives',
    ['#/components/schemas/Genre', '#/paths/~1api~1v1~1books/get/parameters/1/schema'],
    ({ schemas }) => (schemas.Genre = { type: 'integer' }),
  ],
  [
    'of an operation that anybody may call: the operation',
    ['#/paths/~1api~1v1~1books/get'],
    ({ list }) => delete list.security,
  ],
  [
    'of a parameter of the path: the path item',
    ['#/paths/~1api~1v1~1books~1{book_id}~1loans/parameters/0/schema/maxLength'],
    ({ paths, lend }) => {
      const [bookId] = lend.parameters;
      delete lend.parameters;
      paths['/api/v1/books/{book_id}/loans'].parameters = [
        { ...bookId, schema: { ...bookId.schema, maxLength: 9 } },
      ];
    },
  ],
  [
    'of a bound in a part of allOf: the part',
    ['#/components/schemas/Short/maxLength'],
    ({ schemas }) => {
      schemas.Short = { maxLength: 9 };
      schemas.Book.properties.title = { allOf: [ref('Short'), text()] };
    },
  ],
  [
    'of a schema that is inlined: its new one',
    ['#/components/schemas/Book/properties/genre/enum'],
    ({ schemas }) => (schemas.Book.properties.genre = { ...schemas.Genre, enum: ['novel'] }),
  ],
  [
    'of a list of values with two parents: the list, once',
    ['#/components/schemas/Genre/enum'],
    ({ schemas }) => schemas.Genre.enum.push('history'),
  ],
  [
    'of a property that one of several answers lacks: where it was, and which answer',
    [
      '#/components/schemas/ProblemDetail/properties/code',
      '#/paths/~1api~1v1~1books/get/responses/404/content/application~1json/schema',
    ],
    ({ list }) =>
      (list.responses['404'].content['application/json'].schema = object(
        { detail: text() },
        { required: ['detail'] },
      )),
  ],
];

// Both documents under one title, so that all are compared in one run.
const base = { ...read(contract), info: read(backend).info, openapi: '3.1.0' };
const rows = [...edits, ...located].map(([name, expected, edit], index) => ({ name, expected, edit, index }));
const found = compareMany(
  rows.map(({ edit }) => ({ base, revision: { ...edited(edit), openapi: '3.1.0' }, whole: 'revision' })),
);
const changesOf = async (index: number) => (await found)[index]?.filter(({ words }) => !words) ?? [];

test.each(rows.slice(0, edits.length))('$name', async ({ expected, index }) => {
  const changes = await changesOf(index);
  const reported = changes.map(
    ({ severity, message, why }) => `${severity}  ${message}${why ? ` (${why})` : ''}`,
  );
  expect(reported.sort()).toEqual(expected);
});

test.each(rows.slice(edits.length))('the pointer $name', async ({ expected, index }) => {
  const changes = await changesOf(index);
  expect(changes.flatMap(({ base, revision, lacking }) => [revision ?? base, lacking ?? []].flat())).toEqual(
    expected,
  );
});
