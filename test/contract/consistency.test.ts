import { expect, test } from 'vitest';
import { isScalar, isSeq, parse, parseDocument, type Scalar, visit } from 'yaml';
import { inconsistencies } from './consistency.ts';
import { models } from './models.ts';
import { parsedContract, yamlText } from './read-yaml.ts';

test('defaults, examples and descriptions agree with the rest of the contract', () => {
  expect(inconsistencies(parsedContract())).toEqual([]);
});

type Contract = ReturnType<typeof parsedContract>;
const schemasOf = ({ components }: Contract) => components.schemas;
const example = ({ components }: Contract, name: string) => components.examples[name].value;

const breaches: [what: string, breach: (contract: Contract) => void, message: string | RegExp][] = [
  [
    'a default above its maximum',
    ({ components }) => {
      components.parameters.limit.schema.default = 500;
    },
    '/components/parameters/limit/schema: the default 500 must be <= 100',
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
      example(contract, 'Catalog').limit = 19;
    },
    'response 200, example catalog: lists more models than its limit',
  ],
  [
    'a total smaller than the list',
    (contract) => {
      example(contract, 'FilteredCatalog').total = 2;
    },
    'response 200, example filtered: its total is smaller than its list',
  ],
  [
    'a total that is not the number of matches',
    (contract) => {
      example(contract, 'FilteredCatalog').total = 6;
    },
    'response 200, example filtered: its total is 6, 5 models match',
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
      example(contract, 'Catalog').models[0].pricing.train = 0.1;
    },
    'response 200, example catalog: its models are not the first that match',
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
    'response 404: "The key is valid but may not read the training catalog." is not what 404 means',
  ],
  [
    'a retry that the client must not do',
    ({ components: { responses } }) => {
      responses.NotFound.description = responses.NotFound.description.replace('client: no', 'client: yes');
    },
    'response 404: the second paragraph must be "Retried by the client: no."',
  ],
  [
    'a description without advice',
    ({ components: { responses } }) => {
      responses.NotFound.description = responses.NotFound.description.split('\n\n').slice(0, 2).join('\n\n');
    },
    'response 404: the third and last paragraph must start with "What to do: "',
  ],
  [
    'a list of types in place of anyOf',
    ({ components }) => {
      components.parameters.query.schema = { type: ['string', 'null'] };
    },
    '/components/parameters/query/schema: null must be a branch of anyOf',
  ],
  [
    'null among the values of an enum',
    (contract) => {
      schemasOf(contract).TrainingModel.properties.family.enum.push(null);
    },
    '/components/schemas/TrainingModel/properties/family: null must be a branch of anyOf',
  ],
];

test.each(breaches)('%s is noticed', (_, breach, message) => {
  const contract = parsedContract();
  breach(contract);
  expect(inconsistencies(contract)).toContainEqual(
    typeof message === 'string' ? message : expect.stringMatching(message),
  );
});

test('the catalog example is the twenty models, and says that it is illustrative', () => {
  const contract = parsedContract();
  const { description, value } = contract.components.examples.Catalog;
  expect(models).toHaveLength(20);
  expect(value).toEqual({ limit: 20, total: 20, models });
  expect(description).toMatch(/illustrative/i);
  expect(contract.info.description).toMatch(/illustrative/);
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
