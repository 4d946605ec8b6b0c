/** The behaviour of the catalog's endpoint: its filters, over models that are held in memory. */
import { list_training_catalog_endpoint as catalog } from '../../generated/operations.ts';
import type { components } from '../../generated/schema.ts';
import * as validators from '../../generated/validators/index.ts';
import { formatLoc, problemsOf } from '../violations.ts';
import { json } from './answer.ts';
import { servedOperations } from './contract.ts';
import type { Behaviour } from './server.ts';

export type Model = components['schemas']['TrainingModel'];

/** How many faults one message names. */
const namedFaults = 3;

/** The query after it was checked; `limit` has the contract's default. */
interface CatalogQuery {
  query?: string;
  family?: string;
  algorithm?: string;
  min_size_b?: number;
  max_size_b?: number;
  limit: number;
}

/** The parameters that the filter acts on. */
const heeded: readonly string[] = [
  'query',
  'family',
  'algorithm',
  'min_size_b',
  'max_size_b',
  'limit',
] satisfies (keyof CatalogQuery)[];

/** What the contract has and the reference server does nothing with but check it, a line each. */
export function describeUnheeded(): string[] {
  const { query, header, cookie } = catalog.parameters;
  const parameters = Object.keys({ ...query, ...header, ...cookie }).filter((name) => !heeded.includes(name));
  const operations = servedOperations.filter(({ operationId }) => operationId !== catalog.operationId);
  return [
    ...parameters.map((name) => `The parameter ${name} is checked and makes no difference.`),
    ...operations.map(({ method, path }) => `${method.toUpperCase()} ${path} answers its first example.`),
  ];
}

/** @throws TypeError that names the path of the first fault of each model, such as `models[3].size_b`. */
function refuseFaults(models: readonly Model[]): void {
  if (!Array.isArray(models)) throw new TypeError('Not a catalog: models: Input should be a valid list');
  const validate = validators.list_training_catalog_endpoint.responses['200'];
  const faults = models.flatMap((model, index) => {
    const page = { limit: catalog.parameters.query.limit.schema.default, total: 1, models: [model] };
    if (validate(page)) return [];
    return problemsOf(validate.errors, page).map(({ loc, msg }) => {
      const [list = '', , ...rest] = loc;
      return `${formatLoc([list, index, ...rest])}: ${msg}`;
    });
  });
  if (faults.length > namedFaults) {
    faults.splice(namedFaults, faults.length, `and ${faults.length - namedFaults} more`);
  }
  if (faults.length > 0) throw new TypeError(`Not a catalog: ${faults.join('; ')}`);
}

/**
 * Reads the models once: what is asked for later, and the JSON of each.
 *
 * @throws TypeError if a model breaks the contract. A value newer than the contract's lists does not.
 */
function createFilter(models: readonly Model[]): (query: CatalogQuery) => string {
  refuseFaults(models);
  const entries = models.map((model) => ({
    names: [model.tinker_id, model.display_name].map((name) => name.toLowerCase()),
    family: model.family as string,
    algorithms: model.supported_algorithms.slice() as string[],
    size: model.size_b,
    json: JSON.stringify(model),
  }));

  return ({ query = '', family, algorithm, min_size_b = -Infinity, max_size_b = Infinity, limit }) => {
    const words = query.trim().toLowerCase();
    const matches = entries.filter(
      (entry) =>
        entry.names.some((name) => name.includes(words)) &&
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
    [catalog.operationId]: ({ query }) => json(200, filter(query as unknown as CatalogQuery)),
  };
}
