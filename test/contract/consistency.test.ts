import { expect, test } from 'vitest';
import { isScalar, isSeq, parse, parseDocument, type Scalar, visit } from 'yaml';
import { inconsistencies } from './consistency.ts';
import { parsedContract, yamlText } from './read-yaml.ts';

test('defaults and examples agree with the rest of the contract', () => {
  expect(inconsistencies(parsedContract())).toEqual([]);
});

type Contract = ReturnType<typeof parsedContract>;
const schemasOf = ({ components }: Contract) => components.schemas;
const example = ({ components }: Contract, name: string) => components.examples[name].value;

const breaches: [what: string, breach: (contract: Contract) => void, message: string | RegExp][] = [
  [
    'a default below its minimum',
    ({ components }) => {
      components.parameters.limit.schema.default = -500;
    },
    /^\/components\/parameters\/limit\/schema: the default -500 must be >= \d+$/,
  ],
  [
    'a default of another type',
    (contract) => {
      schemasOf(contract).TrainingModel.properties.extended_context.default = 'no';
    },
    '/components/schemas/TrainingModel/properties/extended_context: the default no must be boolean',
  ],
  [
    'an example whose code is not its status',
    (contract) => {
      example(contract, 'Conflict').code = 404;
    },
    'response 409, example conflict: its code is 404',
  ],
  [
    'an example whose type does not fit its status',
    (contract) => {
      example(contract, 'BadGateway').type = 'stripe_error';
    },
    'response 502, example bad_gateway: its type stripe_error does not fit',
  ],
  [
    'a list longer than its limit',
    (contract) => {
      example(contract, 'Catalog').limit = 1;
    },
    'response 200, example catalog: lists more models than its limit',
  ],
  [
    'a total smaller than the list',
    (contract) => {
      example(contract, 'FilteredCatalog').total = 1;
    },
    'response 200, example filtered: its total is smaller than its list',
  ],
  [
    'a total that is not the number of matches',
    (contract) => {
      example(contract, 'FilteredCatalog').total = 1000;
    },
    /^response 200, example filtered: its total is 1000, \d+ models match$/,
  ],
  [
    'a filtered list out of catalog order',
    (contract) => {
      example(contract, 'FilteredCatalog').models.reverse();
    },
    'response 200, example filtered: its models are not the first that match',
  ],
  [
    'a price that changed in one place',
    (contract) => {
      example(contract, 'FilteredCatalog').models[0].pricing.train += 1;
    },
    'response 200, example filtered: its models are not the first that match',
  ],
  [
    'a validation error about a parameter that the query does not have',
    (contract) => {
      example(contract, 'LimitTooLarge').errors[0].loc = ['query', 'family'];
    },
    'response 422, example limit_too_large: the summary asks for query.limit, the errors are about query.family',
  ],
  [
    'a validation error without items',
    (contract) => {
      delete example(contract, 'LimitTooLarge').errors;
    },
    /limit_too_large: the summary asks for query\.limit, the errors are about $/,
  ],
  [
    'an example of a refusal that came to an end',
    ({ components }) => {
      components.parameters.limit.schema.maximum += 100;
    },
    /^response 422, example limit_too_large: the contract takes limit=\d+$/,
  ],
  [
    'a bound that is another by now',
    ({ components }) => {
      components.parameters.limit.schema.maximum -= 1;
    },
    /^response 422, example limit_too_large: \d+ is no bound of limit$/,
  ],
  [
    'a response without examples',
    ({ components }) => {
      components.responses.NotFound.content['application/json'].examples = {};
    },
    'response 404 has no example',
  ],
  [
    'the description of another status',
    ({ components }) => {
      components.responses.NotFound.description = components.responses.AccessForbidden.description;
    },
    'response 404 is described in the words of 403',
  ],
];

test.each(breaches)('%s is noticed', (_, breach, message) => {
  const contract = parsedContract();
  breach(contract);
  expect(inconsistencies(contract)).toContainEqual(
    typeof message === 'string' ? message : expect.stringMatching(message),
  );
});

test('the catalog says that it is illustrative', () => {
  const { components, info } = parsedContract();
  expect(components.examples.Catalog.description).toMatch(/illustrative/i);
  expect(info.description).toMatch(/illustrative/);
});

test('the words of an enum are quoted in the YAML, so that no word can turn into a number or a boolean', () => {
  expect(unquotedEnumWords(yamlText)).toEqual([]);
  expect(unquotedEnumWords('enum: ["a", no, 1e3, 400]')).toEqual(['no', '1e3']);
});

test('the keys of statuses are quoted in the YAML and stay text', () => {
  expect(yamlText.match(/^ +[1-5]\d\d:/m)).toBeNull();
});

test('YAML 1.1 and YAML 1.2 parsers read the same contract', () => {
  expect(parse(yamlText, { version: '1.1' })).toEqual(parse(yamlText, { version: '1.2' }));
});

/** Plain whole numbers are what they look like in every version of YAML; all else must be quoted. */
function unquotedEnumWords(yaml: string): string[] {
  const words: string[] = [];
  visit(parseDocument(yaml), {
    Pair(_, { key, value }) {
      if (!isScalar(key) || key.value !== 'enum' || !isSeq(value)) return;
      const plain = (value.items as Scalar[]).filter(({ type }) => type === 'PLAIN');
      words.push(...plain.map(({ source }) => source ?? '').filter((source) => !/^\d+$/.test(source)));
    },
  });
  return words;
}
