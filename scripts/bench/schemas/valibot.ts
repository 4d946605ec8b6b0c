/** A page of the catalog as users of valibot would have to write it: the contract once more. */
import * as v from 'valibot';
import {
  trainingModelSupportedAlgorithms as algorithms,
  trainingModelFamily as families,
  trainingModelType as types,
} from '../../../generated/constants.ts';

const whole = (least: number) => v.pipe(v.number(), v.integer(), v.minValue(least));
const rate = v.nullish(v.number());
export const valibotPage = v.object({
  limit: whole(1),
  total: whole(0),
  models: v.array(
    v.object({
      tinker_id: v.string(),
      display_name: v.string(),
      family: v.picklist(families),
      type: v.picklist(types),
      size_b: v.pipe(v.number(), v.minValue(0.1)),
      context_length: whole(1),
      extended_context: v.optional(v.boolean(), false),
      supported_algorithms: v.array(v.picklist(algorithms)),
      pricing: v.nullish(v.object({ prefill: rate, sample: rate, train: rate })),
    }),
  ),
});
