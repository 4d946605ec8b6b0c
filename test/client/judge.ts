/** Judges values by the contract's YAML alone, past all code that is generated from it. */
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';

const contract = parse(readFileSync(new URL('../../openapi/openapi.yaml', import.meta.url), 'utf8'));
const { components } = contract;

const ajv = new Ajv2020({ allErrors: true, strict: false, strictNumbers: true });
ajv.addSchema(contract, 'contract');

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
export const judgeModel = judge({ $ref: 'contract#/components/schemas/TrainingModel' });
export const judgeEnvelope = judge({ $ref: 'contract#/components/schemas/APIErrorPayload' });

/** By name, what the contract says of a value of each query parameter. */
export const judgeParameter: Record<string, (value: unknown) => Verdict> = Object.assign(
  Object.create(null),
  Object.fromEntries(
    Object.keys(components.parameters).map((name) => [
      name,
      judge({ $ref: `contract#/components/parameters/${name}/schema` }),
    ]),
  ),
);

const bodies: { value: Record<string, unknown> }[] = Object.values(components.examples);

/** The contract's examples: one body for each kind of answer. */
export const catalogs = bodies.map(({ value }) => value).filter((value) => 'total' in value);
export const envelopes = bodies.map(({ value }) => value).filter((value) => 'code' in value);

/** The statuses that the contract lists. */
export const statuses = Object.values<{ get: { responses: object } }>(contract.paths).flatMap(({ get }) =>
  Object.keys(get.responses).map(Number),
);

/** Whether any number in it is one that `JSON.parse` may have changed in silence. */
export function hasUnsafeInteger(value: unknown): boolean {
  if (typeof value === 'number') return Number.isInteger(value) && !Number.isSafeInteger(value);
  return typeof value === 'object' && value !== null && Object.values(value).some(hasUnsafeInteger);
}
