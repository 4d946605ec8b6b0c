/** A page of the catalog as users of valibot would have to write it: the contract once more. */
import * as v from 'valibot';
import {
  TrainingModel_supported_algorithms as algorithms,
  TrainingModel_family as families,
  TrainingModel_type as types,
} from '../../../generated/values.ts';

const whole = v.pipe(v.number(), v.safeInteger());
const positive = v.pipe(whole, v.minValue(1));
const finite = v.pipe(v.number(), v.finite());
const rate = v.nullish(finite);
export const valibotPage = v.object({
  limit: positive,
  total: whole,
  models: v.optional(
    v.array(
      v.object({
        tinker_id: v.string(),
        display_name: v.string(),
        family: v.picklist(families),
        type: v.picklist(types),
        size_b: v.pipe(finite, v.minValue(0.1)),
        context_length: positive,
        extended_context: v.optional(v.boolean(), false),
        supported_algorithms: v.array(v.picklist(algorithms)),
        pricing: v.nullish(v.object({ prefill: rate, sample: rate, train: rate })),
      }),
    ),
  ),
});
