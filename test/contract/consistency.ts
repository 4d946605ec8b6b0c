/** What must agree within the contract and no linter sees; one sentence for each disagreement. */
import { isDeepStrictEqual } from 'node:util';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { errors } from './facts.ts';

// biome-ignore lint/suspicious/noExplicitAny: a document read at will; a wrong path fails the tests.
type Any = any;

export function inconsistencies(document: unknown): string[] {
  const responses = responsesOf(document);
  return [
    ...defaults(document),
    ...responses.flatMap(({ status, schema, examples }) => [
      ...(schema && examples.length === 0 ? [`response ${status} has no example`] : []),
      ...examples.flatMap((example) => {
        if (schema === 'TrainingCatalogResponse') return catalogExample(status, example, document);
        return schema === 'APIErrorPayload' ? errorExample(status, example, document) : [];
      }),
    ]),
  ];
}

/** A default must be a value that its own schema accepts. */
function defaults(document: Any): string[] {
  const ajv = new Ajv2020({ strict: false });
  ajv.addSchema(document, 'contract');
  const found: string[] = [];
  const visit = (node: Any, pointer: string): void => {
    if (typeof node !== 'object' || node === null || /\/examples?$/.test(pointer)) return;
    // Elsewhere `default` is the name of a property or a response.
    if ('default' in node && !/\/(properties|responses)$/.test(pointer)) {
      const validate = ajv.compile({ $ref: `contract#${pointer}` });
      if (!validate(node.default)) {
        found.push(`${pointer}: the default ${node.default} ${validate.errors?.[0]?.message}`);
      }
    }
    for (const [key, child] of Object.entries(node)) {
      visit(child, `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`);
    }
  };
  visit(document, '');
  return found;
}

interface Example {
  name: string;
  summary: string;
  value: Any;
}

function errorExample(status: string, { name, summary, value }: Example, document: Any): string[] {
  const where = `response ${status}, example ${name}`;
  const types: readonly string[] = errors[status]?.types ?? [];
  const wrong = [
    ...(String(value.code) === status ? [] : [`${where}: its code is ${value.code}`]),
    ...(types.includes(value.type)
      ? []
      : [
          `${where}: its type ${value.type} is none of those that errors in facts.ts has: ${types.join(', ') || 'none'}`,
        ]),
  ];
  if (status !== '422') return wrong;
  // The summary quotes the query that leads to this error: each parameter in it has an item.
  const blamed = (value.errors ?? []).map((item: Any) => item.loc.join('.'));
  const asked = [...quotedQuery(summary).keys()].map((key) => `query.${key}`);
  const known = Object.keys(document.components.parameters).map((key) => `query.${key}`);
  return [
    ...wrong,
    ...(asked.length > 0 && asked.join() === blamed.join()
      ? []
      : [`${where}: the summary asks for ${asked.join(', ')}, the errors are about ${blamed.join(', ')}`]),
    ...asked.filter((key) => !known.includes(key)).map((key) => `${where}: there is no parameter ${key}`),
    ...takenAfterAll(summary, value, document).map((problem) => `${where}: ${problem}`),
  ];
}

/** A query that the contract takes by now, or a bound that it no longer has: the example was forgotten. */
function takenAfterAll(summary: string, value: Any, document: Any): string[] {
  const ajv = new Ajv2020({ strict: false, coerceTypes: true });
  ajv.addSchema(document, 'contract');
  return [...quotedQuery(summary)].flatMap(([name, text]) => {
    const schema = document.components.parameters[name]?.schema;
    if (!schema) return [];
    const taken = ajv.validate(
      { properties: { [name]: { $ref: `contract#/components/parameters/${name}/schema` } } },
      { [name]: text },
    );
    const said: string = value.errors?.find((item: Any) => item.loc.join('.') === `query.${name}`)?.msg ?? '';
    const bounds = [schema.minimum, schema.maximum].map(String);
    return [
      ...(taken ? [`the contract takes ${name}=${text}`] : []),
      ...(said.match(/\d+/g) ?? [])
        .filter((bound) => !bounds.includes(bound))
        .map((bound) => `${bound} is no bound of ${name}`),
    ];
  });
}

/** A catalog example must be what a server with the models of the first one would answer to the query in its summary. */
function catalogExample(status: string, { name, summary, value }: Example, document: Any): string[] {
  const where = `response ${status}, example ${name}`;
  const query = quotedQuery(summary);
  const minimum = Number(query.get('min_size_b') ?? 0);
  const matches = document.components.examples.Catalog.value.models.filter(
    ({ family, size_b }: Any) => size_b >= minimum && family === (query.get('family') ?? family),
  );
  const limit = Number(query.get('limit') ?? document.components.parameters.limit.schema.default);
  const expected = value.total === 0 ? [] : matches.slice(0, limit);
  return [
    ...(value.models.length > value.limit ? [`${where}: lists more models than its limit`] : []),
    ...(value.total < value.models.length ? [`${where}: its total is smaller than its list`] : []),
    ...(value.limit === limit ? [] : [`${where}: its limit is ${value.limit}, the query's ${limit}`]),
    ...(value.total === 0 || value.total === matches.length
      ? []
      : [`${where}: its total is ${value.total}, ${matches.length} models match`]),
    ...otherModels(value.models, expected).map((problem) => `${where}: ${problem}`),
  ];
}

/** How the models of an example differ from the first that match in the catalog. */
function otherModels(listed: Any[], expected: Any[]): string[] {
  const idsOf = (models: Any[]) => models.map(({ tinker_id }) => tinker_id).join(', ');
  if (idsOf(listed) !== idsOf(expected)) {
    return [`its models are ${idsOf(listed)}, the first that match ${idsOf(expected)}`];
  }
  return expected.flatMap((model, index) => {
    const fields = Object.keys({ ...model, ...listed[index] });
    return fields
      .filter((field) => !isDeepStrictEqual(listed[index][field], model[field]))
      .map((field) => `${field} of ${model.tinker_id} is not as in the catalog`);
  });
}

/** What a summary quotes: "`limit=101`: one more than …" */
function quotedQuery(summary: string): URLSearchParams {
  return new URLSearchParams(/^`(?<query>[^`]+)`/.exec(summary)?.groups?.['query']);
}

interface Response {
  status: string;
  /** The name of the schema of its JSON; undefined if it has none. */
  schema: string | undefined;
  examples: Example[];
}

/** The responses of all operations. */
function responsesOf(document: Any): Response[] {
  const follow = (node: Any): Any =>
    node?.$ref
      ? node.$ref
          .split('/')
          .slice(1)
          .reduce((parent: Any, key: string) => parent[key], document)
      : node;
  const operations = Object.values<Any>(document.paths)
    .flatMap((item) => Object.values<Any>(item))
    .filter(({ responses }) => responses);
  return operations.flatMap(({ responses }) =>
    Object.entries<Any>(responses).map(([status, entry]) => {
      const response = follow(entry);
      const json = response.content?.['application/json'];
      return {
        status,
        schema: json?.schema.$ref?.split('/').at(-1) ?? (json && 'its own'),
        examples: Object.entries<Any>(json?.examples ?? {}).map(([name, example]) => ({
          name,
          ...follow(example),
        })),
      };
    }),
  );
}
