/** What a consumer writes whose modules are CommonJS. */
import { createTrainingCatalogClient, type TrainingModel } from 'training-catalog-contract';
import { createCatalogHandler } from 'training-catalog-contract/server';

export const handler = createCatalogHandler();
export const find = (id: string): Promise<TrainingModel | undefined> =>
  createTrainingCatalogClient().findModel(id);
