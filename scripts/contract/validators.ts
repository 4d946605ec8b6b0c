/** Writes the validators of each operation: Ajv's code, bundled into one file without imports. */
import { createRequire } from 'node:module';
import path from 'node:path';
import type { OpenAPI3 } from 'openapi-typescript';
import { listTable } from './lists.ts';
import { isJson, type Operation, parameterPlaces } from './operations.ts';
import { root } from './read.ts';
import { type Place, type Problem, Refused } from './resolve.ts';
import { definitionsId, SchemaSet } from './schema-set.ts';
import type { Schema } from './schema-walk.ts';
import { findTags } from './value-lists.ts';

// By `require`: it takes half the time of `import`, where a loader hooks each module.
const require = createRequire(import.meta.url);
const { Ajv2020 }: typeof import('ajv/dist/2020.js') = require('ajv/dist/2020');
const { default: standalone }: typeof import('ajv/dist/standalone/index.js') = require('ajv/dist/standalone');
const esbuild: typeof import('esbuild') = require('esbuild');

/**
 * The JavaScript of each operation, by its name.
 *
 * @throws {Refused} naming each schema that can't be turned into code
 */
export async function generateValidators(
  contract: OpenAPI3,
  operations: readonly Operation[],
): Promise<Map<string, string>> {
  const tags = findTags(contract);
  const problems: Problem[] = [];
  const modules = new Map<string, string>();
  for (const operation of operations) {
    const { name, pointer } = operation;
    const requests = new SchemaSet(contract, 'request', tags);
    const responses = new SchemaSet(contract, 'response', tags);
    const request = requestSchema(operation, requests);
    const bodies = responseBodies(contract, operation, responses, tags);
    problems.push(...requests.problems, ...responses.problems);
    if (operation.parameters.some((parameter) => parameter.name === '__proto__')) {
      problems.push({ pointer, message: 'A parameter can not be called "__proto__".' });
    }
    if (problems.length > 0) continue;
    try {
      modules.set(`${name} request`, compile(requests, { request }, { allErrors: true }));
      modules.set(`${name} responses`, compile(responses, bodies.schemas, { allErrors: false }));
    } catch (error) {
      problems.push({ pointer, message: `its schemas can't be compiled: ${(error as Error).message}.` });
    }
    modules.set(name, entryModule(name, bodies));
  }
  if (problems.length > 0) throw new Refused(problems);
  return bundle(
    operations.map(({ name }) => name),
    modules,
  );
}

interface Bodies {
  /** By name. Statuses with equal bodies, such as errors in one envelope, share a name. */
  schemas: Record<string, unknown>;
  lists: Record<string, unknown>;
  /** The name by status. */
  names: [status: string, name: string][];
}

/** The JSON bodies of an operation's responses. */
function responseBodies(
  contract: OpenAPI3,
  operation: Operation,
  set: SchemaSet,
  tags: ReadonlySet<string>,
): Bodies {
  const bodies: Bodies = { schemas: {}, lists: {}, names: [] };
  const known = new Map<string, string>();
  for (const { status, mediaTypes } of operation.responses) {
    const places = jsonSchemas(mediaTypes);
    if (places.length === 0) continue;
    const schema = anyOf(places.map((place) => set.add(place)));
    const lists = listTable(contract, places, tags);
    const key = JSON.stringify([schema, lists]);
    const name = known.get(key) ?? `body${known.size}`;
    known.set(key, name);
    bodies.schemas[name] = schema;
    bodies.lists[name] = lists;
    bodies.names.push([status, name]);
  }
  return bodies;
}

function entryModule(operation: string, { lists, names }: Bodies): string {
  const byStatus = (prefix: string) =>
    names.map(([status, name]) => `"${status}": ${prefix}${name}`).join(', ');
  return [
    `export { request } from "${operation} request";`,
    `import * as validate_ from "${operation} responses";`,
    ...Object.entries(lists).map(([name, list]) => `const lists_${name} = ${JSON.stringify(list)};`),
    `export const responses = { ${byStatus('validate_.')} };`,
    `export const lists = { ${byStatus('lists_')} };`,
  ].join('\n');
}

function jsonSchemas(mediaTypes: Operation['responses'][number]['mediaTypes']): Place<unknown>[] {
  const json = mediaTypes.filter(({ name }) => isJson(name));
  // Without a schema any value is valid.
  return json.flatMap(({ schema }) => schema ?? { node: true, pointer: '#' });
}

/** One object with a property for each place where parameters are sent, and `body`. */
function requestSchema({ parameters, keysInQuery, requestBody }: Operation, set: SchemaSet): Schema {
  const places = parameterPlaces.map((place) => {
    const here = parameters.filter((parameter) => parameter.in === place);
    const schema = {
      type: 'object',
      properties: Object.fromEntries([
        ...(place === 'query' ? keysInQuery.map((name) => [name, true]) : []),
        ...here.map(({ name, schema }) => [name, schema ? set.add(schema) : true]),
      ]),
      required: here.filter(({ required }) => required).map(({ name }) => name),
      // Clients add headers and cookies. An unknown name in the query is a mistake.
      ...(place === 'query' && { additionalProperties: false }),
    };
    return [place, schema] as const;
  });
  const bodies = jsonSchemas(requestBody?.mediaTypes ?? []);
  const onlyJson = requestBody?.mediaTypes.every(({ name }) => isJson(name));
  return {
    type: 'object',
    properties: Object.fromEntries([
      ...places,
      ...(bodies.length > 0 ? [['body', anyOf(bodies.map((schema) => set.add(schema)))]] : []),
    ]),
    required: [
      ...places.filter(([, { required }]) => required.length > 0).map(([place]) => place),
      ...(requestBody?.required && onlyJson ? ['body'] : []),
    ],
  };
}

function anyOf(schemas: unknown[]): unknown {
  return schemas.length === 1 ? schemas[0] : { anyOf: schemas };
}

/** A module with a validator for each of the named schemas. */
function compile(
  set: SchemaSet,
  schemas: Record<string, unknown>,
  options: Pick<import('ajv').Options, 'allErrors'>,
): string {
  const ajv = new Ajv2020({
    ...options,
    code: { source: true, esm: true, lines: true },
    discriminator: true,
    messages: false,
    // The linter has checked the schemas themselves.
    meta: false,
    // Inherited properties are no parameters.
    ownProperties: true,
    strict: false,
    // `1e400` parses to Infinity, which is no number of JSON's.
    strictNumbers: true,
    // In JSON Schema 2020-12 a format is an annotation.
    validateFormats: false,
    // 19.99 is a multiple of 0.01, in spite of its rounding error.
    multipleOfPrecision: 10,
    validateSchema: false,
  });
  // Tracking what is evaluated makes Ajv try every branch of a union, which takes exponential time for a schema
  // that is recursive in two branches. So it is on only where it is needed.
  ajv.opts.unevaluated = /"unevaluated(Items|Properties)":/.test(JSON.stringify([set.definitions, schemas]));
  ajv.addSchema({ $id: definitionsId, $defs: set.definitions });
  for (const [name, schema] of Object.entries(schemas)) ajv.addSchema(schema as Schema, name);
  return standalone(ajv, Object.fromEntries(Object.keys(schemas).map((name) => [name, name])));
}

/** Bundles each entry with the helpers of Ajv that it imports, so that it runs without Ajv. */
async function bundle(entries: string[], modules: ReadonlyMap<string, string>): Promise<Map<string, string>> {
  const { outputFiles } = await esbuild.build({
    absWorkingDir: root,
    entryPoints: entries.map((name) => ({ in: name, out: name })),
    outdir: root,
    bundle: true,
    format: 'esm',
    target: 'es2022',
    write: false,
    logLevel: 'silent',
    plugins: [
      {
        name: 'modules in memory',
        setup({ onResolve, onLoad }) {
          onResolve({ filter: /./ }, ({ path }) =>
            modules.has(path) ? { path, namespace: 'contract' } : undefined,
          );
          onLoad({ filter: /./, namespace: 'contract' }, ({ path }) => ({
            contents: modules.get(path) as string,
            resolveDir: root,
          }));
        },
      },
    ],
  });
  return new Map(outputFiles.map(({ path: file, text }) => [path.basename(file, '.js'), text]));
}

/** The type declarations of an operation's validators. */
export function declareValidators({ responses }: Operation): string {
  const statuses = responses.filter(({ mediaTypes }) => jsonSchemas(mediaTypes).length > 0);
  const byStatus = (type: string) =>
    statuses.map(({ status }) => `  readonly ${JSON.stringify(status)}: ${type};\n`).join('');
  return `import type { Lists, Validator } from '../types.js';

/** Checks \`{ query, path, header, cookie, body }\`. Lists of values are closed, and all violations are reported. */
export declare const request: Validator;

/** Check a JSON body, by status. Lists of values are open, and the first violation is reported. */
export declare const responses: {
${byStatus('Validator')}};

/** The lists of values in a JSON body, by status. */
export declare const lists: {
${byStatus('Lists')}};
`;
}
