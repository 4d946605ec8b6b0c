/** Makes requests of an operation from the contract alone: its required parameters, and what a check varies. */
import type { Parameter } from '../../generated/types.ts';
import { type ContractOperation, contractOperations, type Values } from '../contract.ts';
import { separatorOf } from '../parameter-schema.ts';
import { acceptedValues } from './values.ts';

export const locations = ['query', 'path', 'header', 'cookie'] as const;

/** Where a parameter is sent. */
export type Location = (typeof locations)[number];

/** How a request differs from the smallest one that keeps the contract. */
export interface Variation {
  /** The query without its question mark, encoded. Required parameters that it lacks are added. */
  readonly search?: string;
  /** A parameter with another value; `undefined` leaves it out. */
  readonly parameter?: { readonly location: Location; readonly name: string; readonly value: unknown };
}

export interface BuiltRequest {
  /** The path and the query. */
  readonly target: string;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/** A request whose parameters have been read, as the operation's validator takes it. */
export type Sample = Readonly<Record<Location, Values>> & { readonly body?: unknown };

/**
 * The smallest request that keeps the contract. Values come from the contract's examples, else from its schemas.
 *
 * @returns Where the contract does not say enough to make one: what it lacks.
 */
export function sampleOf(operation: ContractOperation): { sample: Sample } | { missing: string } {
  const sample: Record<Location, Record<string, unknown>> & { body?: unknown } = {
    query: {},
    path: {},
    header: {},
    cookie: {},
  };
  for (const location of locations) {
    for (const [name, { required, schema }] of Object.entries(operation.parameters[location])) {
      if (!required) continue;
      // A path that is made up leads to nothing.
      const madeUp = location === 'path' ? undefined : acceptedValues(schema)[0];
      const value = findExample(operation, location, name) ?? madeUp;
      if (value === undefined) {
        return { missing: `the contract has no example of the ${location} parameter ${name}` };
      }
      sample[location][name] = value;
    }
  }
  const { body } = operation.examples['request'] ?? {};
  if (body !== undefined) sample.body = body;
  else if (operation.requestBody?.required) {
    return { missing: 'the contract has no example of the request body' };
  }
  if (!operation.validateRequest(sample)) {
    return { missing: "the contract's examples do not fit its own schemas" };
  }
  return { sample };
}

export function buildRequest(
  operation: ContractOperation,
  sample: Sample,
  { search = '', parameter }: Variation,
): BuiltRequest {
  const valuesIn = (location: Location): [name: string, written: string][] => {
    const varied = parameter?.location === location ? { [parameter.name]: parameter.value } : {};
    return Object.entries({ ...sample[location], ...varied })
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, writeParameter(operation, location, name, value)]);
  };
  const inPath = new Map(valuesIn('path'));
  const given = new URLSearchParams(search);
  const query = valuesIn('query').flatMap(([name, written]) => (given.has(name) ? [] : [written]));
  const fullQuery = [...query, search].filter(Boolean).join('&');
  const cookies = valuesIn('cookie').map(([, written]) => written);
  const { body } = sample;
  return {
    target:
      operation.path.replace(/\{([^}]+)\}/g, (_, name: string) => inPath.get(name) ?? '') +
      (fullQuery ? `?${fullQuery}` : ''),
    headers: {
      ...Object.fromEntries(valuesIn('header').map(([name, written]) => [name.toLowerCase(), written])),
      ...(cookies.length > 0 && { cookie: cookies.join('; ') }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  };
}

/** Escapes all but letters, digits and `-_.!~*'()`. A lone surrogate, which UTF-8 cannot hold, becomes U+FFFD. */
export function escapeText(text: string | number): string {
  return encodeURIComponent(`${text}`.replace(/\p{Surrogate}/gu, '\ufffd'));
}

/**
 * Writes the value of a parameter as OpenAPI says (version 3.1, section 4.8.12.4): `name=value` for a query and a
 * cookie, else the value alone.
 */
export function writeParameter(
  operation: ContractOperation,
  location: Location,
  name: string,
  value: unknown,
): string {
  const parameter = operation.parameters[location][name] as Parameter;
  const { style, explode } = parameter;
  const members = membersOf(parameter, value);
  if (location === 'header') return members.join(',');
  const escaped = members.map(escapeText);
  if (location === 'path') return escaped.join(',');
  if (location === 'query' && explode && style === 'form') {
    return escaped.map((member) => `${escapeText(name)}=${member}`).join('&');
  }
  return `${escapeText(name)}=${escaped.join(escapeText(separatorOf(style)))}`;
}

function membersOf({ mediaType }: Parameter, value: unknown): string[] {
  if (mediaType !== undefined) return [JSON.stringify(value)];
  return [value].flat().map((member) => (typeof member === 'object' ? JSON.stringify(member) : `${member}`));
}

/**
 * The contract's example of a parameter. A path parameter that has none takes a property of the same name from the
 * example of a success: of this operation, or of one whose path is the start of this one's.
 */
function findExample(operation: ContractOperation, location: Location, name: string): unknown {
  const request = operation.examples['request']?.[location] as Values | undefined;
  if (request?.[name] !== undefined) return request[name];
  if (location !== 'path') return undefined;
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
