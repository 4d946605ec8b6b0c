/** Reads all models that match, from servers that list one twice as well. */
import { list_training_catalog_endpoint as operation } from '../../generated/operations.ts';
import type { CatalogQuery, TrainingCatalogClient, TrainingModel } from '../index.ts';
import type { Io } from './command.ts';
import { printable } from './printable.ts';

type Filters = Omit<CatalogQuery, 'limit'>;

const limit = operation.parameters.query.limit.schema.maximum;

/** Each model once. That a server lists some more than once is told on standard error. */
export async function readAllModels(
  client: TrainingCatalogClient,
  io: Io,
  filters: Filters = {},
): Promise<TrainingModel[]> {
  try {
    return await client.listAllModels(filters);
  } catch (error) {
    const { isCatalogError } = await import('../index.ts');
    if (!isCatalogError(error, 'incomplete')) throw error;
    const { models, total } = await client.listModels({ ...filters, limit });
    const byId = new Map(models.map((model) => [model.tinker_id, model]));
    if (models.length === total && byId.size < total) {
      const ids = models.map(({ tinker_id }) => tinker_id);
      const twice = new Set(ids.filter((id, place) => ids.indexOf(id) !== place));
      io.err(`The server lists ${printable([...twice].join(', '))} more than once.`);
      return [...byId.values()];
    }
    // What did not fit on a page, only the client has seen.
    if (!error.message.includes('more than once')) throw error;
    io.err('The server lists some ids more than once.');
    return [...error.models];
  }
}
