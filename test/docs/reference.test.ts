/** The reference page in a real browser without a network, at the width of a desk and of a phone. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { readContract } from '../../scripts/contract/read.ts';
import { buildDocs } from '../../scripts/docs.ts';
import { catalogPath, models } from '../contract/from-yaml.ts';
import { parsedContract } from '../contract/read-yaml.ts';
import { type OpenPage, oneLine, type Pages, startPages } from './page.ts';

interface Response {
  description: string;
  'x-retry'?: boolean;
  'x-advice'?: string;
}

const { paths, components } = parsedContract();
const responses = Object.entries<{ $ref: string }>(paths[catalogPath].get.responses).map(
  ([status, { $ref }]): [string, Response] => [
    status,
    components.responses[$ref.split('/').at(-1) as string],
  ],
);
const errors = responses.filter(([, response]) => 'x-retry' in response);

let pages: Pages;

beforeAll(async () => {
  pages = await startPages(await buildDocs(await readContract()));
});

afterAll(() => pages?.close());

describe.each([
  { name: 'desktop', width: 1280, height: 900 },
  { name: 'phone', width: 390, height: 844 },
])('at $name width', ({ width, height }) => {
  let open: OpenPage;

  beforeAll(async () => {
    open = await pages.open({ width, height });
  });
  afterAll(() => open?.page.close());

  test('the endpoint comes first, then a table of what each error means and asks for', async () => {
    const heading = (name: string) => open.page.locator('h2', { hasText: name }).boundingBox();
    const endpoint = await heading(paths[catalogPath].get.summary);
    const guide = await heading('Errors');
    expect(endpoint?.y).toBeLessThan(Number(guide?.y));

    const rows = (await open.page.getByRole('row').allInnerTexts()).map((row) => oneLine(row));
    expect(rows).toEqual([
      'Status Meaning Retried What to do',
      ...errors.map(([status, response]) =>
        oneLine(
          `${status} ${response.description} ${response['x-retry'] ? 'yes' : 'no'} ${response['x-advice']}`,
        ),
      ),
    ]);
  });

  test('the table and the page are no wider than the screen', async () => {
    const [table, around, page] = await open.page.evaluate<[number, number, number]>(
      "((table) => [table.scrollWidth, table.parentElement.clientWidth, document.documentElement.scrollWidth])(document.querySelector('table'))",
    );
    expect(table).toBeLessThanOrEqual(around);
    expect(page).toBeLessThanOrEqual(width);
  });

  test('a request with a filter can be copied as a command and as TypeScript', async () => {
    await expect
      .poll(open.text)
      .toMatch(/curl --get 'https:\S+' \\ -d 'family=\w+' .* -H "Authorization: Bearer /);
    await open.page.getByText('curl', { exact: true }).first().click();
    await open.page.getByText('TypeScript', { exact: true }).first().click();
    await expect.poll(open.text).toMatch(/await client\.call\(\w+, \{ query: \{ family: '\w+', /);
  });

  test('the first model of the first example is open', async () => {
    const shown = JSON.stringify(models[0]).replaceAll(/[\s"]/g, '');
    const seen = async () => (await open.text()).replaceAll(/[\s"]/g, '');
    await expect.poll(seen).toContain(shown);
  });

  test('every status says what it means and, where it is an error, what to do', async () => {
    for (const [status, response] of responses) {
      await open.page.getByRole('tab', { name: status, exact: true }).first().click();
      const said = [
        response.description,
        ...('x-retry' in response ? [`Retried by the client: ${response['x-retry'] ? 'yes' : 'no'}.`] : []),
        ...('x-advice' in response ? [`What to do: ${response['x-advice']}.`] : []),
      ];
      await expect.poll(open.text).toContain(said.map(oneLine).join(' '));
    }
  });

  test('a link leads to the package', async () => {
    const link = open.page.getByRole('link', { name: `npm install ${manifest.name}` });
    expect(await link.getAttribute('href')).toBe(`https://www.npmjs.com/package/${manifest.name}`);
  });

  test('nothing fails meanwhile, and no request leaves the machine', () => {
    expect(open.complaints.filter((line) => !line.includes('Content Security Policy'))).toEqual([]);
    expect(open.refused.filter((reason) => reason !== 'csp')).toEqual([]);
  });
});
