import { expect, test } from 'vitest';
import { violatedFacts } from './facts.ts';
import { leftOut, mutate } from './mutants.ts';
import { parsedContract } from './read-yaml.ts';

test('the contract says what the reference page says, and nothing more', () => {
  expect(violatedFacts(parsedContract())).toEqual([]);
});

test('every change to a part of the contract that carries meaning violates a fact', () => {
  const { mutants, spared } = mutate(parsedContract());
  const survivors = mutants
    .filter(({ document }) => violatedFacts(document).length === 0)
    .map(({ pointer, change }) => `${pointer} ${change}`);
  const parts = new Set(mutants.map(({ pointer }) => pointer)).size;
  console.log(
    `${mutants.length} mutants in ${parts} parts of the contract, ${survivors.length} survived; ${spared.length} parts of prose and examples left out`,
  );
  expect(survivors).toEqual([]);
  // A walk that went nowhere would find no survivors either.
  expect(mutants.length).toBeGreaterThan(1500);
});

test('the mutation leaves out prose and examples only, and uses each entry of its list', () => {
  const { spared } = mutate(parsedContract());
  const used = spared.map((pointer) => (pointer in leftOut ? pointer : pointer.split('/').at(-1)));
  expect([...new Set(used)].filter((key) => key !== 'example').sort()).toEqual(Object.keys(leftOut).sort());
});
