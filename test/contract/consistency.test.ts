import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { inconsistencies } from './consistency.ts';
import { type Edit, partsOf } from './edit.ts';
import { parsedContract, yamlText } from './read-yaml.ts';

test('defaults and examples agree with the rest of the contract', () => {
  expect(inconsistencies(parsedContract())).toEqual([]);
});

/** Edits that make a contract disagree with itself, each with what is said of it. */
const breaches: [message: RegExp, edit: Edit][] = [
  [
    /^\/components\/parameters\/limit\/schema: the default -500 must be >= \d+$/,
    ({ parameters }) => (parameters.limit.schema.default = -500),
  ],
  [
    /^\/components\/schemas\/TrainingModel\/properties\/extended_context: the default no must be boolean$/,
    ({ model }) => (model.extended_context.default = 'no'),
  ],
  [
    /^response 409, example conflict: its code is 404$/,
    ({ examples }) => (examples.Conflict.value.code = 404),
  ],
  [
    /^response 502, example bad_gateway: its type stripe_error is none of those that errors in facts\.ts has: /,
    ({ examples }) => (examples.BadGateway.value.type = 'stripe_error'),
  ],
  [
    /^response 200, example catalog: lists more models than its limit$/,
    ({ examples }) => (examples.Catalog.value.limit = 1),
  ],
  [
    /^response 200, example filtered: its total is 1000, \d+ models match$/,
    ({ examples }) => (examples.FilteredCatalog.value.total = 1000),
  ],
  [
    /^response 200, example filtered: its models are (\S+), \S+, (\S+), the first that match \2, \S+, \1$/,
    ({ examples }) => examples.FilteredCatalog.value.models.reverse(),
  ],
  [
    /^response 200, example filtered: pricing of \S+ is not as in the catalog$/,
    ({ examples }) => (examples.FilteredCatalog.value.models[0].pricing.train += 1),
  ],
  [
    /limit_too_large: the summary asks for query\.limit, the errors are about query\.family$/,
    ({ examples }) => (examples.LimitTooLarge.value.errors[0].loc = ['query', 'family']),
  ],
  [
    /^response 422, example limit_too_large: the contract takes limit=\d+$/,
    ({ parameters }) => (parameters.limit.schema.maximum += 100),
  ],
  [
    /^response 422, example limit_too_large: \d+ is no bound of limit$/,
    ({ parameters }) => (parameters.limit.schema.maximum -= 1),
  ],
  [
    /^response 404 has no example$/,
    ({ responses }) => (responses.NotFound.content['application/json'].examples = {}),
  ],
];

test.each(breaches)('a contradiction is reported: %s', (message, edit) => {
  const contract = parsedContract();
  edit(partsOf(contract));
  expect(inconsistencies(contract)).toContainEqual(expect.stringMatching(message));
});

test('the catalog says that it is illustrative', () => {
  const { components, info } = parsedContract();
  expect(components.examples.Catalog.description).toMatch(/illustrative/i);
  expect(info.description).toMatch(/illustrative/);
});

test('YAML 1.1 and YAML 1.2 parsers read the same contract, in which statuses are text', () => {
  expect(parse(yamlText, { version: '1.1' })).toEqual(parse(yamlText, { version: '1.2' }));
  expect(yamlText.match(/^ +[1-5]\d\d:/m)).toBeNull();
});
