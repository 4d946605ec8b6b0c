/** The behaviour of the catalog's endpoint: filters models that are held in memory. */
import { list_training_catalog_endpoint as catalog } from '../../generated/operations.ts';
import type { components } from '../../generated/schema.ts';
import { contractOperations, nameOf } from '../contract.ts';
import { formatLoc, problemsOf } from '../violations.ts';
import type { Behaviour } from './core.ts';
import { respondJson } from './plain.ts';

export type Model = components['schemas']['TrainingModel'];

/** How many problems one message names. */
const namedProblems = 3;

/** A query that keeps the contract, with the default of `limit` filled in. */
interface CheckedQuery {
  query?: string;
  family?: string;
  algorithm?: string;
  min_size_b?: number;
  max_size_b?: number;
  limit: number;
}

/** The parameters that change the answer. */
const implemented: readonly string[] = [
  'query',
  'family',
  'algorithm',
  'min_size_b',
  'max_size_b',
  'limit',
] satisfies (keyof CheckedQuery)[];

/** A line for each parameter and operation that the reference server checks and has no behaviour for. */
export function describeMissingBehaviour(): string[] {
  const { query, header, cookie } = catalog.parameters;
  const parameters = Object.keys({ ...query, ...header, ...cookie }).filter(
    (name) => !implemented.includes(name),
  );
  const operations = contractOperations.filter(({ operationId }) => operationId !== catalog.operationId);
  return [
    ...parameters.map((name) => `The parameter ${name} is checked and makes no difference.`),
    ...operations.map((operation) => `${nameOf(operation)} answers its first example.`),
  ];
}

/** @throws TypeError that names the problems with their paths, such as `models[3].size_b` */
function checkModels(models: readonly Model[]): void {
  if (!Array.isArray(models)) throw new TypeError('Not a catalog: models: Input should be a valid list');
  const validate = catalog.validators.responses['200'];
  const problems = models.flatMap((model, index) => {
    const page = { limit: catalog.parameters.query.limit.schema.default, total: 1, models: [model] };
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

/**
 * Makes the function that answers a query. The models are read once, here: what queries look at, and the JSON of each.
 *
 * @throws TypeError if a model breaks the contract. A value newer than the contract's lists does not.
 */
function createFilter(models: readonly Model[]): (query: CheckedQuery) => string {
  checkModels(models);
  const entries = models.map((model) => ({
    names: [model.tinker_id, model.display_name].map((name) => name.toLowerCase()),
    family: model.family as string,
    algorithms: model.supported_algorithms.slice() as string[],
    size: model.size_b,
    json: JSON.stringify(model),
  }));

  return ({ query = '', family, algorithm, min_size_b = -Infinity, max_size_b = Infinity, limit }) => {
    const text = query.trim().toLowerCase();
    const matches = entries.filter(
      (entry) =>
        entry.names.some((name) => name.includes(text)) &&
        (family === undefined || entry.family === family) &&
        (algorithm === undefined || entry.algorithms.includes(algorithm)) &&
        entry.size >= min_size_b &&
        entry.size <= max_size_b,
    );
    const page = matches.slice(0, limit).map((entry) => entry.json);
    return `{"limit":${limit},"total":${matches.length},"models":[${page.join(',')}]}`;
  };
}

/**
 * The behaviours of all operations that have one, by `operationId`.
 *
 * @throws TypeError if a model breaks the contract.
 */
export function createBehaviours(models: readonly Model[]): Record<string, Behaviour> {
  const filter = createFilter(models);
  return {
    [catalog.operationId]: ({ query }) => respondJson(200, filter(query as unknown as CheckedQuery)),
  };
}
