/**
 * Turns the contract's schemas into plain validation functions.
 *
 * Ajv writes the code; it is then cut down for browsers: each place where Ajv builds an error object
 * becomes one call of `report(path, rule, expected)`. Whatever does not fit that shape fails the
 * generation, so a place that was missed can't go unnoticed.
 */
import { Ajv } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import type { OpenAPI3, SchemaObject } from 'openapi-typescript';
import { at } from './pointer.ts';

type Schema = Record<string, unknown>;

/** A place in Ajv's output that reports an error, from the error object to the counter. */
const errorSite =
  /const (err\d+) = \{instancePath(?::(?<path>[^\n]*?))?,schemaPath:"(?<schemaPath>[^"]*)",keyword:"(?<rule>\w+)",params:\{(?<params>.*)\}\};\s*if\(vErrors === null\)\{\s*vErrors = \[\1\];\s*\}\s*else \{\s*vErrors\.push\(\1\);\s*\}\s*errors\+\+;/g;

/** Ajv's checks and what says the same, or a little more, in fewer bytes. */
const shorter: [RegExp, string][] = [
  // Whole numbers beyond 2^53 are refused too: `JSON.parse` has changed them in silence.
  [
    /\(\(typeof (\w+) == "number"\) && \(!\(\1 % 1\) && !isNaN\(\1\)\)\) && \(isFinite\(\1\)\)/g,
    'Number.isSafeInteger($1)',
  ],
  [/\(typeof (\w+) == "number"\) && \(isFinite\(\1\)\)/g, 'Number.isFinite($1)'],
  [/(\w+) && typeof \1 == "object" && !Array\.isArray\(\1\)/g, 'isObject($1)'],
  // Own names only: no parameter is unknown because a library has added to all objects.
  [/for\(const (\w+) in (\w+)\)/g, 'for(const $1 of Object.keys($2))'],
  // Stands inside a check that has let finite numbers through only.
  [/ \|\| isNaN\(\w+\)/g, ''],
];

/** Comparisons with each value of a list, which `includes` says in fewer bytes. */
const listCheck = /^if\(!\((\(*(\w+) === .*)\)\)\{$/gm;
const listValue = /=== ("[^"]*"|\d+)/g;

/** What must be gone after reduction. */
const leftover =
  /vErrors|\berrors(?:\+\+| =)|instancePath|schema\d|func\d|require\(|import | % 1|isNaN| === "/;

/** TypeScript source with one exported function for each of the named schemas. */
export function generateValidators(contract: OpenAPI3, schemas: Record<string, Schema>): string {
  return [
    ...Object.entries(schemas).map(([name, schema]) => generateValidator(name, simplify(schema, contract))),
    isObject,
  ].join('\n');
}

const isObject = `function isObject(data: any): boolean {
return data && typeof data == "object" && !Array.isArray(data);
}
`;

function generateValidator(name: string, schema: Schema): string {
  const ajv = new Ajv({
    // All errors, because a value newer than the contract must not hide a mistyped field behind it.
    allErrors: true,
    allowUnionTypes: true,
    code: { source: true, esm: true, lines: true, optimize: 2 },
    messages: false,
    // The linter has checked the schemas themselves.
    meta: false,
    validateSchema: false,
    // JSON has no NaN and no Infinity, but `1e400` parses to one and a caller can pass both.
    strictNumbers: true,
  });
  const code = standalone.default(ajv, ajv.compile(schema));
  const sites = code.split('keyword:"').length - 1;
  let reduced = 0;
  let body = code
    .slice(code.indexOf('{instancePath=""'))
    .replace(/^\{instancePath=.*?\}=\{\}\)\{/, '')
    .replace('let vErrors = null;\nlet errors = 0;\n', '')
    .replace(/validate\d+\.errors = vErrors;\nreturn errors === 0;\n/, '')
    .replace(errorSite, (...match: unknown[]) => {
      reduced += 1;
      return report(match.at(-1) as Site, schema);
    });
  for (const [check, text] of shorter) body = body.replace(check, text);
  body = body.replace(listCheck, (_, checks: string, data: string) => {
    const values = Array.from(checks.matchAll(listValue), ([, value]) => value);
    return `if(![${values.join(', ')}].includes(${data})){`;
  });
  if (reduced !== sites || leftover.test(body)) {
    throw new Error(
      `${name}: ${reduced} of ${sites} error sites reduced; Ajv's output has a shape that is not known here:\n${body}`,
    );
  }
  return `export function ${name}(data: any, report: Report): void {\n${body}`;
}

interface Site {
  path: string | undefined;
  schemaPath: string;
  rule: string;
  params: string;
}

/** One call of the reporter for one of Ajv's error objects. */
function report({ path = 'instancePath', schemaPath, rule, params }: Site, schema: Schema): string {
  const parent = path.replace(/^instancePath\+"/, '"').replace(/^instancePath$/, '""');
  // A missing or an unknown property is reported at its own place, not at its parent's.
  const child = /^(?:missing|additional)Property: (?<key>.*)$/.exec(params)?.groups?.['key'];
  const place = child ? `${parent}+"/"+${child}`.replaceAll('"+"', '').replace(/^""\+/, '') : parent;
  // Nothing is expected of these but to be there, not to be there, or to be one of many.
  if (child || rule === 'enum') return `report(${place}, "${rule}");`;
  return `report(${place}, "${rule}", ${JSON.stringify(expected(schemaPath, schema))});`;
}

/** The value that the rule at `#/properties/limit/minimum` sets; for a type with several names, all of them. */
function expected(schemaPath: string, schema: Schema): unknown {
  const value = at(schemaPath, schema);
  return Array.isArray(value) ? value.join(' or ') : value;
}

/** Keywords that say nothing about which values are valid. */
const annotations = new Set(['default', 'deprecated', 'description', 'example', 'examples', 'title']);

/**
 * The same schema as Ajv writes the least code for: references put in place, annotations dropped,
 * `anyOf` a string or null written as one type list.
 */
function simplify(schema: Schema, contract: OpenAPI3): Schema {
  if (typeof schema['$ref'] === 'string') return simplify(at(schema['$ref'], contract) as Schema, contract);
  const { anyOf, properties, items, ...rest } = Object.fromEntries(
    Object.entries(schema).filter(([key]) => !annotations.has(key)),
  );
  const simple: Schema = { ...rest };
  if (properties) {
    simple['properties'] = Object.fromEntries(
      Object.entries(properties as Record<string, Schema>).map(([key, value]) => [
        key,
        simplify(value, contract),
      ]),
    );
  }
  if (items) simple['items'] = simplify(items as Schema, contract);
  if (anyOf)
    Object.assign(simple, mergeTypes((anyOf as Schema[]).map((branch) => simplify(branch, contract))));
  return simple;
}

/**
 * `anyOf` branches of one type each as a single schema. Every keyword but `enum` and `const` looks at
 * values of its own type only, so the branches can't get into each other's way.
 */
function mergeTypes(branches: Schema[]): Schema {
  const merged: Schema = {};
  for (const { type, ...keywords } of branches) {
    for (const key of Object.keys(keywords)) {
      if (typeof type !== 'string' || key === 'enum' || key === 'const' || key in merged) {
        throw new Error(
          `anyOf: validators know branches of one plain type each, such as "number or null"; this one has "${key}" as well`,
        );
      }
    }
    Object.assign(merged, keywords);
  }
  return { ...merged, type: branches.map((branch) => branch['type']) };
}

/** The query of an operation as one object schema; a name that is not in the contract is a mistake. */
export function querySchema(parameters: readonly { name: string; schema?: SchemaObject }[]): Schema {
  return {
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(parameters.map(({ name, schema }) => [name, schema])),
  };
}
