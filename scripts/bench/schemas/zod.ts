/** A page of the catalog as a schema of zod, open to new values as our validators are. */
import { z } from 'zod';

const rate = z.number().nullish();
export const zodPage = z.object({
  limit: z.int().min(1),
  total: z.int(),
  models: z
    .array(
      z.object({
        tinker_id: z.string(),
        display_name: z.string(),
        family: z.string(),
        type: z.string(),
        size_b: z.number().min(0.1),
        context_length: z.int().min(1),
        extended_context: z.boolean().default(false),
        supported_algorithms: z.array(z.string()),
        pricing: z.object({ prefill: rate, sample: rate, train: rate }).nullish(),
      }),
    )
    .optional(),
});
