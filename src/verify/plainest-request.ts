/** Fills in what a request of an operation can't do without. */
import type { ParameterSchema } from '../../generated/types.ts';
import { acceptedValues } from './checks/values.ts';
import { type ContractOperation, contractOperations, nameOf, type Values } from './contract.ts';
import { writeParameter } from './write-parameter.ts';

/** A request with nothing in it that could be left out. */
export interface PlainestRequest {
  /** What the request's validator takes. */
  readonly values: { query: Values; path: Values; header: Values; cookie: Values; body?: unknown };
  /** The path with its parameters filled in: by these, which are encoded, or by the contract's examples. */
  pathWith(parameters?: Readonly<Record<string, string>>): string;
  /** Required parameters of the query, encoded, by name. */
  readonly query: ReadonlyMap<string, string>;
  /** Headers by lower-case name, all parameters but one among them. */
  headersWithout(parameter?: string): Record<string, string>;
  readonly body: string | undefined;
}

const places = ['query', 'path', 'header', 'cookie'] as const;

/** The request, or why it can't be made up from the contract. */
export function plainestRequest(operation: ContractOperation): PlainestRequest | string {
  const values: Record<(typeof places)[number], Record<string, unknown>> = {
    query: {},
    path: {},
    header: {},
    cookie: {},
  };
  for (const place of places) {
    for (const [name, { required, schema }] of Object.entries(operation.parameters[place])) {
      if (!required) continue;
      const value = exampleOf(operation, place, name) ?? (place === 'path' ? undefined : madeUp(schema));
      if (value === undefined) return `the contract has no example of the ${place} parameter ${name}`;
      values[place][name] = value;
    }
  }
  const { body } = operation.examples['request'] ?? {};
  if (operation.requestBody?.required && body === undefined) {
    return 'the contract has no example of the request body';
  }
  const request = { ...values, ...(body !== undefined && { body }) };
  if (!operation.request(request)) return `the contract's examples do not fit ${nameOf(operation)}`;
  const write = (place: (typeof places)[number], name: string) =>
    writeParameter(operation, place, name, values[place][name]);
  const namesIn = (place: (typeof places)[number], without?: string) =>
    Object.keys(values[place]).filter((name) => name !== without);
  return {
    values: request,
    pathWith: (parameters = {}) =>
      operation.path.replace(/\{([^}]+)\}/g, (_, name: string) => parameters[name] ?? write('path', name)),
    query: new Map(namesIn('query').map((name) => [name, write('query', name)])),
    headersWithout(parameter) {
      const cookies = namesIn('cookie', parameter).map((name) => write('cookie', name));
      const headers = namesIn('header', parameter);
      return {
        ...Object.fromEntries(headers.map((name) => [name.toLowerCase(), write('header', name)])),
        ...(cookies.length > 0 && { cookie: cookies.join('; ') }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      };
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  };
}

/** Any value that the schema takes. */
function madeUp(schema: ParameterSchema): unknown {
  return acceptedValues(schema)[0];
}

/**
 * What the contract gives as an example of a parameter. For one in the path that has none, a success's example
 * may hold a property of its name: of this operation, or of one whose path leads to it.
 */
function exampleOf(operation: ContractOperation, place: (typeof places)[number], name: string): unknown {
  const request = operation.examples['request']?.[place] as Values | undefined;
  if (request?.[name] !== undefined) return request[name];
  if (place !== 'path') return undefined;
  const above = contractOperations.filter(
    ({ path }) => path !== operation.path && operation.path.startsWith(path),
  );
  for (const { examples } of [operation, ...above]) {
    for (const [status, byName] of Object.entries(examples)) {
      if (!status.startsWith('2')) continue;
      const value = findProperty(Object.values(byName), name);
      if (value !== undefined) return value;
    }
  }
  return undefined;
}

/** The first text or number of this name, however deep. */
function findProperty(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  const own = Array.isArray(value) ? undefined : (value as Values)[name];
  if (typeof own === 'string' || typeof own === 'number') return own;
  for (const part of Object.values(value)) {
    const found = findProperty(part, name);
    if (found !== undefined) return found;
  }
  return undefined;
}
