/** Makes requests of an operation from the contract alone: its required parameters, and what a check varies. */
import { writeUrl } from '../client/call.ts';
import { type ContractOperation, contractOperations, type Values } from '../contract.ts';
import { acceptedValues } from './values.ts';

export const locations = ['query', 'path', 'header', 'cookie'] as const;

/** Where a parameter is sent. */
export type Location = (typeof locations)[number];

/** A request whose parameters have been read, as the operation's validator takes it. */
export type Sample = Readonly<Record<Location, Values>> & { readonly body?: unknown };

/** How a request differs from the smallest one that keeps the contract. */
export interface Variation extends Partial<Record<Location, Values>> {
  /** A query as it is sent, without its question mark. */
  readonly search?: string;
}

/**
 * The smallest request that keeps the contract. Values come from the contract's examples, else from its schemas.
 *
 * @returns Where the contract does not say enough to make one: what it lacks.
 */
export function sampleOf(operation: ContractOperation): { sample: Sample } | { missing: string } {
  const sample: Record<Location, Record<string, unknown>> = { query: {}, path: {}, header: {}, cookie: {} };
  for (const location of locations) {
    for (const [name, { required, schema }] of Object.entries(operation.parameters[location])) {
      if (!required) continue;
      // A path that is made up leads to nothing.
      const madeUp = location === 'path' ? undefined : acceptedValues(schema)[0];
      const value = findExample(operation, location, name) ?? madeUp;
      if (value === undefined)
        return { missing: `the contract has no example of the ${location} parameter ${name}` };
      sample[location][name] = value;
    }
  }
  const { body } = operation.examples['request'] ?? {};
  if (operation.requestBody?.required && body === undefined) {
    return { missing: 'the contract has no example of the request body' };
  }
  const request = { ...sample, ...(body !== undefined && { body }) };
  const fits = operation.validators.request(request);
  return fits ? { sample: request } : { missing: "the contract's examples do not fit its own schemas" };
}

/** The address, the headers by lower-case name and the body of a request. */
export function buildRequest(
  baseUrl: string,
  operation: ContractOperation,
  sample: Sample,
  variation: Variation,
) {
  const { search, ...varied } = variation;
  const valuesIn = (location: Location): Values => {
    const all = Object.entries({ ...sample[location], ...varied[location] });
    return Object.fromEntries(
      all.filter(([, value]) => value !== undefined).map(([name, value]) => [name, whole(value)]),
    );
  };
  const url = writeUrl(baseUrl, operation, valuesIn('path'), valuesIn('query'));
  const cookies = Object.entries(valuesIn('cookie')).map(
    ([name, value]) => `${name}=${encodeURIComponent(`${value}`)}`,
  );
  const headers = Object.entries(valuesIn('header')).map(([name, value]): [string, string] => [
    name.toLowerCase(),
    // What other characters are in a header is not agreed on (RFC 9110, section 5.5).
    `${value}`.replace(/[^\t -~]/g, '?'),
  ]);
  const { body } = sample;
  return {
    url: search ? `${url}${url.includes('?') ? '&' : '?'}${search}` : url,
    headers: {
      ...Object.fromEntries(headers),
      ...(cookies.length > 0 && { cookie: cookies.join('; ') }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  };
}

/** A lone surrogate, which a server may have sent and UTF-8 cannot hold, becomes U+FFFD. */
function whole(value: unknown): unknown {
  return typeof value === 'string' ? value.replace(/\p{Surrogate}/gu, '\ufffd') : value;
}

/**
 * The contract's example of a parameter. A path parameter that has none takes a property of the same name from the
 * example of a success: of this operation, or of one whose path is the start of this one's.
 */
function findExample(operation: ContractOperation, location: Location, name: string): unknown {
  const request: Values = Object(operation.examples['request']?.[location]);
  if (request[name] !== undefined || location !== 'path') return request[name];
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
  for (const [key, member] of Object.entries(value)) {
    const isNamed = key === name && (typeof member === 'string' || typeof member === 'number');
    const found = isNamed ? member : findProperty(member, name);
    if (found !== undefined) return found;
  }
  return undefined;
}
