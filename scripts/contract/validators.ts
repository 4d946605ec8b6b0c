/** Writes the validators of each operation: Ajv's code, in a file that imports nothing but what operations share. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { ValidateFunction } from 'ajv';
import type { OpenAPI3 } from 'openapi-typescript';
import { functionName, helpers, keywords } from './ajv-keywords.ts';
import { AjvSchemas, type Check } from './ajv-schemas.ts';
import { findTags, headersInAnyCase, type Schema } from './json-schema.ts';
import { type Body, isJson, locations, type Operation } from './operations.ts';
import { pointerTo } from './pointer.ts';
import { isObject, type Located, type Problem } from './resolve.ts';

// By `require`: it takes half the time of `import`, where a loader hooks each module.
const require = createRequire(import.meta.url);
const { Ajv2020 }: typeof import('ajv/dist/2020.js') = require('ajv/dist/2020');
const { default: standalone }: typeof import('ajv/dist/standalone/index.js') = require('ajv/dist/standalone');

export interface Validators {
  /** The text of each file, by its path in the folder of validators. */
  files: Map<string, string>;
  /** Schemas that can't be turned into code. Operations that reach one have no validators. */
  problems: Problem[];
  /** Where `nullable` of OpenAPI 3.0 is read as it was meant. */
  nullable: string[];
}

/** What is checked of an operation. */
interface Checks {
  operation: Operation;
  request: Check;
  responses: [status: string, body: Check][];
  /** These, and all that they lead to. */
  all: Check[];
}

export function generateValidators(contract: OpenAPI3, operations: readonly Operation[]): Validators {
  // By itself Ajv writes a call of `require` for a helper. Other copies of Ajv set it, too, so it is set here.
  for (const [name, helper] of Object.entries(helpers)) helper.code = name;
  const schemas = new AjvSchemas(contract, findTags(contract));
  const checks = operations.map((operation) => checksOf(operation, schemas));
  const users = new Map<Check, number>();
  for (const check of checks.flatMap(({ all }) => all)) users.set(check, (users.get(check) ?? 0) + 1);
  const isShared = (check: Check) => (users.get(check) ?? 0) > 1;

  const shared = new Map<Check, string>();
  for (const check of schemas.functions().filter(isShared)) {
    shared.set(check, compile(schemas, { [functionName(check.name)]: check }, '.'));
  }
  const files = new Map<string, string>();
  for (const { operation, request, responses, all } of checks) {
    const own = all.filter((check) => check !== request && check.uses > 1 && !isShared(check));
    const functions = Object.fromEntries(own.map((check) => [functionName(check.name), check]));
    const bodies = responses.map(([, { name }]) => name);
    const code = compile(schemas, { request, ...functions }, './shared', bodies);
    if (all.some(({ problems }) => problems.length > 0)) continue;
    const byStatus = responses.map(
      ([status, { name }]) => `  ${JSON.stringify(status)}: ${functionName(name)},\n`,
    );
    files.set(`${operation.name}.mjs`, `${code}export const responses = {\n${byStatus.join('')}};\n`);
    files.set(`${operation.name}.d.mts`, declareValidators(responses.map(([status]) => status)));
    for (const check of all) {
      const text = shared.get(check);
      if (text !== undefined) files.set(`shared/${check.name}.mjs`, text);
    }
  }
  const problems = checks.flatMap(({ all }) => all.flatMap((check) => check.problems));
  if ([...files.values()].some((text) => text.includes('/helpers.mjs"'))) {
    files.set('shared/helpers.mjs', readFileSync(new URL('static/helpers.mjs', import.meta.url), 'utf8'));
  }
  return { files, problems, nullable: [...schemas.nullable] };
}

function checksOf(operation: Operation, schemas: AjvSchemas): Checks {
  const { pointer } = operation;
  const request = schemas.add({ node: requestSchema(operation), pointer }, 'request');
  const responses = operation.responses.flatMap(({ status, ...body }): Checks['responses'] => {
    const node = jsonSchema(body);
    return node
      ? [[status, schemas.add({ node, pointer: pointerTo(pointer, 'responses', status) }, 'response')]]
      : [];
  });
  const all = new Set([request, ...responses.map(([, check]) => check)]);
  // The iteration visits what is added meanwhile.
  for (const { refersTo } of all) for (const next of refersTo) all.add(next);
  return { operation, request, responses, all: [...all] };
}

/** The schema of a JSON body, which may have any of several media types. Undefined if it is never JSON. */
function jsonSchema({ mediaTypes }: Body): unknown {
  const json = mediaTypes.filter(({ name }) => isJson(name)).map(({ schema }) => refer(schema));
  return json.length > 1 ? { anyOf: json } : json[0];
}

/** Without a schema any value is valid. In a reference, a percent sign is encoded. */
const refer = (schema: Located<unknown> | undefined) =>
  schema ? { $ref: schema.pointer.replaceAll('%', '%25') } : true;

/** One object with a property for each location of parameters, and `body`. */
function requestSchema({ parameters, keysInQuery, requestBody }: Operation): Schema {
  const properties: Record<string, unknown> = {};
  const required: string[] = [];
  for (const location of locations) {
    const here = parameters.filter((parameter) => parameter.in === location);
    const needed = here.filter((parameter) => parameter.required).map(({ name }) => name);
    if (needed.length > 0) required.push(location);
    if (location !== 'query' && here.length === 0) continue;
    properties[location] = {
      type: 'object',
      properties: Object.fromEntries([
        ...(location === 'query' ? keysInQuery.map((name) => [name, true]) : []),
        ...here.map(({ name, schema }) => [name, refer(schema)]),
      ]),
      required: needed,
      ...(location === 'header' && { [headersInAnyCase]: here.map(({ name }) => name) }),
      // Clients add headers and cookies. An unknown name in the query is a mistake.
      ...(location === 'query' && { additionalProperties: false }),
    };
  }
  const body = requestBody && jsonSchema(requestBody);
  if (body) properties['body'] = body;
  if (requestBody?.required && requestBody.mediaTypes.every(({ name }) => isJson(name)))
    required.push('body');
  return { type: 'object', properties, required };
}

/** The names that every object has. */
const inherited = Object.getOwnPropertyNames(Object.prototype).map((name) => `"${name}"`);

/**
 * A module that exports a function for each of these checks, by name. What can't be compiled is noted in the check.
 *
 * @param folder - Where the modules of other checks are.
 * @param used - The names of checks that the module needs beside those that these refer to.
 */
function compile(
  schemas: AjvSchemas,
  functions: Record<string, Check>,
  folder: string,
  used: readonly string[] = [],
): string {
  const imports = new Set(used);
  const ajv = new Ajv2020({
    code: { source: true, esm: true, lines: true },
    discriminator: true,
    keywords: keywords((name) => imports.add(name)),
    messages: false,
    // The linter has checked the schemas themselves.
    meta: false,
    strict: false,
    // `1e400` parses to Infinity, which is no number of JSON's.
    strictNumbers: true,
    // In JSON Schema 2020-12 a format is an annotation.
    validateFormats: false,
    // 19.99 is a multiple of 0.01, in spite of its rounding error.
    multipleOfPrecision: 10,
    validateSchema: false,
  });
  // Dynamic references are refused.
  ajv.opts.dynamicRef = false;
  const names: Record<string, string> = {};
  for (const [name, check] of Object.entries(functions)) {
    if (check.problems.length > 0) continue;
    const settled = schemas.settle(check.schema);
    // Ajv would make one function of equal booleans.
    const schema = isObject(settled) ? settled : { not: settled ? false : {} };
    const text = JSON.stringify(schema);
    // A request is small, and whoever made it wants to know all. An answer is refused by its first fault.
    ajv.opts.allErrors = check.direction === 'request';
    // It costs most of a validator's time, so it is on only where a property may be found that is not the object's own.
    ajv.opts.ownProperties = inherited.some((property) => text.includes(property));
    // Tracking what is evaluated makes Ajv try every branch of a union, which takes exponential time for a schema that
    // is recursive in two branches. So it is on only where it is needed.
    ajv.opts.unevaluated = /"unevaluated(Items|Properties)":/.test(text);
    try {
      dropUnused(addTo(ajv, schema, name)?.source);
      names[name] = name;
    } catch (error) {
      const message = `This schema can't be compiled: ${(error as Error).message}.`;
      check.problems.push({ pointer: check.pointer, message });
    }
  }
  const code = standalone(ajv, names);
  const lines = [
    ...Object.keys(helpers)
      .filter((name) => code.includes(`= ${name};`))
      .map((name) => [name, 'helpers']),
    ...[...imports].map((name) => [functionName(name), name]).filter(([name = '']) => !(name in names)),
  ].map(([name, file]) => `import { ${name} } from "${folder}/${file}.mjs";\n`);
  return `${lines.join('')}${code}\n`;
}

/** Compiles a schema. A pattern that only the flag u forbids, such as `\_`, is read without it. */
function addTo(ajv: InstanceType<typeof Ajv2020>, schema: Schema, name: string) {
  ajv.opts.unicodeRegExp = true;
  try {
    return ajv.addSchema(schema, name).getSchema(name);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    ajv.opts.unicodeRegExp = false;
    return ajv.removeSchema(name).addSchema(schema, name).getSchema(name);
  }
}

/** Ajv writes the whole schema beside each function, of which few look at it. */
function dropUnused(source: ValidateFunction['source']): void {
  const { schema: written } = source?.scopeValues ?? {};
  for (const name of written ?? []) if (!source?.validateCode.includes(String(name))) written?.delete(name);
}

/** The type declarations of an operation's validators. */
function declareValidators(statuses: string[]): string {
  return `import type { Validator } from '../types.js';

/** Checks \`{ query, path, header, cookie, body }\`. Lists of values are closed, and all violations are reported. */
export declare const request: Validator;

/** Check a JSON body, by status. Lists of values are open, and the first violation is reported. */
export declare const responses: {
${statuses.map((status) => `  readonly ${JSON.stringify(status)}: Validator;\n`).join('')}};
`;
}
