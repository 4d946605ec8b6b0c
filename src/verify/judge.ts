/** Holds an answer to what the contract says of its status: that it is listed, its media type, its schema. */
import { byStatus } from '../client/by-status.ts';
import { findNewValues } from '../drift.ts';
import { isJson, isOneOf } from '../media-type.ts';
import { formatLoc, problemsOf } from '../violations.ts';
import type { Answer } from './answer.ts';
import type { ContractOperation } from './contract.ts';

/** How many values one message names. */
const namedValues = 3;

/** Whether the contract lists the status. */
export function isListed({ responses }: ContractOperation, { status }: Answer): boolean {
  return byStatus(responses, status) !== undefined;
}

/** The media types that the contract has for the status; undefined where it says nothing. */
export function mediaTypesOf({ responses }: ContractOperation, { status }: Answer) {
  return byStatus(responses, status)?.mediaTypes;
}

/** What breaks the schema of the answer's status, fit to be shown; undefined if nothing does. New values do not. */
export function brokenSchema(operation: ContractOperation, answer: Answer): string | undefined {
  const validate = byStatus(operation.validators, answer.status);
  if (!validate || isOtherType(operation, answer)) return undefined;
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

/** Which values the contract does not list, the first three with their places; undefined if all are known. */
export function newValues(operation: ContractOperation, answer: Answer): string | undefined {
  const lists = byStatus(operation.lists, answer.status);
  if (!lists || answer.json === undefined || brokenSchema(operation, answer) !== undefined) return undefined;
  const found = findNewValues(lists, answer.json).map(
    ({ loc, value }) => `${formatLoc(loc)}: ${JSON.stringify(value)} is not in the contract`,
  );
  if (found.length === 0) return undefined;
  const more = found.length > namedValues ? [`and ${found.length - namedValues} more`] : [];
  return answer.quote([...found.slice(0, namedValues), ...more].join('; '));
}

/** Whether it is another of the status's media types, which has no schema that could be checked. */
function isOtherType(operation: ContractOperation, answer: Answer): boolean {
  const others = (mediaTypesOf(operation, answer) ?? []).filter((type) => !isJson(type));
  return isOneOf(answer.contentType, others);
}
