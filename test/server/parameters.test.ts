/** Every query parameter of the catalog makes a difference, so that a new one is not left without a meaning. */
import { expect, test } from 'vitest';
import { models, queryParameters } from '../contract/from-yaml.ts';
import { ask } from './ask.ts';

/** Every value inside a value. */
const leaves = (value: unknown): unknown[] =>
  typeof value === 'object' && value !== null ? Object.values(value).flatMap(leaves) : [value];

test.each(queryParameters)('the parameter $name changes what is answered', async ({ name, schema }) => {
  const everything = await (await ask()).text();
  let isActedOn = false;
  // Where a value comes from does not matter, as long as the contract takes it.
  for (const value of new Set([...leaves(models), ...leaves(schema), true, false])) {
    const response = await ask(`?${new URLSearchParams({ [name]: String(value) })}`);
    if (response.status === 200 && (await response.text()) !== everything) isActedOn = true;
  }
  const toDo = `The reference server checks the parameter ${name} and does nothing with it: give it a meaning in src/server/catalog.ts, and a check in src/verify/catalog/filters.ts (CONTRIBUTING says what else it wants).`;
  expect(isActedOn, toDo).toBe(true);
});
