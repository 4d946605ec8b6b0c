/** Measures the validation of a page of 100 models against `JSON.parse` of the same bytes, zod and valibot. */
import * as v from 'valibot';
import { list_training_catalog_endpoint as catalog } from '../../generated/operations.ts';
import { compare, least, over, rowOf } from './measure.ts';
import { mutants } from './mutants.ts';
import { pageOf } from './page.ts';
import { valibotPage } from './schemas/valibot.ts';
import { zodPage } from './schemas/zod.ts';
import { calls, type Suite } from './suite.ts';
import { timesBaseline } from './verdict.ts';

const ours = 'our validator';

const validators: Record<string, (page: unknown) => boolean> = {
  [ours]: catalog.validators.responses['200'],
  zod: (page) => zodPage.safeParse(page).success,
  valibot: (page) => v.safeParse(valibotPage, page).success,
};

/** No validator may be faster by accepting more, or by refusing a valid page. */
function assertSameRules(): void {
  for (const page of mutants(pageOf(2))) {
    const passing = Object.keys(validators).filter((name) => validators[name]?.(page));
    if (passing.length % Object.keys(validators).length !== 0) {
      throw new Error(`Only ${passing.join(' and ')} let this pass: ${JSON.stringify(page)}`);
    }
  }
}

export const run: Suite = async () => {
  const text = JSON.stringify(pageOf(100));
  const page = JSON.parse(text);
  const checks = Object.entries(validators).map(([name, validate]) => [name, () => validate(page)]);
  const rows = await compare(
    { 'JSON.parse': () => JSON.parse(text), ...Object.fromEntries(checks) },
    { calls, warmUp: 3000 },
  );
  // Afterwards, since V8 would compile slower code for invalid pages.
  assertSameRules();
  const rival = least([rowOf(rows, 'zod'), rowOf(rows, 'valibot')]);
  const row = rowOf(rows, ours);
  return {
    goals: [
      timesBaseline('validation of 100 models ÷ `JSON.parse` of the same bytes', rows, ours, 0.08),
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
