/** Says why an id is not in the catalog. */
import type { TrainingModel } from '../index.ts';
import { nearest } from './nearest.ts';

/** What an id has between the base model and the context length of a variant. */
const variantMark = ':peft:';

/** The reason in one line, with what may have been meant. */
export function explainUnknown(id: string, models: readonly TrainingModel[]): string {
  const at = id.indexOf(variantMark);
  const base = at > 0 ? models.find((model) => model.tinker_id === id.slice(0, at)) : undefined;
  if (base) {
    const variant = base.extended_context ? 'which has such a variant' : 'which has no such variant';
    return `${variantMark} marks a variant with a longer context; the catalog has the base model ${base.tinker_id}, ${variant}`;
  }
  const ids = nearest(
    at > 0 ? id.slice(0, at) : id,
    models.map((model) => model.tinker_id),
  );
  return `not in the catalog; ${ids.length > 0 ? `nearest: ${ids.join(', ')}` : 'none is like it, see: training-catalog list --all'}`;
}
