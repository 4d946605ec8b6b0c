/**
 * What tests expect of the API, read from the YAML on a way of its own, past generation.
 *
 * A test that takes its expectation from generated code could only agree with it.
 */
import type { components } from '../../generated/schema.ts';
import { parsedContract } from './read-yaml.ts';

// biome-ignore lint/suspicious/noExplicitAny: a document is anything; a wrong path fails the tests that take it.
type Node = any;

const contract = parsedContract();

/** What a reference leads to, as long as there is one. */
function follow(node: Node): Node {
  return typeof node?.$ref === 'string' ? follow(at(node.$ref)) : node;
}

function at($ref: string): Node {
  return $ref
    .slice('#/'.length)
    .split('/')
    .reduce((node, key) => node[key.replaceAll('~1', '/').replaceAll('~0', '~')], contract);
}

/** The path and the operation that lists the catalog: the only names that tests of the catalog need by hand. */
export const operationId = 'list_training_catalog_endpoint';

const [path, item] = Object.entries<Node>(contract.paths).find(
  ([, { get }]) => get?.operationId === operationId,
) as [string, Node];

export const catalogPath = path;

/** Whether the path of an address is that of another operation. */
export function isOfAnotherOperation(pathname: string): boolean {
  return Object.keys(contract.paths).some((template) => {
    const pattern = template.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{[^}]+\}/g, '[^/]+');
    return template !== path && new RegExp(`^${pattern}$`).test(pathname);
  });
}

/** How many operations there are beside that of the catalog. */
export const otherOperations =
  Object.values<Node>(contract.paths).flatMap((each) =>
    Object.keys(each).filter((key) => key !== 'parameters'),
  ).length - 1;

export const version: string = contract.info.version;
export const serverUrl: string = contract.servers[0].url;

/**
 * A fresh copy of the contract as if the catalog were all of it: other paths are left out, and what only they use.
 * For tests of edits, which would meet whatever else the contract has.
 */
export function contractOfCatalog(): Node {
  const document = parsedContract();
  document.paths = { [path]: document.paths[path] };
  const used = new Set<string>();
  const visit = (node: Node): void => {
    if (typeof node !== 'object' || node === null) return;
    if (typeof node.$ref === 'string' && !used.has(node.$ref)) {
      used.add(node.$ref);
      visit(at(node.$ref));
    }
    Object.values(node).forEach(visit);
  };
  visit(document.paths);
  for (const [kind, named] of Object.entries<Node>(document.components)) {
    // These are named without a reference.
    if (kind === 'securitySchemes') continue;
    for (const name of Object.keys(named)) {
      if (!used.has(`#/components/${kind}/${name}`)) delete named[name];
    }
  }
  return document;
}

const operation = item.get;
const parameters: Node[] = [...(item.parameters ?? []), ...(operation.parameters ?? [])].map(follow);

/** The query parameters in the contract's order, each with its schema. */
export const queryParameters = parameters
  .filter((parameter) => parameter.in === 'query')
  .map(({ name, schema }) => ({ name: name as string, schema: follow(schema) }));

/** The names of the query parameters of a JSON Schema type, null left aside. */
export function queryNamesOfType(type: string): string[] {
  return queryParameters.filter(({ schema }) => typesOf(schema).includes(type)).map(({ name }) => name);
}

function typesOf(schema: Node): string[] {
  const { type, anyOf = [], oneOf = [] } = follow(schema);
  return [type ?? [], ...[...anyOf, ...oneOf].map(typesOf)].flat();
}

/** The bounds and the default of `limit`. */
export const limit = queryParameters.find(({ name }) => name === 'limit')?.schema as {
  minimum: number;
  maximum: number;
  default: number;
};

export interface ErrorResponse {
  status: number;
  /** Whether the client tries again. */
  retry: boolean;
  /** What the caller can do about it. */
  advice: string;
}

/** The documented errors, in the contract's order. */
export const errorResponses: ErrorResponse[] = Object.entries<Node>(operation.responses)
  .filter(([status]) => Number(status) >= 400)
  .map(([status, entry]) => {
    const response = follow(entry);
    return { status: Number(status), retry: response['x-retry'], advice: response['x-advice'] };
  });

/** The documented error statuses. */
export const errorStatuses: number[] = errorResponses.map(({ status }) => status);

/** The pointer to the schema of a response's JSON, in a fragment; undefined for an undocumented status. */
export function pointerOfSchema(status: number): string | undefined {
  const response = operation.responses[status];
  const pointer = `#/paths/${path.replaceAll('/', '~1')}/get/responses/${status}`;
  return response && `${response.$ref ?? pointer}/content/application~1json/schema`;
}

/** The examples of a response by name, in the contract's order. */
export function examplesOf(status: number | string): Record<string, Node> {
  const { examples } = follow(operation.responses[status]).content['application/json'];
  return Object.fromEntries(
    Object.entries<Node>(examples).map(([name, example]) => [name, structuredClone(follow(example).value)]),
  );
}

/** The first example of a response. */
export function exampleOf(status: number | string): Node {
  return Object.values(examplesOf(status))[0];
}

/** A model as it stands in the YAML. */
export type Model = components['schemas']['TrainingModel'];

/** The models of the catalog's first example: what servers and mocks of this package serve unless told otherwise. */
export const models: Model[] = exampleOf(200).models;

/** A status of an error that the contract does not have. */
export const undocumentedStatus = [418, 417, 421, 424, 425, 451].find(
  (status) => !errorStatuses.includes(status),
) as number;

/** A status of a server in trouble that the contract does not have. */
export const newTrouble = [503, 507, 508, 510, 506, 505].find(
  (status) => !errorStatuses.includes(status),
) as number;

/** A value that no list of the contract has, and none will. */
export const unheardOf = 'newer-than-the-contract';

/** The list of values at a path in a named schema, be it beside null or that of an array's items. */
export function valuesOf(schema: string, property: string): Node[] {
  const find = (node: Node): Node[] | undefined => {
    const { enum: values, items, anyOf = [], oneOf = [], allOf = [] } = follow(node);
    if (values) return values;
    const inner = [items, ...anyOf, ...oneOf, ...allOf].filter(Boolean);
    return inner.map(find).find(Boolean);
  };
  const values = find(contract.components.schemas[schema].properties[property]);
  if (!values) throw new Error(`${schema}.${property} has no list of values.`);
  return values;
}
