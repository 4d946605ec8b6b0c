/** Reads all models that match, also from a server that lists some more than once. */
import { list_training_catalog_endpoint as operation } from '../../generated/operations.ts';
import type { CatalogQuery, TrainingCatalogClient, TrainingModel } from '../index.ts';
import type { Io } from './command.ts';
import { printable } from './printable.ts';

type Filters = Omit<CatalogQuery, 'limit'>;

const limit = operation.parameters.query.limit.schema.maximum;

/** Reads each model once. If a server lists some more than once, a line on standard error says so. */
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
      const repeated = new Set(ids.filter((id, index) => ids.indexOf(id) !== index));
      io.err(`The server lists ${printable([...repeated].join(', '))} more than once.`);
      return [...byId.values()];
    }
    // There are more models than fit on a page, so only the client has seen all.
    if (!error.message.includes('more than once')) throw error;
    io.err('The server lists some ids more than once.');
    return [...error.models];
  }
}
