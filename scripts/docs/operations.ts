/** Reads the operations of a contract with their references followed, whatever the contract is about. */
import type {
  OpenAPI3,
  OperationObject,
  ParameterObject,
  PathItemObject,
  ReferenceObject,
  RequestBodyObject,
  ResponseObject,
} from 'openapi-typescript';
import { isJson } from '../../src/media-type.ts';
import { at } from '../contract/pointer.ts';

export interface Answer {
  /** `404`, `4XX` or `default`. */
  status: string;
  response: ResponseObject;
}

export interface Operation {
  /** `GET /path`. */
  name: string;
  /** In lower case. */
  method: (typeof methods)[number];
  path: string;
  /** As it stands in the contract. */
  node: OperationObject;
  /** Those of the path come first, unless the operation has one of the same name and place. */
  parameters: ParameterObject[];
  body: RequestBodyObject | undefined;
  answers: Answer[];
}

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'] as const;

/** Every operation under `paths`, in the order of the contract. */
export function readOperations(contract: OpenAPI3): Operation[] {
  return Object.entries(contract.paths ?? {}).flatMap(([path, entry]) => {
    const item = follow<PathItemObject>(contract, entry);
    return methods.flatMap((method) => {
      const node = item[method] && follow<OperationObject>(contract, item[method]);
      return node ? [readOperation(contract, item, path, method, node)] : [];
    });
  });
}

function readOperation(
  contract: OpenAPI3,
  item: PathItemObject,
  path: string,
  method: Operation['method'],
  node: OperationObject,
): Operation {
  const parameters = [...(item.parameters ?? []), ...(node.parameters ?? [])].map((parameter) =>
    follow<ParameterObject>(contract, parameter),
  );
  return {
    name: `${method.toUpperCase()} ${path}`,
    method,
    path,
    node,
    parameters: [...new Map(parameters.map((each) => [`${each.in} ${each.name}`, each])).values()],
    body: node.requestBody && follow<RequestBodyObject>(contract, node.requestBody),
    answers: Object.entries(node.responses ?? {}).map(([status, response]) => ({
      status,
      response: follow<ResponseObject>(contract, response),
    })),
  };
}

/** Whether a status stands for a failure; `default` is whatever is not documented. */
export const isError = ({ status }: Answer) => /^(?:[45]|default$)/.test(status);

/** The node itself, or what it refers to. */
export function follow<T>(contract: OpenAPI3, node: T | ReferenceObject): T {
  let target: unknown = node;
  while (typeof (target as ReferenceObject | undefined)?.$ref === 'string') {
    target = at((target as ReferenceObject).$ref, contract);
  }
  return target as T;
}

/** The part of a body, or of a request, that is JSON, with its media type. */
export function findJson<T>(content: Record<string, T> | undefined): [mediaType: string, T] | undefined {
  return Object.entries(content ?? {}).find(([mediaType]) => isJson(mediaType));
}
