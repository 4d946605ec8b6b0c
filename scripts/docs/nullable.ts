/**
 * Rewrites "this or null" as one type, for the reference page only.
 *
 * FastAPI writes `anyOf: [{ type: string }, { type: "null" }]`, which Redoc shows as two boxes to click
 * through. `type: [string, "null"]` means the same and reads "string or null".
 */
import type { OpenAPI3 } from 'openapi-typescript';
import { at } from '../contract/pointer.ts';

interface Schema {
  $ref?: string;
  type?: string | string[];
  title?: string;
  anyOf?: Schema[];
  oneOf?: Schema[];
  [keyword: string]: unknown;
}

/** Changes the document in place. */
export function joinNulls(contract: OpenAPI3): void {
  visit(contract, (schema) => {
    for (const keyword of ['anyOf', 'oneOf'] as const) {
      const joined = join(schema[keyword], contract);
      if (!joined) continue;
      delete schema[keyword];
      // Keywords beside the list, such as the description, are about the whole.
      Object.assign(schema, { ...joined, ...schema });
    }
  });
}

function join(branches: unknown, contract: OpenAPI3): Schema | undefined {
  if (!Array.isArray(branches)) return undefined;
  const others = (branches as Schema[]).filter(({ type }) => type !== 'null');
  const [first] = others;
  if (!first || others.length === branches.length) return undefined;
  if (others.length === 1) return orNull(first, contract);
  // Branches that have a type and nothing else, such as "string or integer or null".
  const plain = others.every((branch) =>
    Object.keys(branch).every((key) => key === 'type' || key === 'title'),
  );
  return plain ? { type: [...others.flatMap(({ type }) => type ?? []), 'null'] } : undefined;
}

function orNull(schema: Schema, contract: OpenAPI3): Schema | undefined {
  if (schema.$ref) return referenceOrNull(schema.$ref, contract);
  return schema.type === undefined ? undefined : { ...schema, type: [schema.type, 'null'].flat() };
}

/** Refers to a nullable twin of the schema. A copy in place would never end for a recursive schema. */
function referenceOrNull(ref: string, contract: OpenAPI3): Schema | undefined {
  const schema = at(ref, contract) as Schema | undefined;
  const name = /^#\/components\/schemas\/(?<name>[^/]+)$/.exec(ref)?.groups?.['name'];
  if (!name || typeof schema?.type !== 'string') return undefined;
  const schemas = (contract.components?.schemas ?? {}) as Record<string, Schema>;
  schemas[`${name}_or_null`] ??= { title: name, ...schema, type: [schema.type, 'null'] };
  return { $ref: `#/components/schemas/${name}_or_null` };
}

/** Visits every object of the document except examples, which are values: there `anyOf` is no keyword. */
function visit(node: unknown, edit: (schema: Schema) => void): void {
  if (typeof node !== 'object' || node === null) return;
  if (!Array.isArray(node)) edit(node as Schema);
  for (const [key, child] of Object.entries(node)) {
    if (key !== 'example' && key !== 'examples') visit(child, edit);
  }
}
