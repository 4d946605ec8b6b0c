/** What must agree within the contract and no linter sees; one sentence for each disagreement. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import { models } from './models.ts';

// biome-ignore lint/suspicious/noExplicitAny: a document read at will; a wrong path fails the tests.
type Any = any;

/** By status: which error types an example may show, and a word that says what the status means. */
const errors: Record<string, { types: string[]; means: RegExp; retried: 'yes' | 'no' }> = {
  400: { types: ['invalid_error'], means: /not be understood/, retried: 'no' },
  401: {
    types: ['authentication_error', 'expired_token_error', 'token_error'],
    means: /no valid api key/i,
    retried: 'no',
  },
  403: { types: ['forbidden_error'], means: /may not/, retried: 'no' },
  404: { types: ['not_found_error'], means: /nothing is served/i, retried: 'no' },
  409: { types: ['already_exists_error', 'conflict_error'], means: /already there/, retried: 'no' },
  422: { types: ['validation_error'], means: /parameter.*value.*not take/, retried: 'no' },
  426: { types: ['upgrade_required_error'], means: /clients this old/, retried: 'no' },
  429: {
    types: ['usage_limit_exceeded_error', 'e2b_rate_limit_error'],
    means: /more requests/i,
    retried: 'yes',
  },
  500: { types: ['server_error', 'app_error'], means: /server failed/, retried: 'yes' },
  502: { types: ['bad_gateway_error'], means: /behind the API gave no usable/, retried: 'yes' },
  504: { types: ['gateway_timeout_error'], means: /behind the API took too long/, retried: 'yes' },
};

export function inconsistencies(document: unknown): string[] {
  const responses = responsesOf(document);
  return [
    ...defaults(document),
    ...nulls(document),
    ...responses.flatMap(({ status, description, examples }) => [
      ...(examples.length === 0 ? [`response ${status} has no example`] : []),
      ...(status === '200' ? [] : guide(status, description)),
      ...examples.flatMap((example) =>
        status === '200' ? catalogExample(example) : errorExample(status, example, document),
      ),
    ]),
  ];
}

/** A default must be a value that its own schema accepts. */
function defaults(document: Any): string[] {
  const ajv = new Ajv2020({ strict: false });
  ajv.addSchema(document, 'contract');
  return schemas(document).flatMap(({ pointer, schema }) => {
    if (!('default' in schema)) return [];
    const validate = ajv.compile({ $ref: `contract#${pointer}` });
    return validate(schema.default)
      ? []
      : [`${pointer}: the default ${schema.default} ${validate.errors?.[0]?.message}`];
  });
}

/** Null is a branch of `anyOf` and nothing else: no list of types, no `nullable`, no null among values. */
function nulls(document: unknown): string[] {
  return schemas(document).flatMap(({ pointer, schema }) => {
    const wrong =
      Array.isArray(schema.type) ||
      'nullable' in schema ||
      schema.const === null ||
      schema.enum?.includes(null) ||
      (schema.type === 'null' && !/\/anyOf\/\d+$/.test(pointer));
    return wrong ? [`${pointer}: null must be a branch of anyOf`] : [];
  });
}

/** Three paragraphs: what the status means, whether the client retries it, what the caller can do. */
function guide(status: string, description: string): string[] {
  const [meaning, retried, advice, ...more] = description.split('\n\n');
  const { means, retried: expected } = errors[status] as (typeof errors)[string];
  return [
    ...(means.test(meaning ?? '') ? [] : [`response ${status}: "${meaning}" is not what ${status} means`]),
    ...(retried === `Retried by the client: ${expected}.`
      ? []
      : [`response ${status}: the second paragraph must be "Retried by the client: ${expected}."`]),
    ...(/^What to do: .+\.$/s.test(advice?.trim() ?? '') && more.length === 0
      ? []
      : [`response ${status}: the third and last paragraph must start with "What to do: "`]),
  ];
}

interface Example {
  name: string;
  summary: string;
  value: Any;
}

function errorExample(status: string, { name, summary, value }: Example, document: Any): string[] {
  const where = `response ${status}, example ${name}`;
  const wrong = [
    ...(String(value.code) === status ? [] : [`${where}: its code is ${value.code}`]),
    ...(errors[status]?.types.includes(value.type) ? [] : [`${where}: its type ${value.type} does not fit`]),
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
  ];
}

/** A catalog example must be what the server would answer to the query that its summary quotes. */
function catalogExample({ name, summary, value }: Example): string[] {
  const where = `response 200, example ${name}`;
  const query = quotedQuery(summary);
  const minimum = Number(query.get('min_size_b') ?? 0);
  const matches = models.filter(
    ({ family, size_b }) => size_b >= minimum && family === (query.get('family') ?? family),
  );
  const limit = Number(query.get('limit') ?? 20);
  const expected = value.total === 0 ? [] : matches.slice(0, limit);
  return [
    ...(value.models.length > value.limit ? [`${where}: lists more models than its limit`] : []),
    ...(value.total < value.models.length ? [`${where}: its total is smaller than its list`] : []),
    ...(value.limit === limit ? [] : [`${where}: its limit is ${value.limit}, the query's ${limit}`]),
    ...(value.total === 0 || value.total === matches.length
      ? []
      : [`${where}: its total is ${value.total}, ${matches.length} models match`]),
    ...(canonical(value.models) === canonical(expected)
      ? []
      : [`${where}: its models are not the first that match`]),
  ];
}

/** What a summary quotes: "`limit=101`: one more than …" */
function quotedQuery(summary: string): URLSearchParams {
  return new URLSearchParams(/^`(?<query>[^`]+)`/.exec(summary)?.groups?.['query']);
}

/** The same text for equal values, whatever the order of keys. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, node) =>
    node && typeof node === 'object' && !Array.isArray(node)
      ? Object.fromEntries(Object.entries(node).sort())
      : node,
  );
}

function responsesOf(document: Any): { status: string; description: string; examples: Example[] }[] {
  const { responses, examples } = document.components;
  const last = (ref: string) => ref.slice(ref.lastIndexOf('/') + 1);
  const [operation] = Object.values<Any>(document.paths).map((item) => item.get);
  return Object.entries<Any>(operation.responses).map(([status, { $ref }]) => {
    const response = responses[last($ref)];
    return {
      status,
      description: response.description,
      examples: Object.entries<Any>(response.content['application/json'].examples ?? {}).map(
        ([name, example]) => ({ name, ...examples[last(example.$ref)] }),
      ),
    };
  });
}

/** Every schema of the contract, inner ones too, each with its JSON pointer. */
function schemas(document: Any): { pointer: string; schema: Any }[] {
  const found: { pointer: string; schema: Any }[] = [];
  const visit = (schema: Any, pointer: string) => {
    found.push({ pointer, schema });
    for (const [name, property] of Object.entries(schema.properties ?? {}))
      visit(property, `${pointer}/properties/${name}`);
    for (const [index, branch] of (schema.anyOf ?? []).entries()) visit(branch, `${pointer}/anyOf/${index}`);
    if (schema.items) visit(schema.items, `${pointer}/items`);
  };
  for (const kind of ['schemas', 'parameters']) {
    for (const [name, part] of Object.entries<Any>(document.components[kind])) {
      if (kind === 'schemas') visit(part, `/components/schemas/${name}`);
      else visit(part.schema, `/components/parameters/${name}/schema`);
    }
  }
  return found;
}
