/** Compares an answer with what the contract says of its status: whether it is listed, its media type, its schema. */
import { byStatus } from '../client/reply.ts';
import type { ContractOperation } from '../contract.ts';
import { isJson, isOneOf } from '../media-type.ts';
import { UnknownValues } from '../unknown-values.ts';
import { formatLoc, problemsOf } from '../violations.ts';
import type { Answer } from './answer.ts';

/** How many values one message names. */
const namedValues = 3;

/** The media types that the contract has for the status; undefined if it does not list the status. */
export function mediaTypesOf({ responses }: ContractOperation, { status }: Answer) {
  return byStatus(responses, status)?.mediaTypes;
}

/** How an answer breaks the schema of its status, fit to be shown; undefined if it does not. Drift does not count. */
export function findViolation(operation: ContractOperation, answer: Answer): string | undefined {
  const validate = byStatus(operation.validators.responses, answer.status);
  if (!validate || isListedNonJson(operation, answer)) return undefined;
  if (answer.json === undefined) return answer.text ? `no JSON: ${answer.summary}` : answer.summary;
  try {
    if (validate(answer.json)) return undefined;
  } catch (thrown) {
    if (thrown instanceof RangeError) return 'a body that is nested too deeply';
    throw thrown;
  }
  const problems = problemsOf(validate.errors, answer.json);
  return answer.quote(problems.map(({ loc, msg }) => `${formatLoc(loc) || 'body'}: ${msg}`).join('; '));
}

/** The values that the contract does not list, the first three with their places; undefined if there are none. */
export function findDrift(operation: ContractOperation, answer: Answer): string | undefined {
  const validate = byStatus(operation.validators.responses, answer.status);
  if (!validate || answer.json === undefined || findViolation(operation, answer) !== undefined)
    return undefined;
  const unknown = new UnknownValues();
  validate.call(unknown, answer.json);
  const found = unknown
    .in(answer.json)
    .map(({ loc, value }) => `${formatLoc(loc)}: ${JSON.stringify(value)} is not in the contract`);
  if (found.length === 0) return undefined;
  const more = found.length > namedValues ? [`and ${found.length - namedValues} more`] : [];
  return answer.quote([...found.slice(0, namedValues), ...more].join('; '));
}

/** Whether the contract has this answer's media type and it is not JSON, so no schema can be checked. */
function isListedNonJson(operation: ContractOperation, answer: Answer): boolean {
  const others = (mediaTypesOf(operation, answer) ?? []).filter((type) => !isJson(type));
  return isOneOf(answer.contentType, others);
}
