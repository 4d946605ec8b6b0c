/** Reads the operations of a contract, whatever it is about, with references followed. */
import type {
  ExampleObject,
  MediaTypeObject,
  OpenAPI3,
  OperationObject,
  ParameterObject,
  PathItemObject,
  RequestBodyObject,
  ResponseObject,
  SecuritySchemeObject,
} from 'openapi-typescript';
import { UniqueNames } from './names.ts';
import { pointerTo } from './pointer.ts';
import { follow, isObject, type Located } from './resolve.ts';

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'] as const;

/** Where a parameter is sent. */
export const locations = ['query', 'path', 'header', 'cookie'] as const;
export type Location = (typeof locations)[number];

export interface Parameter {
  name: string;
  in: Location;
  pointer: string;
  required: boolean;
  style: string;
  explode: boolean;
  /** Undefined if any value is valid. */
  schema: Located<unknown> | undefined;
  /** Set where the value is written as a document of this media type. */
  mediaType: string | undefined;
  /** Those of the parameter, then those of its schema. */
  examples: unknown[];
}

type Example = [name: string, value: unknown];

/** A request or a response body, by media type. */
export interface Body {
  mediaTypes: { name: string; schema: Located<unknown> | undefined; examples: Example[] }[];
}

interface Response extends Body {
  status: string;
  retry: boolean;
  advice: string | undefined;
}

export interface Operation {
  /** An identifier: the name of a constant and of a file. */
  name: string;
  /** Made from method and path if the contract has none. */
  operationId: string;
  method: (typeof methods)[number];
  path: string;
  summary: string | undefined;
  pointer: string;
  /** Whether a request without credentials is refused. */
  secured: boolean;
  parameters: Parameter[];
  /** Query names that are no parameters: API keys of security schemes. */
  keysInQuery: string[];
  requestBody: (Body & { required: boolean }) | undefined;
  responses: Response[];
}

/** Every operation below `paths`, in the order of the document. Webhooks are left out, as callers answer them. */
export function findOperations(contract: OpenAPI3): Operation[] {
  // `Operation` is the type beside the constants.
  const names = new UniqueNames(['Operation']);
  return Object.entries(contract.paths ?? {})
    .filter(([path]) => path.startsWith('/'))
    .flatMap(([path, entry]) => {
      const { node, pointer } = follow<PathItemObject>(contract, entry, pointerTo('#', 'paths', path));
      // OpenAPI allows fields beside the reference of a path.
      const item = { node: { ...node, ...entry }, pointer };
      return methods
        .filter((method) => isObject(item.node[method]))
        .map((method) => readOperation(contract, path, item, method, names));
    });
}

function readOperation(
  contract: OpenAPI3,
  path: string,
  item: Located<PathItemObject>,
  method: Operation['method'],
  names: UniqueNames,
): Operation {
  const operation = follow<OperationObject>(contract, item.node[method], pointerTo(item.pointer, method));
  const { node, pointer } = operation;
  const operationId = node.operationId ?? `${method} ${path}`;
  const security = node.security ?? contract.security ?? [];
  return {
    name: names.add(operationId),
    operationId,
    method,
    path,
    summary: node.summary,
    pointer,
    // An empty requirement among others makes credentials optional.
    secured: security.length > 0 && security.every((schemes) => Object.keys(schemes).length > 0),
    parameters: parametersOf(contract, item, operation),
    keysInQuery: keysInQuery(contract, security.flatMap(Object.keys)),
    requestBody: requestBodyOf(contract, operation),
    responses: responsesOf(contract, operation),
  };
}

function keysInQuery(contract: OpenAPI3, names: readonly string[]): string[] {
  return names.flatMap((name) => {
    const scheme = contract.components?.securitySchemes?.[name];
    const { node } = follow<SecuritySchemeObject | undefined>(contract, scheme, '');
    return node?.type === 'apiKey' && node.in === 'query' ? [node.name] : [];
  });
}

/** OpenAPI ignores these parameters: security schemes and media types define them. */
const ignoredHeaders = ['accept', 'authorization', 'content-type'];

/** Those of the path and of the operation. The latter replace those of equal location and name. */
function parametersOf(
  contract: OpenAPI3,
  ...owners: Located<PathItemObject | OperationObject>[]
): Parameter[] {
  const parameters = new Map<string, Parameter>();
  for (const { node, pointer } of owners) {
    for (const [index, entry] of (node.parameters ?? []).entries()) {
      const at = pointerTo(pointer, 'parameters', index);
      const parameter = parameterOf(contract, follow<ParameterObject>(contract, entry, at));
      const isHeader = parameter.in === 'header';
      // The names of headers differ in more than letter case (RFC 9110, section 5.1).
      const name = isHeader ? parameter.name.toLowerCase() : parameter.name;
      if (!isHeader || !ignoredHeaders.includes(name)) parameters.set(`${parameter.in} ${name}`, parameter);
    }
  }
  return [...parameters.values()];
}

/** Fills in the defaults of OpenAPI 3.1 for `style` and `explode`. */
function parameterOf(contract: OpenAPI3, { node, pointer }: Located<ParameterObject>): Parameter {
  const style = node.style ?? (node.in === 'query' || node.in === 'cookie' ? 'form' : 'simple');
  const [content] = bodyOf(contract, { node, pointer }).mediaTypes;
  const schema = content ? content.schema : schemaOf(node, pointer);
  const given = [...(content?.examples ?? []), ...examplesOf(contract, node)];
  return {
    name: node.name,
    in: node.in,
    pointer,
    required: node.required === true || node.in === 'path',
    style,
    explode: node.explode ?? style === 'form',
    schema,
    mediaType: content?.name,
    examples: [...given.map(([, value]) => value), ...schemaExamples(contract, schema)],
  };
}

/** pydantic writes the examples of a parameter into its schema. */
function schemaExamples(contract: OpenAPI3, schema: Located<unknown> | undefined): unknown[] {
  const { examples, example } = Object(follow(contract, schema?.node, '').node);
  return Array.isArray(examples) ? examples : example === undefined ? [] : [example];
}

function requestBodyOf(
  contract: OpenAPI3,
  { node, pointer }: Located<OperationObject>,
): Operation['requestBody'] {
  if (!node.requestBody) return undefined;
  const body = follow<RequestBodyObject>(contract, node.requestBody, pointerTo(pointer, 'requestBody'));
  return { required: body.node.required === true, ...bodyOf(contract, body) };
}

function responsesOf(contract: OpenAPI3, { node, pointer }: Located<OperationObject>): Response[] {
  return Object.entries(node.responses ?? {})
    .filter(([status]) => !status.startsWith('x-'))
    .map(([status, entry]) => {
      const response = follow<ResponseObject>(contract, entry, pointerTo(pointer, 'responses', status));
      const { 'x-retry': retry, 'x-advice': advice } = response.node;
      return { status, retry: retry === true, advice, ...bodyOf(contract, response) };
    });
}

function bodyOf(contract: OpenAPI3, { node, pointer }: Located<Pick<ParameterObject, 'content'>>): Body {
  const mediaTypes = Object.entries(node.content ?? {}).map(([name, entry]) => {
    const media = follow<MediaTypeObject>(contract, entry, pointerTo(pointer, 'content', name));
    return {
      name,
      schema: schemaOf(media.node, media.pointer),
      examples: examplesOf(contract, media.node),
    };
  });
  return { mediaTypes };
}

/** Named examples, else the one of `example` under that name. Those with an `externalValue` are left out. */
function examplesOf(contract: OpenAPI3, node: Pick<MediaTypeObject, 'example' | 'examples'>): Example[] {
  const named = Object.entries(node.examples ?? {}).flatMap(([name, entry]): Example[] => {
    const example = follow<ExampleObject | undefined>(contract, entry, '').node;
    return example && 'value' in example ? [[name, example.value]] : [];
  });
  return named.length > 0 || node.example === undefined ? named : [['example', node.example]];
}

function schemaOf({ schema }: { schema?: unknown }, pointer: string): Located<unknown> | undefined {
  return schema === undefined ? undefined : { node: schema, pointer: pointerTo(pointer, 'schema') };
}

/** Whether a body is JSON. A range such as `application/*` counts too: backends write it where they answer JSON. */
export function isJson(mediaType: string): boolean {
  return /^([^;]*[/+]json|(\*|application)\/\*)\s*(;|$)/i.test(mediaType.trim());
}

/** The examples of a body that mocks use: those of its JSON, else of the first media type that has some. */
export function shownExamples({ mediaTypes }: Body): Example[] {
  const filled = mediaTypes.filter(({ examples }) => examples.length > 0);
  return (filled.find(({ name }) => isJson(name)) ?? filled[0])?.examples ?? [];
}
