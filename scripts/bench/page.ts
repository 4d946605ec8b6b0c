/** The page that clients fetch and validators check. */
import { examples200 } from '../../generated/examples.ts';

/** A full page of as many models; the examples, over and over. */
export function pageOf(count: number) {
  const { models } = examples200.catalog;
  return {
    limit: 100,
    total: count,
    models: Array.from({ length: count }, (_, i) => models[i % models.length]),
  };
}
