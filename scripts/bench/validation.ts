/** Measures the check of a page of 100 models against `JSON.parse` of the same bytes, zod and valibot. */
import * as v from 'valibot';
import { list_training_catalog_endpoint as operation } from '../../generated/operations.ts';
import { type Benchmark, compare } from './measure.ts';
import { pageOf } from './page.ts';
import { valibotPage } from './schemas/valibot.ts';
import { zodPage } from './schemas/zod.ts';

export const run: Benchmark = async () => {
  const text = JSON.stringify(pageOf(100));
  const page: unknown = JSON.parse(text);
  const checks: Record<string, () => boolean> = {
    'our validator': () => operation.validators.responses['200'](page),
    zod: () => zodPage.safeParse(page).success,
    valibot: () => v.safeParse(valibotPage, page).success,
  };
  for (const [name, passes] of Object.entries(checks)) {
    if (!passes()) throw new Error(`${name} refuses the examples of the contract.`);
  }
  const { times, ratio } = await compare(
    { 'JSON.parse': () => JSON.parse(text), ...checks },
    { rounds: 30, warmUp: 30, calls: 100 },
  );
  return {
    'a page of 100 models, 3,000 calls each': times,
    'a check ÷ JSON.parse': [
      { what: 'our validator, 100 models', ...ratio('our validator', 'JSON.parse'), atMost: 0.08 },
    ],
  };
};
