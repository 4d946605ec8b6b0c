/** Holds the models and answers which of them a query selects. */
import {
  limitBounds,
  trainingModelFamily,
  trainingModelSupportedAlgorithms,
  trainingModelType,
} from '../../generated/constants.ts';
import type { components } from '../../generated/schema.ts';
import { validateTrainingCatalogResponse } from '../../generated/validators.ts';
import { describeViolation, formatPath } from '../violations.ts';
import type { CheckedQuery } from './query.ts';

export type Model = components['schemas']['TrainingModel'];

/** How many faults one message names. */
const namedFaults = 3;

const valueLists: Record<string, readonly string[]> = {
  family: trainingModelFamily,
  type: trainingModelType,
  supported_algorithms: trainingModelSupportedAlgorithms,
};

/** @throws TypeError that names the path of each fault, such as `models[3].size_b`. */
function refuseFaults(models: readonly Model[]): void {
  const faults: string[] = [];
  const page = { limit: limitBounds.default, total: 0, models };
  validateTrainingCatalogResponse(page, (path, rule, expected) => {
    const values = valueLists[path.split('/')[3] ?? ''];
    const msg =
      rule === 'enum' && values
        ? `Input should be one of ${values.join(', ')}`
        : describeViolation(path, rule, expected).msg;
    faults.push(`${formatPath(path)}: ${msg}`);
  });
  if (faults.length > namedFaults) {
    faults.splice(namedFaults, faults.length, `and ${faults.length - namedFaults} more`);
  }
  if (faults.length > 0) throw new TypeError(`Not a catalog: ${faults.join('; ')}`);
}

/**
 * Reads the models once: what is asked for later, and the JSON of each.
 *
 * @returns The body of the catalog response to a query.
 * @throws TypeError if a model breaks the contract.
 */
export function createFilter(models: readonly Model[]): (query: CheckedQuery) => string {
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
