/** Finds out from the schema of a parameter how its values are written. */
import type { ParameterSchema } from '../generated/types.ts';

/** The JSON Schema types that a schema takes, null included; empty if it takes any. */
export function typesOf(schema: ParameterSchema): string[] {
  const { type, enum: values, const: constant } = schema;
  if (type !== undefined) return [type].flat() as string[];
  if (values) return values.map(jsonType);
  if (constant !== undefined) return [jsonType(constant)];
  return branchesOf(schema).flatMap(typesOf);
}

/** The schemas in `anyOf`, `oneOf` and `allOf`. */
export function branchesOf({ anyOf, oneOf, allOf }: ParameterSchema): ParameterSchema[] {
  return [anyOf, oneOf, allOf].flatMap((branches) => (branches ?? []) as ParameterSchema[]);
}

/** The schema of a list's members; undefined if it is no list. */
export function itemsOf(schema: ParameterSchema): ParameterSchema | undefined {
  if (!typesOf(schema).includes('array')) return undefined;
  const ofBranches = branchesOf(schema).map(itemsOf);
  return schema.items ?? ofBranches.find((items) => items !== undefined) ?? {};
}

/** The separator of a list's members (OpenAPI 3.1, section 4.8.12.4). */
export function separatorOf(style: string): string {
  return { pipeDelimited: '|', spaceDelimited: ' ' }[style] ?? ',';
}

function jsonType(value: unknown): string {
  if (value === null) return 'null';
  return Number.isInteger(value) ? 'integer' : typeof value;
}
