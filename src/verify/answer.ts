/** An answer of the server under test, and how it keeps the contract. */
import { byStatus } from '../client/reply.ts';
import type { ContractOperation } from '../contract.ts';
import { isJson, isOneOf } from '../media-type.ts';
import type { Reply } from '../transport/exchange.ts';
import type { Secrets } from '../transport/secrets.ts';
import { type UnknownValue, UnknownValues } from '../unknown-values.ts';
import { formatLoc, problemsOf } from '../violations.ts';
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
  readonly retryAfterMs: number | undefined;
  /** In bytes; undefined if the body is larger than is read. */
  readonly size: number | undefined;
  /** The body as JSON; undefined if it is not JSON. */
  readonly json: unknown;
  /** The media types that the contract has for the status; undefined if it does not list the status. */
  readonly mediaTypes: readonly string[] | undefined;
  /** How the body breaks the schema of its status, fit to be shown. */
  readonly violation: string | undefined;
  /** The unknown enum values in the body, fit to be shown; empty if there are none. */
  readonly unknownValues: string;
  /** The fields that the contract does not have: `models[].score`. */
  readonly undeclared: readonly string[];
  /** Set where it came before the server was up, from what stands in front of it: its status says nothing then. */
  readonly isEarly: boolean;
  /** Status and the start of the body, fit to be shown. */
  readonly summary: string;
  /** Makes what the server has sent fit to be shown, without the caller's secrets. */
  quote(sent: unknown): string;
}

/** How much of a body a summary shows, in characters. */
const shownLength = 100;

/** How many unknown values one message names. */
const named = 3;

export function readAnswer(
  operation: ContractOperation,
  { status, headers, body, retryAfterMs }: Reply,
  { curl, isEarly }: Pick<Answer, 'curl' | 'isEarly'>,
  secrets: Secrets,
): Answer {
  const quote = (sent: unknown, length = 500) => clean(secrets.redactAndClip(String(sent), length), length);
  const contentType = headers.get('content-type') ?? '';
  const mediaTypes = byStatus(operation.responses, status)?.mediaTypes;
  const text = typeof body === 'object' ? decode(body) : body;
  const json = parseJson(text);
  const shown =
    text === '' ? 'without a body' : `with ${quote(text ?? 'a body that is not text', shownLength)}`;
  const summary = `status ${status} ${shown}`;
  const isListedText = isOneOf(contentType, mediaTypes?.filter((type) => !isJson(type)) ?? []);
  const {
    violation,
    unknownValues = '',
    undeclared = [],
  } = isListedText ? {} : judge(operation, status, json);
  return {
    ...{ curl, isEarly, status, contentType, mediaTypes, json, retryAfterMs, summary, quote },
    location: headers.get('location'),
    size: body?.length,
    violation: violation === notJson ? `${notJson}: ${summary}` : violation && quote(violation),
    unknownValues: quote(unknownValues),
    undeclared: undeclared.map((field) => quote(field)),
  };
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

function judge({ responses, validators, ...operation }: ContractOperation, status: number, json: unknown) {
  // Every failure comes in the envelope of those that are listed, whatever its status.
  const [envelope] = Object.keys(responses).filter((listed) => Number(listed) >= 400);
  const isListed = byStatus(validators.responses, status) !== undefined;
  const validate = byStatus(validators.responses, isListed || status < 400 ? status : Number(envelope));
  if (!validate) return {};
  if (json === undefined) return { violation: notJson };
  const unknown = new UnknownValues();
  try {
    if (validate.call(unknown, json)) {
      const undeclared = undeclaredFields(operation, status, json);
      return { undeclared, unknownValues: isListed ? nameUnknown(unknown.in(json)) : '' };
    }
  } catch (thrown) {
    if (thrown instanceof RangeError) return { violation: 'a body that is nested too deeply' };
    throw thrown;
  }
  const problems = problemsOf(validate.errors, json);
  return { violation: problems.map(({ loc, msg }) => `${formatLoc(loc) || 'body'}: ${msg}`).join('; ') };
}

function nameUnknown(found: readonly UnknownValue[]): string {
  const words = found
    .slice(0, named)
    .map(({ loc, value }) => `${formatLoc(loc)}: ${JSON.stringify(value)} is not in the contract`);
  return [...words, ...(found.length > named ? [`and ${found.length - named} more`] : [])].join('; ');
}
