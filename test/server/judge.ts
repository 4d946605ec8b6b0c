/** Judges answers by the YAML itself, with Ajv, so by nothing that the server is made of. */
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';

const document = parse(readFileSync(new URL('../../openapi/openapi.yaml', import.meta.url), 'utf8'));
const ajv = new Ajv2020({ strict: false, allErrors: true });
ajv.addSchema({ $id: 'contract', components: document.components });

const [path, { get: operation }] = Object.entries<{ get: { responses: Record<string, { $ref: string }> } }>(
  document.paths,
)[0] as [string, { get: { responses: Record<string, { $ref: string }> } }];

export const contractPath = path;

const validators = new Map(
  Object.entries(operation.responses).map(([status, { $ref }]) => [
    Number(status),
    ajv.compile({ $ref: `contract${$ref}/content/application~1json/schema` }),
  ]),
);

export interface Judged {
  method: string;
  status: number;
  contentType: string | null;
  body: string;
}

/** @returns What is wrong with the answer; undefined if it keeps the contract. */
export function judge({ method, status, contentType, body }: Judged): string | undefined {
  const validate = validators.get(status);
  if (!validate) return `status ${status} is not in the contract`;
  if (contentType !== 'application/json') return `content type ${contentType}`;
  if (method === 'HEAD') return body === '' ? undefined : 'an answer to HEAD has a body';
  let data: { code?: number; limit: number; total: number; models: unknown[] };
  try {
    data = JSON.parse(body);
  } catch {
    return `not JSON: ${body.slice(0, 100)}`;
  }
  if (!validate(data)) return ajv.errorsText(validate.errors);
  if (status !== 200) return data.code === status ? undefined : `code ${data.code} with status ${status}`;
  if (data.models.length !== Math.min(data.limit, data.total)) {
    return `${data.models.length} models for limit ${data.limit} and total ${data.total}`;
  }
  return undefined;
}
