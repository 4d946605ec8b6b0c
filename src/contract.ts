/** The operations of the contract, each with its examples. */
import * as examples from '../generated/examples.ts';
import * as operations from '../generated/operations.ts';
import type { Operation } from '../generated/types.ts';

/** Values by name. */
export type Values = Readonly<Record<string, unknown>>;

export interface ContractOperation extends Operation {
  /** Bodies by status and name, in the contract's order; under `request`, parameters by location and a body. */
  readonly examples: Readonly<Record<string, Values>>;
}

const examplesByName: Readonly<Record<string, ContractOperation['examples'] | undefined>> = examples;

const all = Object.entries<Operation>(operations).map(([name, operation]) => ({
  ...operation,
  examples: examplesByName[name] ?? {},
}));

/** The operation whose meaning this package knows. */
export const catalog: ContractOperation = {
  ...operations.list_training_catalog_endpoint,
  examples: examples.list_training_catalog_endpoint,
};

/** All operations, that of the catalog first. */
export const contractOperations: readonly ContractOperation[] = [
  catalog,
  ...all.filter(({ operationId }) => operationId !== catalog.operationId),
];

/** The name of an operation for people: `GET /models/{id}`. */
export function nameOf({ method, path }: Operation): string {
  return `${method.toUpperCase()} ${path}`;
}
