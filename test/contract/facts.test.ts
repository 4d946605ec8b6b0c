import { expect, test } from 'vitest';
import { type Fact, facts, violatedFacts } from './facts.ts';
import { leftOut, mutate } from './mutants.ts';
import { parsedContract } from './read-yaml.ts';

test('the contract says what the reference page says, and nothing more', () => {
  expect(violatedFacts(parsedContract())).toEqual([]);
});

test('each violated fact is told in a sentence that names the place, the finding and the source', () => {
  const known: Fact[] = [
    { place: 'API', aspect: 'paths', value: ['/pets'], basis: 'stated' },
    { place: 'API', aspect: 'servers', value: [], basis: 'stated' },
    { place: 'components', aspect: 'schemas', value: ['Pet'], basis: 'stated' },
    { place: '/pets', aspect: 'operations', value: ['get'], basis: 'stated' },
    { place: 'GET /pets', aspect: 'parameters', value: ['limit'], basis: 'stated' },
    { place: 'GET /pets', aspect: 'responses', value: ['200 Pets', '404 NotFound'], basis: 'stated' },
    { place: 'parameter limit of GET /pets', aspect: 'name', value: 'limit', basis: 'stated' },
    { place: 'schema of parameter limit of GET /pets', aspect: 'default', value: 20, basis: 'stated' },
    { place: 'Pet', aspect: 'enum', value: ['cat', 'dog'], basis: 'stated' },
    { place: 'Pet', aspect: 'default', value: 'cat', basis: 'inferred' },
  ];
  const contract = {
    openapi: '3.1.0',
    paths: {
      '/pets': {
        get: {
          parameters: [{ name: 'limit', schema: { default: 500 } }],
          responses: {
            '200': { $ref: '#/components/responses/Pets' },
            '404': { $ref: '#/components/responses/BadGateway' },
          },
        },
      },
    },
    components: { schemas: { Pet: { enum: ['cat', 'cow'] } } },
  };
  expect(violatedFacts(contract, known)).toEqual([
    'GET /pets: responses lacks 404 NotFound; the reference page states 200 Pets, 404 NotFound',
    'schema of parameter limit of GET /pets: default is 500; the reference page states 20',
    'Pet: enum lacks dog; the reference page states cat, dog',
    'Pet: default is missing; inferred from the reference page is cat',
    'GET /pets: responses has 404 BadGateway, which is not among the facts',
    'Pet: enum has cow, which is not among the facts',
  ]);
});

test('no place and aspect is both stated and inferred with one value', () => {
  const keys = facts.flatMap(({ place, aspect, value }) =>
    [value].flat().map((member) => `${place} ${aspect} ${member}`),
  );
  expect(new Set(keys).size).toBe(keys.length);
});

test('every change to a part of the contract that carries meaning violates a fact', () => {
  const { mutants, spared } = mutate(parsedContract());
  const survivors = mutants
    .filter(({ document }) => violatedFacts(document).length === 0)
    .map(({ pointer, change }) => `${pointer} ${change}`);
  const places = new Set(mutants.map(({ pointer }) => pointer)).size;
  console.log(
    `${mutants.length} mutants in ${places} places of the contract, ${survivors.length} survived; ${spared.length} places of prose and examples left out`,
  );
  expect(survivors).toEqual([]);
  // A walk that went nowhere would find no survivors either.
  expect(mutants.length).toBeGreaterThan(2000);
});

test('what the mutation leaves out is prose and examples, each entry of the list in use', () => {
  const { spared } = mutate(parsedContract());
  const used = spared.map((pointer) => (pointer in leftOut ? pointer : pointer.split('/').at(-1)));
  expect([...new Set(used)].filter((key) => key !== 'example').sort()).toEqual(Object.keys(leftOut).sort());
});
