/** The reference page in a real browser without a network, at the width of a desk and of a phone. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readContract } from '../../scripts/contract/read.ts';
import { buildDocs } from '../../scripts/docs.ts';
import { catalogPath } from '../contract/from-yaml.ts';
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
}, 120_000);

afterAll(() => pages?.close());

describe.each([
  { name: 'desktop', width: 1280, height: 900 },
  { name: 'phone', width: 390, height: 844 },
])('at $name width', ({ width, height }) => {
  let open: OpenPage;

  beforeAll(async () => {
    open = await pages.open({ width, height });
  }, 120_000);
  afterAll(() => open?.page.close());

  test('the error guide says for every status what it means, whether it is retried and what to do', async () => {
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

  test('the error guide fits, and names every type of error', async () => {
    const [inner, outer] = await open.page.evaluate<number[]>(
      "((table) => [table.scrollWidth, table.parentElement.clientWidth])(document.querySelector('table'))",
    );
    expect(inner).toBeLessThanOrEqual(outer as number);
    const text = await open.text();
    for (const type of components.schemas.APIErrorPayload.properties.type.enum) expect(text).toContain(type);
  });

  test('a status leads from the guide to its response, with what is said about it in view', async () => {
    const [status, { description }] = errors[3] as [string, Response];
    await open.page.getByRole('link', { name: status, exact: true }).click();
    const tab = open.page.getByRole('tab', { name: status, exact: true, selected: true }).first();
    await tab.waitFor();
    // Not the cell of the guide, which says the same.
    const shown = open.page.locator('p', { hasText: description }).first();
    let before: unknown;
    const isInViewAndStill = async () => {
      const box = await shown.boundingBox();
      const still = box?.y === before;
      before = box?.y;
      return still && box !== null && box.y >= 0 && box.y + box.height <= height;
    };
    await expect.poll(isInViewAndStill, { interval: 300, timeout: 10_000 }).toBe(true);
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

  test('a request can be copied as a command and as TypeScript', async () => {
    expect(await open.text()).toMatch(/curl 'https:\/\/\S+' \\ -H "Authorization: Bearer /);
    // Dispatched, as the page may still be moving to the response of the test before.
    await open.page.getByText('curl', { exact: true }).first().dispatchEvent('click');
    await open.page.getByText('TypeScript', { exact: true }).first().dispatchEvent('click');
    await expect.poll(open.text).toContain('await client.listModels(');
  });

  test('all the while the console stays clean and no request leaves the machine', () => {
    expect(open.complaints).toEqual([]);
    expect(open.requests).toEqual([]);
  });
});
