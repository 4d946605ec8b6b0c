/** Reads all models of a server, and says what is the matter with an id. */
import {
  type CatalogQuery,
  isCatalogError,
  type TrainingCatalogClient,
  type TrainingModel,
} from '../index.ts';
import type { Io } from './io.ts';
import { nearest } from './nearest.ts';
import { reasonOf } from './shim.ts';

/** Reads each model once. If a server lists some more than once, a line on standard error says so. */
export async function readAllModels(
  client: TrainingCatalogClient,
  io: Io,
  filters: Omit<CatalogQuery, 'limit'> = {},
): Promise<readonly TrainingModel[]> {
  try {
    return await client.listAllModels(filters);
  } catch (error) {
    if (!isCatalogError(error, 'incomplete') || reasonOf(error) !== 'duplicate-ids') throw error;
    io.err(`The server lists some ids more than once: of ${error.total} models, ${error.got} are different.`);
    return error.models;
  }
}

/** Why there is no such model, in one line, with the ids that may have been meant. */
export function explainUnknown(id: string, models: readonly TrainingModel[]): string {
  // What follows a colon names a variant of the base model that stands before it.
  const [baseId = ''] = id.split(':', 1);
  const meant = nearest(
    baseId,
    models.map((model) => model.tinker_id),
  );
  if (meant.length > 0) return `not in the catalog; nearest: ${meant.join(', ')}`;
  return 'not in the catalog; none is like it, see: training-catalog list --all';
}
