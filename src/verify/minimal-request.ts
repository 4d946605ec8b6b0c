/** Makes the smallest request of an operation that keeps the contract: what is required, and nothing else. */
import { type ContractOperation, contractOperations, nameOf, type Values } from '../contract.ts';
import { Skip } from './check.ts';
import { acceptedValues } from './checks/values.ts';
import { writeParameter } from './write-parameter.ts';

export const places = ['query', 'path', 'header', 'cookie'] as const;

/** Where a parameter is sent. */
export type Place = (typeof places)[number];

export interface MinimalRequest {
  /** As the request's validator takes it. */
  readonly values: Readonly<Record<Place, Values>> & { readonly body?: unknown };
  /** The path with its parameters filled in: by these, which are encoded, or by the contract's examples. */
  pathWith(parameters?: Readonly<Record<string, string>>): string;
  /** Required parameters of the query, encoded, by name. */
  readonly query: ReadonlyMap<string, string>;
  /** Headers by lower-case name, without the header or cookie of this name. */
  headersWithout(parameter?: string): Record<string, string>;
  readonly body: string | undefined;
}

/** @throws Skip if the contract does not say enough to make a request */
export function minimalRequest(operation: ContractOperation): MinimalRequest {
  const values = requiredValues(operation);
  const { body } = operation.examples['request'] ?? {};
  if (operation.requestBody?.required && body === undefined) {
    throw new Skip('the contract has no example of the request body');
  }
  const request = { ...values, ...(body !== undefined && { body }) };
  const validate = operation.validators.request;
  if (!validate(request)) {
    throw new Skip(`the contract's examples do not fit ${nameOf(operation)}`);
  }

  const write = (place: Place, name: string) => writeParameter(operation, place, name, values[place][name]);
  return {
    values: request,
    pathWith: (parameters = {}) =>
      operation.path.replace(/\{([^}]+)\}/g, (_, name: string) => parameters[name] ?? write('path', name)),
    query: new Map(Object.keys(values.query).map((name) => [name, write('query', name)])),
    headersWithout(parameter) {
      const left = (place: Place) => Object.keys(values[place]).filter((name) => name !== parameter);
      const cookies = left('cookie').map((name) => write('cookie', name));
      return {
        ...Object.fromEntries(left('header').map((name) => [name.toLowerCase(), write('header', name)])),
        ...(cookies.length > 0 && { cookie: cookies.join('; ') }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      };
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  };
}

/** The values of all required parameters. */
function requiredValues(operation: ContractOperation): Record<Place, Record<string, unknown>> {
  const values: ReturnType<typeof requiredValues> = { query: {}, path: {}, header: {}, cookie: {} };
  for (const place of places) {
    for (const [name, { required, schema }] of Object.entries(operation.parameters[place])) {
      if (!required) continue;
      // A path that is made up leads to nothing.
      const madeUp = place === 'path' ? undefined : acceptedValues(schema)[0];
      const value = findExample(operation, place, name) ?? madeUp;
      if (value === undefined) {
        throw new Skip(`the contract has no example of the ${place} parameter ${name}`);
      }
      values[place][name] = value;
    }
  }
  return values;
}

/** Whether the contract says enough to call an operation. */
export function isCallable(operation: ContractOperation): boolean {
  try {
    minimalRequest(operation);
    return true;
  } catch (error) {
    if (error instanceof Skip) return false;
    throw error;
  }
}

/**
 * The contract's example of a parameter. A path parameter that has none takes a property of the same name from the
 * example of a success: of this operation, or of one whose path is the start of this one's.
 */
function findExample(operation: ContractOperation, place: Place, name: string): unknown {
  const request = operation.examples['request']?.[place] as Values | undefined;
  if (request?.[name] !== undefined) return request[name];
  if (place !== 'path') return undefined;
  const above = contractOperations.filter(
    ({ path }) => path !== operation.path && operation.path.startsWith(path),
  );
  return [operation, ...above]
    .flatMap(({ examples }) => Object.entries(examples).filter(([status]) => status.startsWith('2')))
    .map(([, byName]) => findProperty(Object.values(byName), name))
    .find((value) => value !== undefined);
}

/** The first text or number of this name, however deep. */
function findProperty(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  const property = Array.isArray(value) ? undefined : (value as Values)[name];
  if (typeof property === 'string' || typeof property === 'number') return property;
  for (const part of Object.values(value)) {
    const found = findProperty(part, name);
    if (found !== undefined) return found;
  }
  return undefined;
}
