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
import {
  isJson,
  type Location,
  locations,
  type Operation,
  type Parameter,
  shownExamples,
} from './operations.ts';
import { at } from './pointer.ts';
import { isObject } from './resolve.ts';

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
  const imports: string[] = [];
  const constants = operations.map((operation) => {
    const { name, operationId, method, path, summary, secured, parameters, requestBody, responses } =
      operation;
    const facts = {
      operationId,
      method,
      path,
      secured,
      parameters: Object.fromEntries(
        locations.map((place) => [place, parametersIn(contract, parameters, place)]),
      ),
      ...(requestBody && {
        requestBody: { required: requestBody.required, mediaTypes: namesOf(requestBody.mediaTypes) },
      }),
      responses: Object.fromEntries(
        responses.map(({ status, mediaTypes, retry, advice }) => [
          status,
          {
            mediaTypes: namesOf(mediaTypes),
            ...(retry && { retry }),
            ...(advice !== undefined && { advice }),
          },
        ]),
      ),
    };
    const lines = Object.entries(facts).map(([fact, value]) => `  ${fact}: ${indented(value)},\n`);
    if (validated.has(name)) {
      const [request, bodies] = [names.add(`${name}_request`), names.add(`${name}_responses`)];
      const file = `./validators/${name}.mjs`;
      imports.push(`import { request as ${request}, responses as ${bodies} } from '${file}';\n`);
      lines.push(`  validators: { request: ${request}, responses: ${bodies} },\n`);
    }
    const type = validated.has(name) ? 'Operation' : "Omit<Operation, 'validators'>";
    const comment = commentOf(`\`${method.toUpperCase()} ${path}\`${summary ? `: ${summary}` : ''}`);
    return `\n${comment}export const ${name} = {\n${lines.join('')}} as const satisfies ${type};\n`;
  });
  return [`import type { Operation } from './types.js';\n`, ...imports, ...constants].join('');
}

const indented = (value: unknown) => JSON.stringify(value, null, 2).replaceAll('\n', '\n  ');

function parametersIn(contract: OpenAPI3, parameters: readonly Parameter[], place: Location) {
  const here = parameters.filter((parameter) => parameter.in === place);
  return Object.fromEntries(
    here.map(({ name, required, style, explode, mediaType, schema }) => [
      name,
      {
        required,
        style,
        explode,
        ...(mediaType !== undefined && { mediaType }),
        schema: schema ? inlined(contract, schema.node) : {},
      },
    ]),
  );
}

const namesOf = (mediaTypes: readonly { name: string }[]) => mediaTypes.map(({ name }) => name);

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
 * each parameter, by place and name, and that of the body.
 */
export function writeExamples(operations: readonly Operation[]): string {
  return operations
    .map(({ name, method, path, parameters, requestBody, responses }) => {
      const request = requestExamples(parameters, requestBody);
      const byStatus = responses.map(({ status, mediaTypes }) => [
        status,
        Object.fromEntries(shownExamples({ mediaTypes })),
      ]);
      return constant(`Of \`${method.toUpperCase()} ${path}\`.`, name, {
        ...Object.fromEntries(byStatus),
        ...(Object.keys(request).length > 0 && { request }),
      });
    })
    .join('\n');
}

function requestExamples(parameters: Operation['parameters'], body: Operation['requestBody']): object {
  const places = locations.map((place) => {
    const here = parameters.filter((parameter) => parameter.in === place && parameter.examples.length > 0);
    return [place, Object.fromEntries(here.map(({ name, examples }) => [name, examples[0]]))] as const;
  });
  const [first] = (body?.mediaTypes ?? [])
    .filter(({ name }) => isJson(name))
    .flatMap(({ examples }) => examples);
  return {
    ...Object.fromEntries(places.filter(([, values]) => Object.keys(values).length > 0)),
    ...(first && { body: first[1] }),
  };
}

/**
 * Each list of values in the named schemas and their properties, named after its place: `Family`,
 * `TrainingModel_family`.
 */
export function writeValues(contract: OpenAPI3): string {
  const names = new UniqueNames();
  const lists: string[] = [];
  const write = (place: string[], values: unknown[]) => {
    const comment = `The values of \`${place.join('.')}\` that the contract knows.`;
    lists.push(constant(comment, names.add(place.join('_')), values));
  };
  for (const [name, schema] of Object.entries(contract.components?.schemas ?? {})) {
    const own = listOf(contract, schema);
    if (own.length > 0) write([name], own);
    for (const [property, value] of Object.entries(Object((schema as Schema)['properties']))) {
      const values = listOf(contract, value);
      if (values.length > 0) write([name, property], values);
    }
  }
  const tags = [...new Set([...findTags(contract)].map((mark) => mark.slice(mark.indexOf(' ') + 1)))];
  const union = tags.map((tag) => JSON.stringify(tag)).join(' | ') || 'never';
  return [
    ...lists,
    `/** The properties that tell the branches of a union apart (\`discriminator\`). */\nexport type Discriminator = ${union};\n`,
  ].join('\n');
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
