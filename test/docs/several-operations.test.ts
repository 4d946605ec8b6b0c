/** The reference page of a contract with several operations. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readContract } from '../../scripts/contract/read.ts';
import { makePageCopy } from '../../scripts/docs/page-copy.ts';
import { buildDocs } from '../../scripts/docs.ts';
import { type OpenPage, type Pages, startPages, toysPath } from './page.ts';

const contract = await readContract(toysPath);

let pages: Pages;
let open: OpenPage;

beforeAll(async () => {
  pages = await startPages(await buildDocs(contract));
  open = await pages.open({ width: 1280, height: 3000 });
});

afterAll(() => pages?.close());

test('the contract itself is not changed', () => {
  const before = structuredClone(contract);
  makePageCopy(contract);
  expect(contract).toEqual(before);
});

test('the table has each distinct error once, in order, with the operations that have it', async () => {
  const rows = await open.page.getByRole('row').all();
  const cells = await Promise.all(
    rows.map(async (row) =>
      (await row.getByRole('cell').allInnerTexts()).map((cell) => cell.replaceAll(/\s+/g, ' ')),
    ),
  );
  expect(cells.slice(1)).toEqual([
    ['401', 'No key.', 'no', 'send a key', 'GET /toys POST /toys'],
    ['413', 'Too | large.', 'no', 'send less', 'POST /toys'],
    ['503', 'Closed.', 'yes', 'try again later', 'all'],
    ['default', 'Whatever else.', 'no', '', 'all'],
  ]);
});

test('a nullable value is one type, however the contract writes it', async () => {
  const { page, text, complaints } = open;
  await page.getByRole('tab', { name: '200' }).first().waitFor();
  await expect.poll(text).toContain('after string or null');
  expect(await text()).toMatch(/\bkind string or null .*"bear" "car"/);
  expect(await text()).toMatch(/\bsize object or null \(Size\)/);
  expect(await text()).toMatch(/\bparts Array of objects or null \(Toy\)/);
  expect(await text()).toMatch(/\bwhole object or null \(Toy\)/);
  // The one choice is between two types, neither of them null.
  expect((await text()).match(/\b(?:Any|One) of\b/gi)).toHaveLength(1);
  expect(complaints.filter((line) => !line.includes('Content Security Policy'))).toEqual([]);
});

test('operations without a tag come between those with tags and the errors', () => {
  expect(makePageCopy(contract).tags).toMatchObject([
    { name: 'Toy boxes' },
    { name: '' },
    { name: 'Errors' },
  ]);
});

test('a contract without errors has no table of them', () => {
  const responses = { '204': { description: 'Gone.' } };
  const paths = { '/gone': { get: { summary: 'Go', tags: ['all'], responses } } };
  expect(makePageCopy({ ...contract, paths, tags: [] }).tags).toEqual([]);
});
