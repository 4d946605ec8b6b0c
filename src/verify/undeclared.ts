/** Finds the fields of an answer that the contract does not have. Bodies are open, so no validator tells of them. */
import contract from '../../generated/openapi.json' with { type: 'json' };
import type { Operation } from '../../generated/types.ts';
import { byStatus } from '../client/by-status.ts';
import { isJson } from '../media-type.ts';

interface Schema {
  readonly $ref?: string;
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly items?: Schema;
  readonly prefixItems?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, object>>>>;
}

interface Responses {
  readonly responses?: Readonly<Record<string, object>>;
}

interface Response {
  readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>;
}

/** The fields of a JSON body that its schema does not have: `models[].score`. Each is named once. */
export function undeclaredFields({ path, method }: Operation, status: number, body: unknown): string[] {
  const { paths }: Document = contract;
  const { responses = {} }: Responses = paths[path]?.[method] ?? {};
  const { content = {} }: Response = resolve(byStatus(responses, status) ?? {});
  const schema = Object.entries(content).find(([type]) => isJson(type))?.[1].schema;
  const found = new Set<string>();
  if (schema) look([schema], body, '', found);
  return [...found];
}

/** @param schemas - All that the contract says of the value. */
function look(schemas: readonly Schema[], value: unknown, where: string, found: Set<string>): void {
  if (typeof value !== 'object' || value === null) return;
  const views = schemas.flatMap((schema) => withBranches(schema));
  if (Array.isArray(value)) {
    for (const [index, member] of value.entries()) {
      const members = views.flatMap(({ items, prefixItems }) => prefixItems?.[index] ?? items ?? []);
      look(members, member, `${where}[]`, found);
    }
    return;
  }
  if (!views.some(({ properties }) => properties)) return;
  for (const [name, member] of Object.entries(value)) {
    const place = where ? `${where}.${name}` : name;
    const members = views.flatMap((view) => schemasOf(view, name));
    if (members.length > 0) look(members, member, place, found);
    else found.add(place);
  }
}

function schemasOf({ properties = {}, patternProperties = {}, additionalProperties }: Schema, name: string) {
  const named = Object.hasOwn(properties, name) ? [properties[name] as Schema] : [];
  const matching = Object.entries(patternProperties).filter(([pattern]) =>
    new RegExp(pattern, 'u').test(name),
  );
  const found = [...named, ...matching.map(([, schema]) => schema)];
  if (found.length > 0 || !additionalProperties) return found;
  return [additionalProperties === true ? {} : additionalProperties];
}

/** The schema, what it refers to, and the branches of all these. */
function withBranches(schema: Schema, seen: readonly Schema[] = []): Schema[] {
  if (seen.includes(schema)) return [];
  const { $ref, allOf = [], anyOf = [], oneOf = [] } = schema;
  const parts: Schema[] = [...($ref ? [resolve(schema)] : []), ...allOf, ...anyOf, ...oneOf];
  return [schema, ...parts.flatMap((part) => withBranches(part, [...seen, schema]))];
}

/** What a reference within the contract leads to. */
function resolve(node: { $ref?: string }): object {
  if (node.$ref === undefined) return node;
  let target: unknown = contract;
  for (const step of node.$ref.split('/').slice(1)) {
    target = Object(target)[step.replaceAll('~1', '/').replaceAll('~0', '~')];
  }
  return Object(target);
}
