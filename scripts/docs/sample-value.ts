/** Finds a value that fits a schema: one that the contract gives, else the simplest one. */
import type { OpenAPI3 } from 'openapi-typescript';
import { follow } from './operations.ts';

interface Schema {
  example?: unknown;
  examples?: unknown[];
  default?: unknown;
  const?: unknown;
  enum?: unknown[];
  type?: string | string[];
  minimum?: number;
  items?: Schema;
  required?: string[];
  properties?: Record<string, Schema>;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
}

interface Exemplified {
  example?: unknown;
  examples?: unknown;
  schema?: unknown;
}

/** The contract's value for a parameter or a body: an example, or the default. */
export function givenValue(contract: OpenAPI3, node: Exemplified): unknown {
  const [named] = Object.values((node.examples ?? {}) as Record<string, unknown>);
  const schema = follow<Schema>(contract, (node.schema ?? {}) as Schema);
  return (
    node.example ??
    (named && follow<{ value?: unknown }>(contract, named).value) ??
    schema.example ??
    schema.examples?.[0] ??
    schema.default
  );
}

/** The contract's value, else an invented one. */
export function sampleValue(contract: OpenAPI3, node: Exemplified): unknown {
  return givenValue(contract, node) ?? invent(contract, node.schema as Schema | undefined, []);
}

/** @param inside the schemas around this one; a recursive schema is not entered again */
function invent(contract: OpenAPI3, raw: Schema | undefined, inside: Schema[]): unknown {
  const schema = follow<Schema>(contract, raw ?? {});
  if (inside.includes(schema)) return null;
  const within = (part: Schema | undefined) => invent(contract, part, [...inside, schema]);
  const given = givenValue(contract, { schema }) ?? schema.const ?? schema.enum?.[0];
  if (given !== undefined) return given;
  const [branch] = schema.anyOf ?? schema.oneOf ?? [];
  if (branch) return within(branch);
  if (schema.allOf) return Object.assign({}, ...schema.allOf.map(within));
  switch ([schema.type].flat()[0]) {
    case 'integer':
    case 'number':
      return schema.minimum ?? 1;
    case 'boolean':
      return true;
    case 'array':
      return [within(schema.items)];
    case 'string':
      return 'string';
    case 'null':
      return null;
    default: {
      const required = Object.entries(schema.properties ?? {}).filter(([name]) =>
        schema.required?.includes(name),
      );
      return Object.fromEntries(required.map(([name, property]) => [name, within(property)]));
    }
  }
}
