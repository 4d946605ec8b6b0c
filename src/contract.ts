/** The operations of the contract, each with its validators and examples. */
import * as examples from '../generated/examples.ts';
import * as operations from '../generated/operations.ts';
import type { Lists, Operation, Validator } from '../generated/types.ts';
import * as validators from '../generated/validators/index.ts';

/** Values by name. */
export type Values = Readonly<Record<string, unknown>>;

export interface ContractOperation extends Operation {
  /** Checks a request whose parameters have been read. */
  readonly validateRequest: Validator;
  /** Check a JSON body, by status. */
  readonly validators: Readonly<Record<string, Validator>>;
  /** Where lists of values stand in a JSON body, by status. */
  readonly lists: Readonly<Record<string, Lists>>;
  /** Bodies by status and name, in the contract's order; under `request`, parameters by place and a body. */
  readonly examples: Readonly<Record<string, Values>>;
}

const validatorsByName: Readonly<
  Record<string, { request: Validator; responses: object; lists: object } | undefined>
> = validators;
const examplesByName: Readonly<Record<string, object | undefined>> = examples;

const all = Object.entries<Operation>(operations).map(([name, operation]) => ({
  ...operation,
  validateRequest: validatorsByName[name]?.request,
  validators: validatorsByName[name]?.responses,
  lists: validatorsByName[name]?.lists,
  examples: examplesByName[name] ?? {},
})) as readonly ContractOperation[];

/** The operation whose meaning this package knows. */
export const catalog = all.find(
  ({ operationId }) => operationId === operations.list_training_catalog_endpoint.operationId,
) as ContractOperation;

/** All operations, that of the catalog first. */
export const contractOperations: readonly ContractOperation[] = [
  catalog,
  ...all.filter((operation) => operation !== catalog),
];

/** The name of an operation for people: `GET /models/{id}`. */
export function nameOf({ method, path }: Operation): string {
  return `${method.toUpperCase()} ${path}`;
}
