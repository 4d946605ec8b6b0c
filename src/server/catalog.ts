/** The behaviour of the catalog's endpoint: filters models that are held in memory. */
import { list_training_catalog_endpoint as catalog } from '../../generated/operations.ts';
import type { components, operations } from '../../generated/schema.ts';
import type { Open } from '../client/open.ts';
import { contractOperations, nameOf } from '../contract.ts';
import { formatLoc, problemsOf } from '../violations.ts';
import type { CheckedRequest } from './read-request.ts';
import { respondJson } from './respond.ts';

/** A model as the contract has it, or with values newer than the contract's lists. */
export type Model = Open<components['schemas']['TrainingModel']>;

/** What an operation does with a request that keeps the contract. */
type Behaviour = (request: CheckedRequest) => Response;

type Query = NonNullable<operations[typeof catalog.operationId]['parameters']['query']>;

/** The parameters that change the answer. */
const implemented = [
  'query',
  'family',
  'algorithm',
  'min_size_b',
  'max_size_b',
  'limit',
] satisfies (keyof Query)[];

/**
 * The behaviours of all operations that have one, by `operationId`.
 *
 * @throws TypeError if a model breaks the contract. A value newer than the contract's lists does not.
 */
export function createBehaviours(models: readonly unknown[]): Record<string, Behaviour> {
  const filter = createFilter(models);
  return { [catalog.operationId]: ({ query }) => respondJson(200, filter(query)) };
}

/** Makes the function that answers a query. The models are read once: what queries look at, and the JSON of each. */
function createFilter(models: readonly unknown[]): (query: Query) => string {
  checkModels(models);
  const entries = models.map((model) => ({
    names: [model.tinker_id, model.display_name].map((name) => name.toLowerCase()),
    family: model.family,
    algorithms: model.supported_algorithms.slice(),
    size: model.size_b,
    json: JSON.stringify(model),
  }));

  return ({
    query,
    family,
    algorithm,
    min_size_b,
    max_size_b,
    limit = catalog.parameters.query.limit.schema.default,
  }) => {
    const text = query?.trim().toLowerCase() ?? '';
    const matches = entries.filter(
      (entry) =>
        entry.names.some((name) => name.includes(text)) &&
        (family == null || entry.family === family) &&
        (algorithm == null || entry.algorithms.includes(algorithm)) &&
        entry.size >= (min_size_b ?? -Infinity) &&
        entry.size <= (max_size_b ?? Infinity),
    );
    const page = matches.slice(0, limit).map(({ json }) => json);
    return `{"limit":${limit},"total":${matches.length},"models":[${page.join(',')}]}`;
  };
}

/** How many problems one message names. */
const namedProblems = 3;

/** @throws TypeError that names the problems with their paths, such as `models[3].size_b` */
function checkModels(models: readonly unknown[]): asserts models is readonly Model[] {
  if (!Array.isArray(models)) throw new TypeError('Not a catalog: models: Input should be a valid list');
  const validate = catalog.validators.responses['200'];
  // One by one, so that each model with a problem is told.
  const problems = models.flatMap((model, index) => {
    const page = { limit: 1, total: 1, models: [model] };
    if (validate(page)) return [];
    return problemsOf(validate.errors, page).map(({ loc, msg }) => {
      const [list = '', , ...rest] = loc;
      return `${formatLoc([list, index, ...rest])}: ${msg}`;
    });
  });
  if (problems.length === 0) return;
  const named = problems.slice(0, namedProblems);
  if (problems.length > named.length) named.push(`and ${problems.length - named.length} more`);
  throw new TypeError(`Not a catalog: ${named.join('; ')}`);
}

/** A line for each parameter and operation that the reference server checks and has no behaviour for. */
export function describeMissingBehaviour(): string[] {
  const { query, header, cookie } = catalog.parameters;
  const names = Object.keys({ ...query, ...header, ...cookie });
  const ignored = names.filter((name) => !implemented.some((known) => known === name));
  const others = contractOperations.filter(({ operationId }) => operationId !== catalog.operationId);
  return [
    ...ignored.map((name) => `The parameter ${name} is checked and makes no difference.`),
    ...others.map((operation) => `${nameOf(operation)} answers its first example.`),
  ];
}
