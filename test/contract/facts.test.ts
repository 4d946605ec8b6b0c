import { expect, test } from 'vitest';
import { facts, violatedFacts } from './facts.ts';
import { leftOut, mutate } from './mutants.ts';
import { parsedContract } from './read-yaml.ts';

test('the contract says what the reference page says, and nothing more', () => {
  expect(violatedFacts(parsedContract())).toEqual([]);
});

test('each violated fact is told in a sentence that names the place, the finding and the source', () => {
  const contract = parsedContract();
  const { limit } = contract.components.parameters;
  const { TrainingModel, APIErrorPayload } = contract.components.schemas;
  limit.schema.default = 500;
  TrainingModel.properties.family.enum = ['llama', 'mistral'];
  delete TrainingModel.properties.extended_context.default;
  APIErrorPayload.properties.errors.anyOf.pop();
  contract.paths['/api/v1/training/catalog'].get.responses['404'].$ref = '#/components/responses/BadGateway';
  expect(violatedFacts(contract)).toEqual([
    'schema of parameter limit: default is 500; the reference page states 20',
    'response 404: meaning is BadGateway; the reference page states NotFound',
    'TrainingModel.extended_context: default is missing; inferred from the reference page is false',
    'TrainingModel.family: enum lacks qwen; the reference page states llama, qwen',
    'APIErrorPayload.errors: anyOf lacks null; inferred from the reference page is null',
    'TrainingModel.family: enum has mistral, which is not among the facts',
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
  expect([...new Set(used)].sort()).toEqual(Object.keys(leftOut).sort());
});
