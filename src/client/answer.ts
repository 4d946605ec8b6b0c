/** Tells what an answer means: a page of the catalog, or which error. */
import { list_training_catalog_endpoint as operation } from '../../generated/operations.ts';
import type { Response, Validator } from '../../generated/types.ts';
import { notify } from '../transport/callback.ts';
import { clip, failure } from '../transport/errors.ts';
import type { Reply } from '../transport/exchange.ts';
import { parseRetryAfter } from '../transport/retry-after.ts';
import { readHeader, showHeaders } from '../transport/shown.ts';
import { UnknownValues } from '../unknown-values.ts';
import { formatLoc, type Problem, problemsOf } from '../violations.ts';
import { byStatus } from './by-status.ts';
import type { ApiError, ResponseError } from './errors.ts';
import type { ClientSettings, Drift } from './options.ts';
import { showable } from './showable.ts';
import type { ErrorEnvelope, TrainingCatalog } from './types.ts';
import { problemsInJson, wordsInJson, wordsInText } from './words.ts';

const { responses } = operation.validators;

/** The longest part of a message that a server has written, in characters. */
const wordsLimit = 300;

/** The status of a page. */
const ok = 200;

/** Its schema is used for error statuses that the contract does not list: all errors have the same envelope. */
const anyError = 500;

/** An answer that has been read as a text. */
export interface TextReply extends Reply {
  /** Without a byte-order mark; undefined if it is larger than allowed. */
  readonly text: string | undefined;
}

/** @throws `api` errors for the API's envelopes, `response` errors for everything that is not the contract */
export function readAnswer(settings: ClientSettings, reply: TextReply): TrainingCatalog {
  const { status, text } = reply;
  if (text === undefined) {
    throw responseError(reply, `the body is larger than maxResponseBytes, ${settings.maxResponseBytes}`);
  }
  if (status !== ok && status < 400) throw responseError(reply, describeStatus(reply));
  const body = parse(text);
  if (status !== ok) throw readError(settings, reply, body);
  if (body instanceof Error) throw responseError(reply, describeText(reply), { cause: body });
  return readPage(settings, reply, body.value as TrainingCatalog);
}

/** The page, completed by what the contract lets a server leave out. */
function readPage(settings: ClientSettings, reply: TextReply, page: TrainingCatalog): TrainingCatalog {
  // A whole page is searched for unknown values only for somebody who asks.
  const unknown = settings.onDrift && new UnknownValues();
  const [problem, ...others] = settings.validate ? check(responses[ok], page, unknown) : [];
  if (problem) throw responseError(reply, describe(problem), { errors: [problem, ...others] });
  // An absent list is an empty one, but only where the total says so.
  if (page?.total === 0) page.models ??= [];
  if (!Array.isArray(page?.models)) {
    const missing = { loc: ['body', 'models'], msg: 'Field required', type: 'missing' };
    throw responseError(reply, describe(missing), { errors: [missing] });
  }
  if (!settings.validate) return page;
  for (const model of page.models) model.extended_context ??= false;
  if (unknown) report(settings, reply, driftsOf(unknown, page));
  return page;
}

/** The API's own error, if the body is its envelope. */
function readError(settings: ClientSettings, reply: TextReply, body: Parsed): ApiError | ResponseError {
  const { status, secrets, text = '' } = reply;
  if (body instanceof Error) {
    const words = wordsInText(text, readHeader(reply.headers, 'content-type') ?? '');
    return responseError(reply, describeText(reply), {
      words: secrets.hideAndClip(words, wordsLimit),
      cause: body,
    });
  }
  const unknown = new UnknownValues();
  const validate = byStatus<Validator>(responses, status) ?? responses[anyError];
  const problems = check(validate, body.value, unknown);
  const envelope = body.value as ErrorEnvelope;
  const drifts = problems.length === 0 ? findErrorDrifts(status, envelope, unknown) : [];
  // Programs compare `type`, so it is never changed. An unknown one that holds a secret makes it no envelope.
  if (drifts.some(({ at }) => at === 'type') && secrets.hide(envelope.type) !== envelope.type) {
    problems.push({
      loc: ['body', 'type'],
      msg: 'Value error, a secret of the request',
      type: 'value_error',
    });
  }
  const [problem] = problems;
  if (problem) {
    const shown = showable(body.value, secrets);
    const listed = problemsInJson(shown);
    const errors = listed.length > 0 ? listed : problems;
    return responseError(reply, describe(problem), { words: wordsInJson(shown), errors });
  }
  report(settings, reply, drifts);
  const { code, type } = envelope;
  const detail = showable(envelope.detail, secrets) as string;
  const errors = showable(envelope.errors, secrets) as ErrorEnvelope['errors'];
  const message = `${status} ${type}: ${clip(detail, wordsLimit)}${adviceFor(reply)}`;
  return failure<ApiError>(message, {
    kind: 'api',
    ...answered(reply),
    code,
    type,
    detail,
    errors: errors ?? [],
  });
}

/** An error for an answer that is not the contract: in the server's own words, if it has any. */
function responseError(
  reply: TextReply,
  reason: string,
  { words = '', errors = [], cause }: { words?: string; errors?: readonly Problem[]; cause?: Error } = {},
): ResponseError {
  const { status, text = '', secrets } = reply;
  const message = words
    ? `Status ${status}, not in the API's envelope: ${clip(words, wordsLimit)}`
    : `Status ${status}, but not an answer of this API: ${clip(secrets.hide(reason), wordsLimit)}`;
  const fields = {
    kind: 'response',
    ...answered(reply),
    snippet: secrets.hideAndClip(text, 200),
    errors: showable(errors, secrets) as readonly Problem[],
  } as const;
  return failure<ResponseError>(`${message}${adviceFor(reply) || '.'}`, fields, cause && { cause });
}

type Parsed = { value: unknown } | Error;

/** The value, or why there is none. */
function parse(text: string): Parsed {
  try {
    return { value: JSON.parse(text) };
  } catch (thrown) {
    // Engines quote the text, and with it may quote a part of a key.
    return new SyntaxError((thrown as Error).message.replace(/(\.\.\.)?".*"(\.\.\.)?/s, '…'));
  }
}

/** What is wrong with a body. A recursive schema can meet a body that is nested too deeply to be checked. */
function check(validate: Validator, body: unknown, unknown?: UnknownValues): Problem[] {
  try {
    return validate.call(unknown, body) ? [] : problemsOf(validate.errors, body, ['body']);
  } catch (thrown) {
    if (thrown instanceof RangeError)
      return [{ loc: ['body'], msg: 'Nested too deeply', type: 'recursion_loop' }];
    throw thrown;
  }
}

function driftsOf(unknown: UnknownValues, body: unknown): Drift[] {
  return unknown.in(body).map(({ loc, value }) => ({ at: formatLoc(loc), value }));
}

function findErrorDrifts(status: number, envelope: ErrorEnvelope, unknown: UnknownValues): Drift[] {
  const drifts = driftsOf(unknown, envelope);
  if (byStatus(operation.responses, status) === undefined) drifts.push({ at: 'status', value: status });
  if (envelope.code !== status && !drifts.some(({ at }) => at === 'code')) {
    drifts.push({ at: 'code', value: envelope.code });
  }
  return drifts;
}

function report({ onDrift }: ClientSettings, { secrets }: TextReply, drifts: readonly Drift[]): void {
  for (const { at, value } of drifts)
    notify(onDrift, { at: secrets.hide(at), value: showable(value, secrets) });
}

/** `models[3].size_b: Input should be a valid number` */
function describe({ loc, msg }: Problem): string {
  return `${formatLoc(loc.slice(1)) || 'body'}: ${msg}`;
}

/** Why a body could not be parsed. */
function describeText({ headers, text, secrets }: TextReply): string {
  const type = readHeader(headers, 'content-type') ?? 'no content type';
  return `the body (${secrets.hideAndClip(type, 100)}) is ${text ? 'not JSON' : 'empty'}; check baseUrl`;
}

function describeStatus({ status, headers }: TextReply): string {
  if (status === 0) return 'a redirect, which is not followed; a browser hides its target';
  if (![301, 302, 303, 307, 308].includes(status)) return 'the contract has no such status';
  return `a redirect, which is not followed (location: ${readHeader(headers, 'location') ?? 'none'})`;
}

/** What the caller can do, as the contract says, and how long the server asks to wait. */
function adviceFor({ status, headers }: TextReply): string {
  const { advice } = byStatus<Response>(operation.responses, status) ?? {};
  const waitMs = parseRetryAfter(readHeader(headers, 'retry-after'));
  const wait = waitMs ? `wait ${Math.ceil(waitMs / 1000)} s, as the server asks` : '';
  const all = [advice, wait].filter(Boolean).join('; ');
  return all && ` (what to do: ${all}).`;
}

/** The fields that every error has that came with an answer. */
function answered({ status, headers, attempts, secrets }: TextReply) {
  const retryAfterMs = parseRetryAfter(readHeader(headers, 'retry-after'));
  return {
    status,
    headers: showHeaders(headers, secrets),
    attempts,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  };
}
