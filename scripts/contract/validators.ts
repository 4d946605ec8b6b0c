/** Writes the validators of each operation: Ajv's code, in a file that imports nothing but what operations share. */
import { createRequire } from 'node:module';
import path from 'node:path';
import type { OpenAPI3 } from 'openapi-typescript';
import { functionName, keywords } from './ajv-keywords.ts';
import { AjvSchemas, type Check } from './ajv-schemas.ts';
import { findTags, type Schema } from './json-schema.ts';
import { isJson, type Operation, parameterPlaces } from './operations.ts';
import { root } from './read.ts';
import type { Place, Problem } from './resolve.ts';

// By `require`: it takes half the time of `import`, where a loader hooks each module.
const require = createRequire(import.meta.url);
const { Ajv2020 }: typeof import('ajv/dist/2020.js') = require('ajv/dist/2020');
const { default: standalone }: typeof import('ajv/dist/standalone/index.js') = require('ajv/dist/standalone');
const esbuild: typeof import('esbuild') = require('esbuild');

export interface Validators {
  /** The text of each file, by its path in the folder of validators. */
  files: Map<string, string>;
  /** Schemas that can't be turned into code. Operations that reach one have no validators. */
  problems: Problem[];
}

/** What is checked of an operation. */
interface Checks {
  request: Check;
  responses: [status: string, body: Check][];
}

export async function generateValidators(
  contract: OpenAPI3,
  operations: readonly Operation[],
): Promise<Validators> {
  const schemas = new AjvSchemas(contract, findTags(contract));
  const checks = operations.map((operation) => ({ operation, ...checksOf(operation, schemas) }));
  const modules = new Map<string, string>();
  for (const check of schemas.functions) {
    if (reach([check]).some(({ problems }) => problems.length > 0)) continue;
    try {
      modules.set(check.name, compile(check, schemas.settle(check.schema) as Schema));
    } catch (error) {
      if (error instanceof RangeError) throw error;
      const message = `This schema can't be compiled: ${(error as Error).message}.`;
      check.problems.push({ pointer: check.pointer, message });
    }
  }

  const reached = checks.map((each) => ({
    ...each,
    all: reach([each.request, ...each.responses.map(([, body]) => body)]),
  }));
  const sound = reached.filter(({ all }) => all.every(({ problems }) => problems.length === 0));
  const users = new Map<string, number>();
  for (const { name } of sound.flatMap(({ all }) => all)) users.set(name, (users.get(name) ?? 0) + 1);
  const shared = schemas.functions.map(({ name }) => name).filter((name) => (users.get(name) ?? 0) > 1);

  for (const { operation, ...each } of sound) modules.set(`operation ${operation.name}`, entryModule(each));
  const files = await bundle(
    sound.map(({ operation }) => operation.name),
    shared,
    modules,
  );
  for (const { operation } of sound) files.set(`${operation.name}.d.mts`, declareValidators(operation));
  return { files, problems: reached.flatMap(({ all }) => all.flatMap(({ problems }) => problems)) };
}

/** All checks that these lead to, and these. */
function reach(checks: Check[]): Check[] {
  const found = new Set(checks);
  // The iteration visits what is added meanwhile.
  for (const { refersTo } of found) for (const next of refersTo) found.add(next);
  return [...found];
}

function checksOf(operation: Operation, schemas: AjvSchemas): Checks {
  const { name, pointer, responses } = operation;
  return {
    request: schemas.compose(`${name}_request`, pointer, (refer) => requestSchema(operation, refer)),
    responses: responses.flatMap(({ status, mediaTypes }) => {
      const [first, ...others] = jsonSchemas(mediaTypes);
      if (!first) return [];
      if (others.length === 0) return [[status, schemas.body(first)]];
      const anyOf = (refer: Refer) => ({ anyOf: [first, ...others].map(refer) });
      return [
        [status, schemas.compose(`${name}_${status}`, `${pointer}/responses/${status}`, anyOf, 'response')],
      ];
    }),
  };
}

type Refer = (place: Place<unknown>) => unknown;

function jsonSchemas(mediaTypes: Operation['responses'][number]['mediaTypes']): Place<unknown>[] {
  const json = mediaTypes.filter(({ name }) => isJson(name));
  // Without a schema any value is valid.
  return json.map(({ schema }) => schema ?? { node: true, pointer: '#' });
}

/** One object with a property for each place where parameters are sent, and `body`. */
function requestSchema({ parameters, keysInQuery, requestBody }: Operation, refer: Refer): Schema {
  const properties: Record<string, unknown> = {};
  const required: string[] = [];
  for (const place of parameterPlaces) {
    const here = parameters.filter((parameter) => parameter.in === place);
    const needed = here.filter((parameter) => parameter.required).map(({ name }) => name);
    if (needed.length > 0) required.push(place);
    if (place !== 'query' && here.length === 0) continue;
    properties[place] = {
      type: 'object',
      properties: Object.fromEntries([
        ...(place === 'query' ? keysInQuery.map((name) => [name, true]) : []),
        ...here.map(({ name, schema }) => [name, schema ? refer(schema) : true]),
      ]),
      required: needed,
      // Clients add headers and cookies. An unknown name in the query is a mistake.
      ...(place === 'query' && { additionalProperties: false }),
    };
  }
  const bodies = jsonSchemas(requestBody?.mediaTypes ?? []);
  if (bodies.length > 0) properties['body'] = { anyOf: bodies.map(refer) };
  if (requestBody?.required && bodies.length === requestBody.mediaTypes.length) required.push('body');
  return { type: 'object', properties, required };
}

/** The names that every object has. */
const inherited = Object.getOwnPropertyNames(Object.prototype).map((name) => `"${name}"`);

/** A module with one function. */
function compile({ name, direction }: Check, schema: Schema): string {
  const text = JSON.stringify(schema);
  const imports = new Set<string>();
  const ajv = new Ajv2020({
    // A request is small, and whoever made it wants to know all. An answer is refused by its first fault.
    allErrors: direction === 'request',
    code: { source: true, esm: true, lines: true },
    discriminator: true,
    keywords: keywords((check) => imports.add(check)),
    messages: false,
    // The linter has checked the schemas themselves.
    meta: false,
    // It costs most of a validator's time, so it is on only where a property may be found that is not the object's own.
    ownProperties: inherited.some((property) => text.includes(property)),
    strict: false,
    // `1e400` parses to Infinity, which is no number of JSON's.
    strictNumbers: true,
    // In JSON Schema 2020-12 a format is an annotation.
    validateFormats: false,
    // 19.99 is a multiple of 0.01, in spite of its rounding error.
    multipleOfPrecision: 10,
    validateSchema: false,
  });
  // Tracking what is evaluated makes Ajv try every branch of a union, which takes exponential time for a schema that is
  // recursive in two branches. So it is on only where it is needed.
  ajv.opts.unevaluated = /"unevaluated(Items|Properties)":/.test(text);
  ajv.addSchema(schema, name);
  const code = standalone(ajv, { [functionName(name)]: name });
  imports.delete(name);
  const lines = [...imports].map(
    (check) => `import { ${functionName(check)} } from ${JSON.stringify(check)};\n`,
  );
  return lines.join('') + code;
}

function entryModule({ request, responses }: Checks): string {
  const names = [...new Set(responses.map(([, { name }]) => name))];
  return [
    `export { ${functionName(request.name)} as request } from ${JSON.stringify(request.name)};`,
    ...names.map((name) => `import { ${functionName(name)} } from ${JSON.stringify(name)};`),
    `export const responses = {`,
    ...responses.map(([status, { name }]) => `  "${status}": ${functionName(name)},`),
    '};',
  ].join('\n');
}

/**
 * Bundles each entry with the functions that are its own and the helpers of Ajv, so that it runs without Ajv. What
 * operations share stays in files of their own.
 */
async function bundle(
  operations: string[],
  shared: string[],
  modules: ReadonlyMap<string, string>,
): Promise<Map<string, string>> {
  const files = new Map(shared.map((name) => [name, `shared/${name}.mjs`]));
  const { outputFiles } = await esbuild.build({
    absWorkingDir: root,
    entryPoints: [
      ...operations.map((name) => ({ in: `operation ${name}`, out: name })),
      ...shared.map((name) => ({ in: name, out: `shared/${name}` })),
    ],
    outdir: root,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    format: 'esm',
    target: 'es2022',
    write: false,
    logLevel: 'silent',
    plugins: [
      {
        name: 'modules in memory',
        setup({ onResolve, onLoad }) {
          onResolve({ filter: /./ }, ({ path: name, importer, kind }) => {
            if (!modules.has(name)) return undefined;
            const file = files.get(name);
            if (!file || kind === 'entry-point') return { path: name, namespace: 'contract' };
            const from = files.has(importer) ? 'shared' : '';
            return { path: `./${path.posix.relative(from, file)}`, external: true };
          });
          onLoad({ filter: /./, namespace: 'contract' }, ({ path: name }) => ({
            contents: modules.get(name) as string,
            resolveDir: root,
          }));
        },
      },
    ],
  });
  return new Map(
    outputFiles.map((file) => [path.relative(root, file.path).split(path.sep).join('/'), file.text]),
  );
}

/** The type declarations of an operation's validators. */
function declareValidators({ responses }: Operation): string {
  const statuses = responses.filter(({ mediaTypes }) => jsonSchemas(mediaTypes).length > 0);
  return `import type { Validator } from '../types.js';

/** Checks \`{ query, path, header, cookie, body }\`. Lists of values are closed, and all violations are reported. */
export declare const request: Validator;

/** Check a JSON body, by status. Lists of values are open, and the first violation is reported. */
export declare const responses: {
${statuses.map(({ status }) => `  readonly ${JSON.stringify(status)}: Validator;\n`).join('')}};
`;
}
