/** The backend's own document, which has FastAPI's ways and describes much more than our paths. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { root } from '../../scripts/contract/read.ts';
import { compareAll } from '../../scripts/diff/compare.ts';
import { diff } from '../../scripts/diff.ts';
import { type Any, nullable } from './tables/small.ts';

const contract = 'test/diff/documents/contract.yaml';
const backend = 'test/diff/documents/backend.json';
const read = (name: string): Any => parse(readFileSync(path.join(root, name), 'utf8'));

const edited = path.join(tmpdir(), `backend-${process.pid}.json`);
afterAll(() => rmSync(edited, { force: true }));

/** Edits the backend's document as a file, and compares. */
function compareEdited(edit: (document: Any) => void, options: { failOn?: 'minor'; words?: boolean } = {}) {
  const document = read(backend);
  edit(document);
  writeFileSync(edited, JSON.stringify(document, null, 2));
  return diff({ directory: root, base: contract, revision: edited, ...options });
}

const changesIn = (report: string[]) => report.filter((line) => /^(?:major|minor|patch)/.test(line));

test('a document that says the same has no changes but words, which are one line', async () => {
  const { lines: report, problems } = await diff({ directory: root, base: contract, revision: backend });
  expect(report).toEqual([
    expect.stringMatching(
      /^words {2}\d+ of the descriptions, titles, examples, tags and other words differ; --words/,
    ),
    `diff: ${contract} → ${backend}: 0 major, 0 minor, 0 patch, words aside.`,
  ]);
  expect(problems).toEqual([]);
});

test('the words can be listed', async () => {
  const { lines: report } = await diff({ directory: root, base: contract, revision: backend, words: true });
  expect(report).toContain('patch  Description of query parameter `genre` was removed.');
  expect(report.at(-1)).toMatch(/: 0 major, 0 minor, [1-9]\d* patch\.$/);
});

test('it makes no difference which of the two comes first', async () => {
  const { lines: report, problems } = await diff({ directory: root, base: backend, revision: contract });
  expect(changesIn(report)).toEqual([]);
  expect(problems).toEqual([]);
});

test('a bound, a value and a field are three changes, with their places in the document', async () => {
  const { lines: report, problems } = await compareEdited(({ paths, components: { schemas } }) => {
    paths['/api/v1/books'].get.parameters[0].schema.maximum = 50;
    schemas.Genre.enum.push('history');
    schemas.Book.properties.bought = {
      ...nullable({ type: 'string', format: 'date-time' }),
      title: 'Bought',
    };
  });
  expect(changesIn(report)).toEqual([
    'major  `maximum` of query parameter `limit` changed from 100 to 50.',
    'minor  Property `bought` was added.',
    'minor  Property `genre` gained "history". (clients read values newer than the contract, so callers do not break)',
  ]);
  expect(report.at(-1)).toMatch(/: 1 major, 2 minor, 0 patch, words aside\.$/);
  expect(problems).toEqual(['1 change is major, and --fail-on major lets none through.']);
  const place = '#/paths/~1api~1v1~1books/get/parameters/0/schema/maximum';
  const [, line] = new RegExp(`${edited}:(\\d+):\\d+ {2}${place}`).exec(report.join('\n')) ?? [];
  expect(readFileSync(edited, 'utf8').split('\n')[Number(line) - 1]).toContain('"maximum": 50');
});

test('--fail-on sets what is too much', async () => {
  const add = ({ components: { schemas } }: Any) => {
    schemas.Book.properties.isbn = { type: 'string' };
  };
  expect((await compareEdited(add)).problems).toEqual([]);
  expect((await compareEdited(add, { failOn: 'minor' })).problems).toHaveLength(1);
});

test('what a list of values loses in a response is told with a true reason', async () => {
  const { lines: report } = await compareEdited(({ components: { schemas } }) => {
    schemas.ProblemDetail.properties.code.enum = [422];
  });
  expect(changesIn(report)).toEqual([
    'minor  Property `code` lost 404. (fewer values come than before, and callers know all of them)',
  ]);
});

/** Each with all the lines that it is to make. */
const edits: [name: string, lines: string[], edit: (document: Any) => void][] = [
  [
    'other paths and schemas do what they like',
    [],
    ({ paths, components: { schemas } }) => {
      delete paths['/api/v1/readers'];
      paths['/api/v2/readers'] = { get: { responses: { 200: { $ref: '#/nowhere' } } } };
      schemas.Reader = { $ref: '#/components/schemas/Reader' };
    },
  ],
  [
    'schemas have other names',
    [],
    (document) => {
      const text = JSON.stringify(document);
      Object.assign(
        document,
        JSON.parse(text.replaceAll('schemas/Book"', 'schemas/BookOut"').replace('"Book":{', '"BookOut":{')),
      );
    },
  ],
  [
    'a list of values is put in place',
    [],
    ({ components: { schemas } }) => {
      schemas.Book.properties.genre = { ...schemas.Genre, title: 'Genre' };
    },
  ],
  [
    'a path is gone',
    ['major  Operation `GET /api/v1/books` was removed.'],
    ({ paths }) => delete paths['/api/v1/books'],
  ],
  [
    'a path has one more method',
    ['minor  Operation `POST /api/v1/books` was added.'],
    ({ paths }) => {
      paths['/api/v1/books'].post = {
        operationId: 'buy_book',
        responses: { 201: { description: 'Bought.' } },
      };
    },
  ],
  [
    "FastAPI's own body for 422",
    [
      'major  Property `code` was removed.',
      'major  Property `detail` is no longer required.',
      'major  Type of property `detail` changed from string to array.',
    ],
    ({ paths }) => {
      paths['/api/v1/books/{book_id}/loans'].post.responses['422'] =
        paths['/api/v1/readers'].get.responses['422'];
    },
  ],
  [
    'a parameter is asked for',
    ['major  Query parameter `genre` became required.'],
    ({ paths }) => {
      const [, genre] = paths['/api/v1/books'].get.parameters;
      Object.assign(genre, { required: true, schema: genre.schema.anyOf[0] });
    },
  ],
  [
    'a field may be missing or null',
    ['major  Property `until` is no longer required and may be null.'],
    ({ components: { schemas } }) => {
      schemas.Loan.required.pop();
      schemas.Loan.properties.until = nullable(schemas.Loan.properties.until);
    },
  ],
  [
    'the body may be longer in one field and asks for another',
    [
      'major  Required property `address` was added. (calls as they are do not send it)',
      'minor  `maxLength` of property `reader` changed from 80 to 120. (more is accepted than before)',
    ],
    ({ components: { schemas } }) => {
      const { properties, required } = schemas.LoanRequest;
      properties.reader.maxLength = 120;
      properties.address = { type: 'string' };
      required.push('address');
    },
  ],
  [
    'another scheme of access',
    [
      'major  Access to operation `POST /api/v1/books/{book_id}/loans` changed from `http bearer` to `apiKey header X-Key`.',
    ],
    ({ paths, components: { securitySchemes } }) => {
      securitySchemes.Key = { type: 'apiKey', in: 'header', name: 'X-Key' };
      paths['/api/v1/books/{book_id}/loans'].post.security = [{ Key: [] }];
    },
  ],
  [
    'a parameter of the path has another name',
    ['major  `name` of path parameter `book_id` changed from "book_id" to "id". (typed calls name it)'],
    ({ paths }) => {
      const { '/api/v1/books/{book_id}/loans': item } = paths;
      delete paths['/api/v1/books/{book_id}/loans'];
      paths['/api/v1/books/{id}/loans'] = item;
      item.post.parameters[0].name = 'id';
    },
  ],
  [
    'one path is written twice, for two names of its parameter',
    ['minor  Operation `GET /api/v1/books/{id}/loans` was added.'],
    ({ paths }) => {
      paths['/api/v1/books/{id}/loans'] = { get: { operationId: 'loans', responses: {} } };
    },
  ],
];

describe('edits of the backend', () => {
  const base = read(contract);
  const found = compareAll(
    edits.map(([, , edit]) => {
      const revision = read(backend);
      edit(revision);
      return { base, revision, whole: 'revision' };
    }),
  );

  test.each(edits.map(([name, lines], index) => ({ name, lines, index })))(
    '$name',
    async ({ lines, index }) => {
      const changes = (await found)[index]?.filter(({ words }) => !words) ?? [];
      const told = changes.map(
        ({ impact, message, why }) => `${impact}  ${message}${why ? ` (${why})` : ''}`,
      );
      expect(told.sort()).toEqual(lines);
    },
  );
});

test('a document that refers to nowhere where we look is refused with the place', async () => {
  const refused = compareEdited(({ components: { schemas } }) => {
    schemas.Book.properties.genre = { $ref: '#/components/schemas/Kind' };
  });
  await expect(refused).rejects.toThrow(
    /backend-\d+\.json:\d+:\d+ Refers to #\/components\/schemas\/Kind, which is not there\. \(#\/components\/schemas\/Book\/properties\/genre\)/,
  );
});

/** Each with the pointers that the report is to name. */
const places: [name: string, pointers: string[], edit: (document: Any) => void][] = [
  [
    'of a reference that is never null any more: the property, not what it leads to',
    ['#/components/schemas/Book/properties/sequel'],
    ({ components: { schemas } }) => {
      schemas.Book.properties.sequel = { $ref: '#/components/schemas/Book' };
    },
  ],
  [
    'of a property that may be null: the property, not its alternative',
    ['#/components/schemas/Book/properties/title'],
    ({ components: { schemas } }) => {
      schemas.Book.properties.title = nullable(schemas.Book.properties.title);
    },
  ],
  [
    'of a shared schema that has another type: the schema, and where it is one of several alternatives',
    ['#/components/schemas/Genre', '#/paths/~1api~1v1~1books/get/parameters/1/schema'],
    ({ components: { schemas } }) => {
      schemas.Genre = { type: 'integer' };
    },
  ],
  [
    'of an operation that anybody may call: the operation',
    ['#/paths/~1api~1v1~1books/get'],
    ({ paths }) => delete paths['/api/v1/books'].get.security,
  ],
  [
    'of a property that one of several answers lacks: where it was, and which answer',
    [
      '#/components/schemas/ProblemDetail/properties/code',
      '#/paths/~1api~1v1~1books/get/responses/404/content/application~1json/schema',
    ],
    ({ paths }) => {
      paths['/api/v1/books'].get.responses['404'].content['application/json'].schema = {
        type: 'object',
        required: ['detail'],
        properties: { detail: { type: 'string' } },
      };
    },
  ],
];

test.each(places)('the place %s', async (_, pointers, edit) => {
  const { lines: report } = await compareEdited(edit);
  expect(report.flatMap((line) => /^ {7}.*:\d+:\d+ {2}(#.*)$/.exec(line)?.[1] ?? [])).toEqual(pointers);
});
