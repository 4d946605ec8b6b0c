/** Makes the page that clients fetch and validators check. */
import { list_training_catalog_endpoint as examples } from '../../generated/examples.ts';

/** A page of `count` models, which repeats the examples. */
export function pageOf(count: number) {
  const { models } = examples[200].catalog;
  return {
    limit: 100,
    total: count,
    models: Array.from({ length: count }, (_, i) => models[i % models.length]),
  };
}
