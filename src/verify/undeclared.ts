/** Finds the fields of a body that the contract does not have: bodies are open, so no validator tells of them. */
import contract from '../../generated/openapi.json' with { type: 'json' };
import type { Operation } from '../../generated/types.ts';
import { byStatus } from '../client/reply.ts';
import { isJson } from '../media-type.ts';

interface Schema {
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly patternProperties?: object;
  readonly additionalProperties?: Schema | boolean;
}

interface PathItem {
  readonly responses?: Readonly<Record<string, object>>;
}

interface Response {
  readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>;
}

/** The fields of a JSON body that its schema does not have, each once: `models[].score`. */
export function undeclaredFields(
  { path, method }: Pick<Operation, 'path' | 'method'>,
  status: number,
  body: unknown,
): string[] {
  const paths: Readonly<Record<string, Readonly<Record<string, object>>>> = contract.paths;
  const { responses = {} }: PathItem = paths[path]?.[method] ?? {};
  const { content = {} }: Response = resolve(byStatus(responses, status) ?? {});
  const [media] = Object.entries(content).filter(([type]) => isJson(type));
  const found = new Set<string>();
  look(media?.[1].schema ? [media[1].schema] : [], body, '', found);
  return [...found];
}

/** @param schemas - All that the contract says of the value. */
function look(schemas: readonly Schema[], value: unknown, where: string, found: Set<string>): void {
  if (typeof value !== 'object' || value === null) return;
  const views = schemas.flatMap(withBranches);
  if (Array.isArray(value)) {
    const items = views.flatMap(({ items }) => items ?? []);
    for (const member of value) look(items, member, `${where}[]`, found);
    return;
  }
  // A map, or an object of which the contract says nothing.
  const isOpen = views.some(({ patternProperties, additionalProperties: more }) => patternProperties ?? more);
  if (isOpen || !views.some(({ properties }) => properties)) return;
  for (const [name, member] of Object.entries(value)) {
    const place = where ? `${where}.${name}` : name;
    const declared = views.flatMap(({ properties = {} }) =>
      Object.hasOwn(properties, name) ? (properties[name] ?? []) : [],
    );
    if (declared.length === 0) found.add(place);
    look(declared, member, place, found);
  }
}

/** What a schema leads to, by schema: a hundred models are of one. */
const known = new WeakMap<Schema, Schema[]>();

/** The schema that a reference leads to, and its branches. */
function withBranches(schema: Schema): Schema[] {
  const views = known.get(schema) ?? [];
  // A schema may refer to itself.
  if (known.has(schema)) return views;
  known.set(schema, views);
  const view: Schema = resolve(schema);
  const { allOf = [], anyOf = [], oneOf = [] } = view;
  views.push(view, ...[...allOf, ...anyOf, ...oneOf].flatMap(withBranches));
  return views;
}

/** What a reference within the contract leads to. */
function resolve(node: object): object {
  if (!('$ref' in node)) return node;
  let target: unknown = contract;
  for (const step of String(node.$ref).split('/').slice(1)) {
    target = Object(target)[step.replaceAll('~1', '/').replaceAll('~0', '~')];
  }
  return Object(target);
}
