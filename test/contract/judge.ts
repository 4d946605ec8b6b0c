/** Judges data by the YAML as it stands, with Ajv's own reading of JSON Schema: by nothing that was generated. */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { pointerOfSchema } from './from-yaml.ts';
import { parsedContract } from './read-yaml.ts';

const ajv = new Ajv2020({ strict: false, strictNumbers: true, allErrors: true });
ajv.addSchema(parsedContract(), 'contract');

const responses = new Map<number, ValidateFunction>();

/** Whether a body keeps the schema of a status; undefined for a status that is not in the contract. */
function judgeOfResponse(status: number): ValidateFunction | undefined {
  const pointer = pointerOfSchema(status);
  if (!pointer) return undefined;
  const judge = responses.get(status) ?? ajv.compile({ $ref: `contract${pointer}` });
  responses.set(status, judge);
  return judge;
}

/** What is wrong with a body of a status; empty if it keeps the contract. */
export function faultsOf(status: number, body: unknown): string {
  const judge = judgeOfResponse(status);
  if (!judge) return `status ${status} is not in the contract`;
  return judge(body) ? '' : ajv.errorsText(judge.errors);
}

export interface Judged {
  method: string;
  status: number;
  contentType: string | null;
  body: string;
}

/** @returns What is wrong with an answer of a catalog; undefined if it keeps the contract. */
export function judgeAnswer({ method, status, contentType, body }: Judged): string | undefined {
  if (!pointerOfSchema(status)) return `status ${status} is not in the contract`;
  if (contentType !== 'application/json') return `content type ${contentType}`;
  if (method === 'HEAD') return body === '' ? undefined : 'an answer to HEAD has a body';
  let data: { code?: number; limit: number; total: number; models: unknown[] };
  try {
    data = JSON.parse(body);
  } catch {
    return `not JSON: ${body.slice(0, 100)}`;
  }
  const faults = faultsOf(status, data);
  if (faults) return faults;
  if (status !== 200) return data.code === status ? undefined : `code ${data.code} with status ${status}`;
  if (data.models.length !== Math.min(data.limit, data.total)) {
    return `${data.models.length} models for limit ${data.limit} and total ${data.total}`;
  }
  return undefined;
}
