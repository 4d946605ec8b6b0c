/** The reference page of a contract with several operations. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makePageCopy } from '../../scripts/docs/page-copy.ts';
import { buildDocs } from '../../scripts/docs.ts';
import { contract } from './contract.ts';
import { type OpenPage, type Pages, startPages } from './page.ts';

let pages: Pages;
let open: OpenPage;

beforeAll(async () => {
  pages = await startPages(await buildDocs(contract));
  open = await pages.open({ width: 1280, height: 900 });
}, 120_000);

afterAll(() => pages?.close());

test('the contract itself is left as it is', () => {
  const before = structuredClone(contract);
  makePageCopy(contract);
  expect(contract).toEqual(before);
});

test('the guide has each distinct error once, in order, with the operations that have it', async () => {
  const rows = await open.page.getByRole('row').all();
  const cells = await Promise.all(
    rows.map(async (row) =>
      (await row.getByRole('cell').allInnerTexts()).map((cell) => cell.replaceAll(/\s+/g, ' ')),
    ),
  );
  expect(cells.slice(1)).toEqual([
    ['401', 'No key.', 'no', 'send a key', 'GET /toys POST /toys'],
    ['404', 'Not there.', 'no', 'look again', 'DELETE /toys/{name}'],
    ['413', 'Too | large.', 'no', 'send less', 'POST /toys'],
    ['503', 'Closed.', 'yes', 'try again later', 'all'],
    ['default', 'Whatever else.', 'no', '', 'all'],
  ]);
});

test('each link of the guide opens the response that it names', async () => {
  const links = await open.page.getByRole('row').getByRole('link').all();
  expect(links.length).toBeGreaterThan(5);
  const targets = await Promise.all(links.map(async (link) => String(await link.getAttribute('href'))));
  for (const target of new Set(targets)) {
    const { page } = await pages.open({ width: 1280, height: 900 });
    await page.getByRole('row').locator(`a[href="${target}"]`).first().click();
    const [, place, status] = /^#\/(.*)#.*response&c=(\w+)/.exec(target) ?? [];
    const section = page.locator(`[id="${place}"]`);
    await section
      .getByRole('tab', { name: String(status), exact: true, selected: true })
      .first()
      .waitFor();
    await page.close();
  }
});

test('what may be null is one type, however the contract says so', async () => {
  const { page, text, complaints } = await pages.open({ width: 1280, height: 3000 });
  await page.getByRole('tab', { name: '200' }).first().waitFor();
  await expect.poll(text).toContain('after string or null');
  expect(await text()).toMatch(/\bkind string or null .*"bear" "car"/);
  expect(await text()).toMatch(/\bsize object or null \(Size\)/);
  expect(await text()).toMatch(/\bparts Array of objects or null \(Toy\)/);
  expect(await text()).toMatch(/\bwhole object or null \(Toy\)/);
  expect(await text()).toMatch(/\bcode string or integer or null/);
  expect(await text()).not.toMatch(/\b(?:Any|One) of\b/);
  expect(complaints).toEqual([]);
  await page.close();
});

test('tags of the contract keep their place after the errors', () => {
  expect(makePageCopy(contract).tags).toMatchObject([{ name: 'Errors' }, { description: 'Boxes.' }]);
});

test('a contract without errors has no guide', () => {
  const responses = { '204': { description: 'Gone.' } };
  const paths = { '/gone': { get: { summary: 'Go', responses } } };
  expect(makePageCopy({ ...contract, paths, tags: [] }).tags).toEqual([]);
});
