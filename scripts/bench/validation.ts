/** Measures the check of a page of 100 models against `JSON.parse` of the same bytes, and against zod and valibot. */
import * as v from 'valibot';
import { validateTrainingCatalogResponse } from '../../generated/validators.ts';
import { pageOf } from './client.ts';
import { compare, least, over, rowOf } from './measure.ts';
import { valibotPage } from './schemas/valibot.ts';
import { zodPage } from './schemas/zod.ts';
import type { Suite } from './suite.ts';

const parse = 'JSON.parse';
const ours = 'our validator';

export const run: Suite = async ({ calls }) => {
  const text = JSON.stringify(pageOf(100));
  const page = JSON.parse(text);
  const refuse = (problem: unknown) => {
    throw new Error(`A valid page was refused: ${JSON.stringify(problem)}`);
  };
  // A contestant that refuses the page would be fast for the wrong reason.
  validateTrainingCatalogResponse(page, refuse);
  if (!zodPage.safeParse(page).success) refuse('zod');
  if (!v.safeParse(valibotPage, page).success) refuse('valibot');
  const rows = await compare(
    {
      [parse]: () => JSON.parse(text),
      [ours]: () => validateTrainingCatalogResponse(page, refuse),
      zod: () => zodPage.safeParse(page),
      valibot: () => v.safeParse(valibotPage, page),
    },
    { calls, warmUp: 3000 },
  );
  const rival = least([rowOf(rows, 'zod'), rowOf(rows, 'valibot')]);
  const row = rowOf(rows, ours);
  return {
    goals: [
      {
        what: 'validation of 100 models ÷ `JSON.parse` of the same bytes',
        figure: over(row, rows[0]),
        unit: 'times',
        atMost: 0.1,
      },
      {
        what: `the same ÷ the faster of zod and valibot, ${rival.name}`,
        figure: over(row, rival),
        unit: 'times',
        atMost: 1,
      },
    ],
    details: { [`a page of 100 models, ${calls} calls each`]: rows },
  };
};
