/** Judges values by the contract's YAML alone, past all code that is generated from it. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import { errorStatuses, examplesOf } from '../contract/from-yaml.ts';
import { parsedContract } from '../contract/read-yaml.ts';

const ajv = new Ajv2020({ allErrors: true, strict: false, strictNumbers: true });
ajv.addSchema(parsedContract(), 'contract');

/** What a schema says of a value: nothing is wrong, or only that values are newer than its lists, or more. */
export type Verdict = 'valid' | 'newer' | 'invalid';

function judge(schema: object): (value: unknown) => Verdict {
  const validate = ajv.compile(schema);
  return (value) => {
    if (validate(value)) return 'valid';
    return validate.errors?.every(({ keyword }) => keyword === 'enum') ? 'newer' : 'invalid';
  };
}

export const judgeCatalog = judge({ $ref: 'contract#/components/schemas/TrainingCatalogResponse' });
export const judgeEnvelope = judge({ $ref: 'contract#/components/schemas/APIErrorPayload' });

/** The examples of the catalog's answers. */
const examples = (status: number): Record<string, unknown>[] => Object.values(examplesOf(status));
export const catalogs = examples(200);
export const envelopes = errorStatuses.flatMap(examples);

/** The statuses that the catalog answers with. */
export const statuses = [200, ...errorStatuses];

/** Whether any number in it is one that `JSON.parse` may have changed in silence. */
export function hasUnsafeInteger(value: unknown): boolean {
  if (typeof value === 'number') return Number.isInteger(value) && !Number.isSafeInteger(value);
  return typeof value === 'object' && value !== null && Object.values(value).some(hasUnsafeInteger);
}
