/** Catalogs at random, and runs of the conformance check against a handler in process. */
import fc from 'fast-check';
import { type CatalogHandler, createCatalogHandler } from '../../src/server/index.ts';
import { type Fetch, type Report, type VerifyOptions, verifyServer } from '../../src/verify/index.ts';
import {
  isOfAnotherOperation,
  limit,
  type Model,
  otherOperations,
  queryParameters,
  valuesOf,
} from '../contract/from-yaml.ts';
import { areCrossed, type Break, reads, refuses } from './breaks.ts';

/** Names with all that an encoding can get wrong. */
const name = fc
  .array(
    fc.constantFrom('Llama', 'Qwen3', '3.1', '8B', 'C++', '100%', 'é', '日本', '😀', 'a&b', '=', '#1', '?'),
    {
      minLength: 1,
      maxLength: 4,
    },
  )
  .map((words) => words.join(' '));

/** The fields that checks look at, and what else a model must have. */
const model = fc.record({
  tinker_id: fc
    .tuple(fc.constantFrom('meta-llama', 'Qwen', 'org'), fc.stringMatching(/^[A-Za-z0-9.-]{3,12}$/))
    .map((parts) => parts.join('/')),
  display_name: name,
  family: fc.constantFrom(...valuesOf('TrainingModel', 'family')),
  type: fc.constantFrom(...valuesOf('TrainingModel', 'type')),
  size_b: fc.oneof(
    fc.constantFrom(0.1, 0.5, 1, 3, 8, 32, 70),
    fc.integer({ min: 1, max: 4000 }).map((tenths) => tenths / 10),
  ),
  context_length: fc.integer({ min: 1, max: 262_144 }),
  extended_context: fc.boolean(),
  supported_algorithms: fc.subarray(valuesOf('TrainingModel', 'supported_algorithms')),
  pricing: fc.constantFrom(null, {}, { prefill: 0.13, sample: null }, { prefill: 0, sample: 1.5, train: 2 }),
}) as fc.Arbitrary<unknown> as fc.Arbitrary<Model>;

/** Catalogs with distinct ids. */
export const catalogs = (minLength: number, maxLength: number): fc.Arbitrary<Model[]> =>
  fc.uniqueArray(model, {
    selector: ({ tinker_id }) => tinker_id.toLowerCase(),
    minLength,
    maxLength,
    size: 'max',
  });

/** Makes a handler what `verifyServer` takes for a fetch. */
export const inProcess =
  (handler: CatalogHandler): Fetch =>
  (url, init) =>
    handler(new Request(url, init));

export const verifyHandler = (handler: CatalogHandler, options: VerifyOptions = {}): Promise<Report> =>
  verifyServer('http://catalog.test', { fetch: inProcess(handler), ...options });

/**
 * The requests of other operations are answered by the reference server, and only the rest by this handler. So a handler may take each success for a catalog, and its faults show in the catalog's checks alone.
 */
export function atCatalog(handler: CatalogHandler): CatalogHandler {
  const good = createCatalogHandler();
  return (request) => (isOfAnotherOperation(new URL(request.url).pathname) ? good : handler)(request);
}

/** A server that takes a limit that is one too large: one check fails. */
export const takesLargerLimit: Break = reads('limit', (value) =>
  value === `${limit.maximum + 1}` ? `${limit.maximum}` : value,
);

/** A server that refuses crossed bounds, of which the API reference does not speak: one check is a note. */
export const refusesCrossedBounds: Break = refuses(areCrossed);

/** The query parameters that have faults of their own in `faults.ts`. */
const tried = ['query', 'family', 'algorithm', 'min_size_b', 'max_size_b', 'limit'];
const gained = queryParameters.filter(({ name }) => !tried.includes(name));

/**
 * Whether a check is one that the tests of the catalog name. Those of another operation begin with its name, and they
 * and those of a parameter that the contract has gained are made from it alone, which `grown.test.ts` tries.
 */
export function isOfCatalog(id: string): boolean {
  const isGained = gained.some(({ name }) => new RegExp(`^${name}-(refused|empty|accepted)$`).test(id));
  return !id.includes('/') && !isGained;
}

/** How many calls a run may take, with a few more for what the contract has gained. */
export const mostCalls = 230 + 10 * gained.length + 20 * otherOperations;

/** The ids of the checks with this outcome. */
export const idsOf = (report: Report, status: Report['checks'][number]['status']): string[] =>
  report.checks.filter((check) => check.status === status).map(({ id }) => id);
