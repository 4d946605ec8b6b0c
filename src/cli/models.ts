/** Reads all models of a server, and says what is the matter with an id. */
import { InvalidArgumentError } from 'commander';
import {
  type CatalogQuery,
  isCatalogError,
  type TrainingCatalogClient,
  type TrainingModel,
} from '../index.ts';
import { didYouMean } from '../transport/check.ts';
import type { Io } from './io.ts';

/** Reads each model once. If a server lists some more than once, a line on standard error says so. */
export async function readAllModels(
  client: TrainingCatalogClient,
  io: Io,
  filters: Omit<CatalogQuery, 'limit'> = {},
): Promise<readonly TrainingModel[]> {
  try {
    return await client.listAllModels(filters);
  } catch (error) {
    if (!isCatalogError(error, 'incomplete') || error.reason !== 'duplicate-ids') throw error;
    io.err(`The server lists some ids more than once: of ${error.total} models, ${error.got} are different.`);
    return error.models;
  }
}

/** Reads an id among the arguments, for commander. In a script, an empty one is a variable that is not set. */
export function modelId(text: string): string {
  if (text.trim() !== '') return text;
  throw new InvalidArgumentError('It must be the id of a model.');
}

/** Why there is no such model, with the id that may have been meant. */
export function explainUnknown(id: string, models: readonly TrainingModel[]): string {
  // What follows a colon names a variant of the base model that stands before it.
  const [base = ''] = id.split(':', 1);
  const ids = models.map(({ tinker_id }) => tinker_id);
  const completed = ids.find((each) => each.toLowerCase().endsWith(`/${base.toLowerCase()}`));
  return `not in the catalog${didYouMean(completed ?? base, ids)}`;
}
