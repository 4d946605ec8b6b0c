/** Explains why an id is not in the catalog. */
import type { TrainingModel } from '../index.ts';
import { nearest } from './nearest.ts';

/** In the id of a variant with a longer context, this stands between the base model and the context length. */
const variantMark = ':peft:';

/** The reason in one line, with the ids that may have been meant. */
export function explainUnknown(id: string, models: readonly TrainingModel[]): string {
  const markIndex = id.indexOf(variantMark);
  const baseId = markIndex > 0 ? id.slice(0, markIndex) : id;
  const base = markIndex > 0 ? models.find((model) => model.tinker_id === baseId) : undefined;
  if (base) {
    const variant = base.extended_context ? 'which has such a variant' : 'which has no such variant';
    return `${variantMark} marks a variant with a longer context; the catalog has the base model ${baseId}, ${variant}`;
  }
  const meant = nearest(
    baseId,
    models.map((model) => model.tinker_id),
  );
  if (meant.length > 0) return `not in the catalog; nearest: ${meant.join(', ')}`;
  return 'not in the catalog; none is like it, see: training-catalog list --all';
}
