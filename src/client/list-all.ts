/** Placeholder until the walk lands. */
import { limitBounds } from '../../generated/constants.ts';
import type { CatalogQuery, TrainingCatalog, TrainingModel } from './types.ts';

export async function collectAll(
  page: (query: CatalogQuery) => Promise<TrainingCatalog>,
  query: Omit<CatalogQuery, 'limit'>,
  _maxCalls: number,
): Promise<{ models: TrainingModel[]; total: number; complete: boolean; calls: number }> {
  const { models, total } = await page({ ...query, limit: limitBounds.maximum });
  return { models, total, complete: models.length >= total, calls: 1 };
}
