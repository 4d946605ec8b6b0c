/** An answer of the server under test, and how it keeps the contract. */
import { byStatus } from '../client/by-status.ts';
import type { ContractOperation } from '../contract.ts';
import { findNewValues } from '../drift.ts';
import { isJson, isOneOf } from '../media-type.ts';
import type { Secrets } from '../transport/secrets.ts';
import { formatLoc, problemsOf } from '../violations.ts';
import type { Reply } from './send.ts';
import { clean } from './shown.ts';
import { undeclaredFields } from './undeclared.ts';

export interface Answer {
  /** The request as a command to paste. */
  readonly curl: string;
  readonly status: number;
  /** The `content-type` as it was sent; empty if there is none. */
  readonly contentType: string;
  /** Where a redirect points to. */
  readonly location: string | null;
  readonly isEmpty: boolean;
  /** Whether the body is larger than is read. */
  readonly isTooLarge: boolean;
  /** The body as JSON; undefined if it is not JSON. */
  readonly json: unknown;
  /** The media types that the contract has for the status; undefined if it does not list the status. */
  readonly mediaTypes: readonly string[] | undefined;
  /** How the body breaks the schema of its status, fit to be shown. */
  readonly violation: string | undefined;
  /** The unknown enum values in the body, fit to be shown. */
  readonly unknownValues: string | undefined;
  /** The fields that the contract does not have: `models[].score`. */
  readonly undeclared: readonly string[];
  /** Status and the start of the body, fit to be shown. */
  readonly summary: string;
  /** Set where it came before the server was up, from what stands in front of it: its status says nothing then. */
  readonly isEarly?: true;
  /** Makes what the server has sent fit to be shown, without the caller's secrets. */
  quote(sent: unknown): string;
}

/** How much of a body a summary shows, in characters. */
const shownLength = 100;

/** How many values or fields one message names. */
const named = 3;

export function readAnswer(
  operation: ContractOperation,
  { status, headers, body }: Reply,
  curl: string,
  secrets: Secrets,
): Answer {
  const contentType = headers.get('content-type') ?? '';
  const text = body && decode(body);
  const json = parseJson(text);
  const mediaTypes = byStatus(operation.responses, status)?.mediaTypes;
  const quote = (sent: unknown) => clean(secrets.hideAndClip(String(sent), 500));
  const shown = text && clean(secrets.hideAndClip(text, shownLength), shownLength);
  const summary = `status ${status} ${sizeWords(body, shown)}`;
  const listedText = mediaTypes?.filter((type) => !isJson(type)) ?? [];
  const violation = isOneOf(contentType, listedText) ? undefined : findViolation(operation, status, json);
  const isKept = violation === undefined && json !== undefined;
  return {
    curl,
    status,
    contentType,
    location: headers.get('location'),
    isEmpty: body?.length === 0,
    isTooLarge: body === undefined,
    json,
    mediaTypes,
    violation:
      violation === notJson
        ? body?.length
          ? `no JSON: ${summary}`
          : summary
        : violation && quote(violation),
    unknownValues: isKept ? findUnknownValues(operation, status, json, quote) : undefined,
    undeclared: isKept ? undeclaredFields(operation, status, json).map(quote) : [],
    summary,
    quote,
  };
}

function sizeWords(body: Uint8Array | undefined, shown: string | undefined): string {
  if (body === undefined) return 'with a body that is too large to be read';
  return body.length === 0 ? 'without a body' : `with ${shown ?? 'a body that is not UTF-8'}`;
}

/** JSON is UTF-8 (RFC 8259, section 8.1). */
function decode(body: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    return undefined;
  }
}

function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}

const notJson = 'no JSON';

/** Unknown enum values break no schema. */
function findViolation(operation: ContractOperation, status: number, json: unknown): string | undefined {
  const validate = byStatus(operation.validators, status) ?? envelopeOf(operation, status);
  if (!validate) return undefined;
  if (json === undefined) return notJson;
  try {
    if (validate(json)) return undefined;
  } catch (thrown) {
    if (thrown instanceof RangeError) return 'a body that is nested too deeply';
    throw thrown;
  }
  return problemsOf(validate.errors, json)
    .map(({ loc, msg }) => `${formatLoc(loc) || 'body'}: ${msg}`)
    .join('; ');
}

/** Every failure comes in the envelope of the listed ones, whatever its status. */
function envelopeOf({ validators }: ContractOperation, status: number) {
  if (status < 400) return undefined;
  return Object.entries(validators).find(([listed]) => Number(listed) >= 400)?.[1];
}

/** The first three with their places. */
function findUnknownValues(
  operation: ContractOperation,
  status: number,
  json: unknown,
  quote: (text: string) => string,
): string | undefined {
  const lists = byStatus(operation.lists, status);
  const found = lists ? findNewValues(lists, json) : [];
  if (found.length === 0) return undefined;
  const words = found
    .slice(0, named)
    .map(({ loc, value }) => `${formatLoc(loc)}: ${JSON.stringify(value)} is not in the contract`);
  const rest = found.length > named ? [`and ${found.length - named} more`] : [];
  return quote([...words, ...rest].join('; '));
}
