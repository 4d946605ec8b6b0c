/** Writes what code needs of a contract at run time as TypeScript constants. */
import type { OpenAPI3 } from 'openapi-typescript';
import {
  annotations,
  childrenOf,
  findTags,
  holdsSchemas,
  isValueList,
  mapSchemas,
  type Schema,
} from './json-schema.ts';
import { UniqueNames } from './names.ts';
import { type Body, isJson, type Location, locations, type Operation, shownExamples } from './operations.ts';
import { at } from './pointer.ts';
import { isObject } from './resolve.ts';
import { sentencesFor } from './sentences.ts';

/** What holds for the whole contract. */
export function writeInfo(contract: OpenAPI3, operations: readonly Operation[]): string {
  const retried = operations.flatMap(({ responses }) => responses.filter(({ retry }) => retry));
  return [
    constant('The version of the contract.', 'version', contract.info.version),
    // OpenAPI's default is `/`.
    constant('The first of the servers.', 'serverUrl', firstServer(contract)),
    constant(
      'The statuses after which another attempt may succeed, in any operation (`x-retry`).',
      'retryStatuses',
      [...new Set(retried.map(({ status }) => status))],
    ),
  ].join('\n');
}

/** @param validators - The code of all validators. */
export function writeSentences(validators: Iterable<string>): string {
  const comment =
    "FastAPI's `type` and sentence for each rule of the contract, by its keyword; Ajv's parameters are in braces.";
  return constant(comment, 'sentences', sentencesFor(validators));
}

/** Its variables are replaced by their defaults. */
function firstServer({ servers = [] }: OpenAPI3): string {
  const { url = '/', variables = {} } = servers[0] ?? {};
  return url.replace(/\{([^}]+)\}/g, (whole, name: string) => String(variables[name]?.default ?? whole));
}

/**
 * One constant for each operation, so that bundlers drop those that are not used.
 *
 * @param validated - The names of the operations that have validators.
 */
export function writeOperations(
  contract: OpenAPI3,
  operations: readonly Operation[],
  validated: ReadonlySet<string>,
): string {
  const names = new UniqueNames(operations.map(({ name }) => name));
  const imports = [`import type { Operation } from './types.js';\n`];
  const constants = operations.map((operation) => {
    const { name, method, path, summary } = operation;
    const lines = Object.entries(factsOf(contract, operation)).map(
      ([fact, value]) => `  ${fact}: ${toJson(value)},\n`,
    );
    if (validated.has(name)) {
      const [request, responses] = [names.add(`${name}_request`), names.add(`${name}_responses`)];
      const file = `./validators/${name}.mjs`;
      imports.push(`import { request as ${request}, responses as ${responses} } from '${file}';\n`);
      lines.push(`  validators: { request: ${request}, responses: ${responses} },\n`);
    }
    const type = validated.has(name) ? 'Operation' : "Omit<Operation, 'validators'>";
    const comment = commentOf(`\`${method.toUpperCase()} ${path}\`${summary ? `: ${summary}` : ''}`);
    return `\n${comment}export const ${name} = {\n${lines.join('')}} as const satisfies ${type};\n`;
  });
  return [...imports, ...constants].join('');
}

/** A value of a property, indented. What is undefined is left out of JSON. */
const toJson = (value: unknown) => JSON.stringify(value, null, 2).replaceAll('\n', '\n  ');

function factsOf(contract: OpenAPI3, operation: Operation): object {
  const { operationId, method, path, secured, parameters, requestBody, responses } = operation;
  const parametersIn = (location: Location) =>
    parameters
      .filter((parameter) => parameter.in === location)
      .map(({ name, required, style, explode, mediaType, schema }) => [
        name,
        { required, style, explode, mediaType, schema: inlined(contract, schema?.node) },
      ]);
  return {
    operationId,
    method,
    path,
    secured,
    parameters: Object.fromEntries(
      locations.map((location) => [location, Object.fromEntries(parametersIn(location))]),
    ),
    ...(requestBody && {
      requestBody: { required: requestBody.required, mediaTypes: namesOf(requestBody) },
    }),
    responses: Object.fromEntries(
      responses.map(({ status, retry, advice, ...body }) => [
        status,
        { mediaTypes: namesOf(body), retry: retry || undefined, advice },
      ]),
    ),
  };
}

const namesOf = ({ mediaTypes }: Body) => mediaTypes.map(({ name }) => name);

const leftOut = new Set([...annotations, '$comment']);

/** The references of one parameter that are inlined at most: mutually recursive schemas multiply them. */
const mostReferences = 100;

/** A schema without annotations and with its references inlined, except recursive ones. */
export function inlined(contract: OpenAPI3, schema: unknown): Schema {
  let references = 0;

  function copy(node: unknown, open: readonly string[]): Schema {
    if (node === false) return { not: {} };
    if (!isObject(node)) return {};
    const { $ref, ...rest } = node;
    const plain: Schema = {};
    for (const [keyword, value] of Object.entries(rest)) {
      if (leftOut.has(keyword) || keyword.startsWith('x-')) continue;
      plain[keyword] = holdsSchemas(keyword)
        ? mapSchemas(keyword, value, (inner) => copy(inner, open))
        : value;
    }
    if (typeof $ref !== 'string' || open.includes($ref) || references === mostReferences) return plain;
    references += 1;
    return { ...copy(at($ref, contract), [...open, $ref]), ...plain };
  }

  return copy(schema, []);
}

/**
 * The named examples of each operation's responses, by status and name. Under `request` are the first example of
 * each parameter, by location and name, and that of the body.
 */
export function writeExamples(operations: readonly Operation[]): string {
  return operations
    .map((operation) => {
      const { name, method, path, responses } = operation;
      const byStatus = responses.map((response) => [
        response.status,
        Object.fromEntries(shownExamples(response)),
      ]);
      const examples = { ...Object.fromEntries(byStatus), request: requestExamples(operation) };
      return constant(`Of \`${method.toUpperCase()} ${path}\`.`, name, examples);
    })
    .join('\n');
}

function requestExamples({ parameters, requestBody }: Operation): object | undefined {
  const request: Record<string, unknown> = {};
  for (const { in: location, name, examples } of parameters) {
    if (examples.length > 0) request[location] = { ...Object(request[location]), [name]: examples[0] };
  }
  const bodies = requestBody?.mediaTypes.filter(({ name }) => isJson(name)) ?? [];
  const [first] = bodies.flatMap(({ examples }) => examples);
  if (first) request['body'] = first[1];
  return Object.keys(request).length > 0 ? request : undefined;
}

/**
 * Each list of values in the named schemas and their properties, named after the schema and the property: `Family`,
 * `TrainingModel_family`.
 */
export function writeValues(contract: OpenAPI3): string {
  const unique = new UniqueNames();
  const schemas = Object.entries(contract.components?.schemas ?? {}).flatMap(([name, schema]) => [
    { names: [name], schema },
    ...Object.entries(Object(Object(schema)['properties'])).map(([property, inner]) => ({
      names: [name, property],
      schema: inner,
    })),
  ]);
  const lists = schemas.flatMap(({ names, schema }) => {
    const values = listOf(contract, schema);
    const comment = `The values of \`${names.join('.')}\` that the contract knows.`;
    return values.length > 0 ? constant(comment, unique.add(names.join('_')), values) : [];
  });
  const tags = [...findTags(contract)].map((mark) => JSON.stringify(mark.slice(mark.indexOf(' ') + 1)));
  const comment = commentOf('The properties that tell the branches of a union apart (`discriminator`).');
  const type = `export type Discriminator = ${[...new Set(tags)].join(' | ') || 'never'};\n`;
  return [...lists, comment + type].join('\n');
}

/** The values that a schema lists: itself, by a reference, in its branches or for its items. */
function listOf(contract: OpenAPI3, schema: unknown, seen = new Set<unknown>()): unknown[] {
  if (!isObject(schema) || seen.has(schema)) return [];
  seen.add(schema);
  if (isValueList(schema)) return schema.enum;
  const { $ref } = schema;
  const inner = childrenOf(schema, '')
    .filter(({ keyword }) => ['allOf', 'anyOf', 'oneOf', 'items'].includes(keyword))
    .map(({ node }) => node);
  if (typeof $ref === 'string') inner.unshift(at($ref, contract));
  return [...new Set(inner.flatMap((next) => listOf(contract, next, seen)))];
}

function constant(comment: string, name: string, value: unknown): string {
  return `${commentOf(comment)}export const ${name} = ${JSON.stringify(value, null, 2)} as const;\n`;
}

function commentOf(text: string): string {
  // `*/` would end the comment.
  return `/** ${text.replaceAll('*/', '* /')} */\n`;
}
