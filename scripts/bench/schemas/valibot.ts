/** A page of the catalog as a schema of valibot, open to new values as our validators are. */
import * as v from 'valibot';

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
        family: v.string(),
        type: v.string(),
        size_b: v.pipe(finite, v.minValue(0.1)),
        context_length: positive,
        extended_context: v.optional(v.boolean(), false),
        supported_algorithms: v.array(v.string()),
        pricing: v.nullish(v.object({ prefill: rate, sample: rate, train: rate })),
      }),
    ),
  ),
});
