/** Reads the operations of a contract, with references to parameters, bodies and responses followed. */
import type { OpenAPI3 } from 'openapi-typescript';
import { UniqueNames } from './names.ts';
import { escapeKey } from './pointer.ts';
import { follow, isObject, type Place } from './resolve.ts';

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'] as const;

/** Where a parameter is sent. */
export const parameterPlaces = ['query', 'path', 'header', 'cookie'] as const;
export type ParameterPlace = (typeof parameterPlaces)[number];

export interface Parameter {
  name: string;
  in: ParameterPlace;
  required: boolean;
  style: string;
  explode: boolean;
  /** Undefined if any value is valid. */
  schema: Place<unknown> | undefined;
  /** Set where the value is written as a document of this media type. */
  mediaType: string | undefined;
  /** Those of the parameter, then those of its schema. */
  examples: unknown[];
}

/** A request or a response body: the schema of each media type that has one. */
export interface Body {
  mediaTypes: {
    name: string;
    schema: Place<unknown> | undefined;
    examples: [name: string, value: unknown][];
  }[];
}

interface Response extends Body {
  status: string;
  retry: boolean;
  advice: string | undefined;
}

export interface Operation {
  /** An identifier: the name of a constant and of a file. */
  name: string;
  operationId: string;
  method: (typeof methods)[number];
  path: string;
  summary: string | undefined;
  /** Its place in the document. */
  pointer: string;
  /** Whether a request without credentials is refused. */
  secured: boolean;
  parameters: Parameter[];
  /** Query names that are no parameters: API keys of security schemes. */
  keysInQuery: string[];
  requestBody: (Body & { required: boolean }) | undefined;
  responses: Response[];
}

type Node = Record<string, unknown>;

/** Every operation below `paths`, in the order of the document. One without an id is named by its method and path. */
export function findOperations(contract: OpenAPI3): Operation[] {
  const found: Omit<Operation, 'name'>[] = [];
  for (const [path, entry] of Object.entries(contract.paths ?? {})) {
    if (!path.startsWith('/')) continue;
    const item = pathItem(contract, entry, `#/paths/${escapeKey(path)}`);
    for (const method of methods) {
      const operation = item.node[method];
      if (!isObject(operation)) continue;
      const pointer = `${item.pointer}/${method}`;
      const security = operation['security'] ?? contract.security;
      found.push({
        operationId: String(operation['operationId'] ?? `${method} ${path}`),
        method,
        path,
        summary: text(operation['summary']),
        pointer,
        secured: needsCredentials(security),
        keysInQuery: keysInQuery(contract, security),
        parameters: parametersOf(contract, item, pointer, operation),
        requestBody: requestBodyOf(contract, operation, `${pointer}/requestBody`),
        responses: responsesOf(contract, operation, `${pointer}/responses`),
      });
    }
  }
  // `Operation` is the type beside the constants.
  const names = new UniqueNames(['Operation']);
  return found.map((operation) => ({ name: names.add(operation.operationId), ...operation }));
}

/** In a path item, OpenAPI allows fields beside a reference. */
function pathItem(contract: OpenAPI3, entry: unknown, pointer: string): Place<Node> {
  const { $ref, ...beside } = Object(entry);
  if ($ref === undefined) return { node: beside, pointer };
  const target = follow<Node>(contract, entry, pointer);
  return { node: { ...target.node, ...beside }, pointer: target.pointer };
}

/** An empty security requirement among others makes credentials optional. */
function needsCredentials(security: unknown): boolean {
  return (
    Array.isArray(security) &&
    security.length > 0 &&
    security.every((requirement) => Object.keys(requirement).length > 0)
  );
}

/** OpenAPI ignores these parameters: security schemes and media types define them. */
const ignoredHeaders = ['accept', 'authorization', 'content-type'];

function keysInQuery(contract: OpenAPI3, security: unknown): string[] {
  const names = (Array.isArray(security) ? security : []).flatMap((requirement) => Object.keys(requirement));
  return names.flatMap((name) => {
    const pointer = `#/components/securitySchemes/${escapeKey(name)}`;
    const { node } = follow<Node>(contract, { $ref: pointer }, pointer);
    return node?.['type'] === 'apiKey' && node['in'] === 'query' ? [String(node['name'])] : [];
  });
}

/** Those of the path and of the operation. The latter win where place and name are equal. */
function parametersOf(contract: OpenAPI3, item: Place<Node>, pointer: string, operation: Node): Parameter[] {
  const lists: [unknown, string][] = [
    [item.node['parameters'], `${item.pointer}/parameters`],
    [operation['parameters'], `${pointer}/parameters`],
  ];
  const parameters = new Map<string, Parameter>();
  for (const [list, listPointer] of lists) {
    for (const [index, entry] of (Array.isArray(list) ? list : []).entries()) {
      const parameter = parameterOf(contract, follow<Node>(contract, entry, `${listPointer}/${index}`));
      if (parameter.in === 'header' && ignoredHeaders.includes(parameter.name.toLowerCase())) continue;
      parameters.set(`${parameter.in} ${parameter.name}`, parameter);
    }
  }
  return [...parameters.values()];
}

/** Fills in the defaults of OpenAPI 3.1 for `style` and `explode`. */
function parameterOf(contract: OpenAPI3, { node, pointer }: Place<Node>): Parameter {
  const place = node['in'] as ParameterPlace;
  const style = text(node['style']) ?? (place === 'query' || place === 'cookie' ? 'form' : 'simple');
  const [content] = bodyOf(contract, { node, pointer }).mediaTypes;
  const schema = content ? content.schema : child(node, pointer, 'schema');
  return {
    name: String(node['name']),
    in: place,
    required: node['required'] === true || place === 'path',
    style,
    explode: typeof node['explode'] === 'boolean' ? node['explode'] : style === 'form',
    schema,
    mediaType: content?.name,
    examples: [
      ...(content?.examples ?? []).map(([, value]) => value),
      ...examplesOf(contract, node, pointer).map(([, value]) => value),
      ...schemaExamples(contract, schema),
    ],
  };
}

/** pydantic writes the examples of a parameter into its schema. */
function schemaExamples(contract: OpenAPI3, schema: Place<unknown> | undefined): unknown[] {
  if (!isObject(schema?.node)) return [];
  const { node } = follow<Node>(contract, schema.node, schema.pointer);
  const { examples, example } = Object(node) as Node;
  return Array.isArray(examples) ? examples : example === undefined ? [] : [example];
}

function requestBodyOf(contract: OpenAPI3, operation: Node, pointer: string): Operation['requestBody'] {
  if (operation['requestBody'] === undefined) return undefined;
  const body = follow<Node>(contract, operation['requestBody'], pointer);
  return { required: body.node['required'] === true, ...bodyOf(contract, body) };
}

function responsesOf(contract: OpenAPI3, operation: Node, pointer: string): Response[] {
  return Object.entries((operation['responses'] ?? {}) as Node)
    .filter(([status]) => !status.startsWith('x-'))
    .map(([status, entry]) => {
      const response = follow<Node>(contract, entry, `${pointer}/${status}`);
      return {
        status,
        retry: response.node['x-retry'] === true,
        advice: text(response.node['x-advice']),
        ...bodyOf(contract, response),
      };
    });
}

function bodyOf(contract: OpenAPI3, { node, pointer }: Place<Node>): Body {
  const mediaTypes = Object.entries((node['content'] ?? {}) as Record<string, Node>).map(([name, media]) => {
    const mediaPointer = `${pointer}/content/${escapeKey(name)}`;
    return {
      name,
      schema: child(media, mediaPointer, 'schema'),
      examples: examplesOf(contract, media, mediaPointer),
    };
  });
  return { mediaTypes };
}

/** Named examples, else the one of `example` under that name. Those with an `externalValue` are left out. */
function examplesOf(contract: OpenAPI3, media: Node, pointer: string): [string, unknown][] {
  const named = Object.entries((media['examples'] ?? {}) as Node).flatMap(([name, entry]) => {
    const { node } = follow<Node>(contract, entry, `${pointer}/examples/${escapeKey(name)}`);
    return isObject(node) && 'value' in node ? [[name, node['value']] as [string, unknown]] : [];
  });
  return named.length > 0 || media['example'] === undefined ? named : [['example', media['example']]];
}

function child(node: Node, pointer: string, key: string): Place<unknown> | undefined {
  return node[key] === undefined ? undefined : { node: node[key], pointer: `${pointer}/${key}` };
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** Whether a body is JSON. A range such as `application/*` counts too: backends write it where they answer JSON. */
export function isJson(mediaType: string): boolean {
  return /^([^;]*[/+]json|(\*|application)\/\*)\s*(;|$)/i.test(mediaType.trim());
}

/** The examples of a body that mocks use: those of its JSON, else of the first media type that has some. */
export function shownExamples({ mediaTypes }: Body): [name: string, value: unknown][] {
  const filled = mediaTypes.filter(({ examples }) => examples.length > 0);
  return (filled.find(({ name }) => isJson(name)) ?? filled[0])?.examples ?? [];
}
