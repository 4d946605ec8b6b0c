/** The operations of the contract, each with what an answer of it is held to. */
import * as examples from '../../generated/examples.ts';
import * as operations from '../../generated/operations.ts';
import type { Lists, Operation, Validator } from '../../generated/types.ts';
import * as validators from '../../generated/validators/index.ts';

/** Values by name. */
export type Values = Readonly<Record<string, unknown>>;

export interface ContractOperation extends Operation {
  /** Checks a request. */
  readonly request: Validator;
  /** Check a JSON body, by status. */
  readonly validators: Readonly<Record<string, Validator>>;
  /** Where lists of values stand in a JSON body, by status. */
  readonly lists: Readonly<Record<string, Lists>>;
  /** Bodies by status and name; under `request`, parameters by place and a body. */
  readonly examples: Readonly<Record<string, Values>>;
}

const validatorsByName: Readonly<
  Record<string, { request: Validator; responses: object; lists: object } | undefined>
> = validators;
const examplesByName: Readonly<Record<string, object | undefined>> = examples;

const all = Object.entries<Operation>(operations).map(([name, operation]) => ({
  ...operation,
  request: validatorsByName[name]?.request,
  validators: validatorsByName[name]?.responses,
  lists: validatorsByName[name]?.lists,
  examples: examplesByName[name] ?? {},
})) as readonly ContractOperation[];

/** The one whose meaning is known here. */
export const catalog = all.find(
  ({ operationId }) => operationId === operations.list_training_catalog_endpoint.operationId,
) as ContractOperation;

/** All operations, that of the catalog first. */
export const contractOperations: readonly ContractOperation[] = [
  catalog,
  ...all.filter((operation) => operation !== catalog),
];

/** Whether calling it changes nothing on any server (RFC 9110, section 9.2.1). */
export function onlyReads({ method }: Operation): boolean {
  return method === 'get' || method === 'head';
}

/** The name of an operation for people: `GET /models/{id}`. */
export function nameOf({ method, path }: Operation): string {
  return `${method.toUpperCase()} ${path}`;
}

/** The status by which a request that breaks the contract is refused; undefined if the contract does not say. */
export function refusalOf({ responses }: Operation): number | undefined {
  // FastAPI's own, then that of RFC 9110.
  return [422, 400].find((status) => Object.hasOwn(responses, status));
}
