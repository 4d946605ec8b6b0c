/** Reads the reply to an operation: the value that the contract promises, or an error that says what came instead. */
import type { Operation, Validator } from '../../generated/types.ts';
import { isJson, isOneOf } from '../media-type.ts';
import { notify } from '../transport/attempt-event.ts';
import { clip, failure } from '../transport/errors.ts';
import type { Outgoing, Reply } from '../transport/exchange.ts';
import { UnknownValues } from '../unknown-values.ts';
import { describeProblem, formatLoc, type Problem, problemsOf } from '../violations.ts';
import type { ApiError, ResponseError } from './errors.ts';
import type { ClientSettings, Drift } from './options.ts';
import { redactJson } from './redact-json.ts';
import type { ErrorEnvelope } from './types.ts';
import { problemsInJson, wordsInJson, wordsInText } from './words.ts';

/** The longest part of a message that a server has written, in characters. */
const wordsLimit = 300;

/** A success, with what an error that is found later has to tell. */
export interface Answer {
  /** What the contract promises: a JSON value, a text, or undefined where there is no body. */
  readonly data: unknown;
  readonly context: Context;
}

/** A request, its reply and the settings: all that an error about them has to tell. */
export interface Context {
  readonly settings: ClientSettings;
  readonly operation: Operation;
  readonly request: Outgoing;
  readonly reply: Reply;
  /** The body without its byte-order mark; empty if it is larger than allowed. */
  readonly text: string;
}

/** The entry for a status, else for its class (`4XX`), else for all others (`default`). */
export function byStatus<Entry>(entries: Readonly<Record<string, Entry>>, status: number): Entry | undefined {
  return entries[status] ?? entries[`${Math.floor(status / 100)}XX`] ?? entries['default'];
}

/** @throws `api` errors for the API's envelopes, `response` errors for everything that is not the contract */
export function readReply(
  settings: ClientSettings,
  operation: Operation,
  request: Outgoing,
  reply: Reply,
): Answer {
  const { status, body } = reply;
  const text = typeof body === 'object' ? new TextDecoder().decode(body) : (body ?? '');
  const context: Context = { settings, operation, request, reply, text };
  if (body === undefined)
    throw responseError(context, `the body is larger than maxResponseBytes (${settings.maxResponseBytes})`);
  if (status >= 400) throw readError(context);
  const described = operation.responses[status] ?? operation.responses['2XX'];
  if (status < 200 || status > 299 || !described) throw responseError(context, describeStatus(reply));
  return { data: parseBody(context, described.mediaTypes), context };
}

/** The value of a success: JSON that fits the contract, or a text. */
function parseBody(context: Context, mediaTypes: readonly string[]): unknown {
  const { settings, operation, reply, text } = context;
  if (mediaTypes.length === 0) return undefined;
  const json = mediaTypes.filter((each) => isJson(each) || isOneOf('application/json', [each]));
  // Where the contract has nothing but JSON, the header is not asked: servers often forget it.
  const contentType = reply.headers.get('content-type');
  const isText = json.length < mediaTypes.length && contentType && !isJson(contentType);
  if (json.length === 0 || isText) return text;
  const value = parse(text);
  if (value instanceof SyntaxError)
    throw responseError(context, `${describeText(context)}; check the server address`, { cause: value });
  if (!settings.validate) return value;
  // Collected only for somebody who asks.
  const unknownValues = settings.onDrift && new UnknownValues();
  const validator = operation.validators.responses[reply.status] ?? operation.validators.responses['2XX'];
  const errors = check(validator, unknownValues, value);
  if (errors[0]) throw responseError(context, describeProblem(errors[0]), { errors });
  if (unknownValues) report(context, driftsOf(unknownValues, value));
  return value;
}

/** The error for a status from 400 on: the API's own, if the body is its envelope. */
function readError(context: Context): ApiError | ResponseError {
  const { operation, reply, text } = context;
  const { status, secrets } = reply;
  const body = parse(text);
  if (body instanceof SyntaxError) {
    const words = wordsInText(text, reply.headers.get('content-type') ?? '');
    return responseError(context, describeText(context), {
      words: secrets.redactAndClip(words, wordsLimit),
      cause: body,
    });
  }
  const unknownValues = new UnknownValues();
  const problems = check(validatorFor(operation, status), unknownValues, body);
  if (problems.length > 0 || !isEnvelope(body)) {
    const shown = redactJson(body, secrets);
    const listed = problemsInJson(shown);
    const errors = listed.length > 0 ? listed : problems;
    const [problem] = problems;
    const reason = problem ? describeProblem(problem) : "it is not in the API's envelope";
    return responseError(context, reason, { words: wordsInJson(shown), errors });
  }
  const { code } = body;
  const drifts = driftsOf(unknownValues, body);
  const type = secrets.redactAndClip(body.type, wordsLimit);
  if (!byStatus(operation.responses, status)) drifts.push({ at: 'status', value: status });
  if (code !== status && !drifts.some(({ at }) => at === 'code')) drifts.push({ at: 'code', value: code });
  report(context, drifts);
  const { detail, errors } = redactJson({ detail: body.detail, errors: body.errors ?? [] }, secrets);
  const message = `${status} ${type}: ${clip(detail, wordsLimit)}${adviceFor(context)}`;
  return failure(message, { kind: 'api', ...answerFields(reply), code, type, detail, errors });
}

/** All errors have the same envelope, so for a status that the contract has not, the one of another error is taken. */
function validatorFor({ validators: { responses } }: Operation, status: number): Validator | undefined {
  const other = Object.keys(responses).find((known) => /^[45]/.test(known)) ?? '';
  return byStatus(responses, status) ?? responses[other];
}

function isEnvelope(body: unknown): body is ErrorEnvelope {
  const { code, type, detail } = Object(body);
  return typeof code === 'number' && typeof type === 'string' && typeof detail === 'string';
}

/** An error for an answer that is not the contract: in the server's own words, if it has any. */
export function responseError(
  context: Context,
  reason: string,
  { words = '', errors = [], cause }: { words?: string; errors?: readonly Problem[]; cause?: Error } = {},
): ResponseError {
  const { reply, text } = context;
  const { status, secrets } = reply;
  const message = words
    ? `Status ${status}, not in the API's envelope: ${clip(words, wordsLimit)}`
    : `Status ${status}, but not an answer of this API: ${clip(secrets.redact(reason), wordsLimit)}`;
  const fields = {
    kind: 'response',
    ...answerFields(reply),
    snippet: secrets.redactAndClip(text, 200),
    errors: redactJson(errors, secrets),
  } as const;
  return failure(`${message}${adviceFor(context) || '.'}`, fields, cause && { cause });
}

/** What every error tells that came with an answer. */
export function answerFields({ status, url, headers, attempts, retryAfterMs, secrets }: Reply) {
  return {
    status,
    url: secrets.redact(url),
    headers: secrets.redactHeaders(headers),
    attempts,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  };
}

/** The value of a JSON text, or why there is none. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (thrown) {
    // Engines quote the text, and with it may quote a part of a key.
    return new SyntaxError(String(Object(thrown).message).replace(/(\.\.\.)?".*"(\.\.\.)?/s, '…'));
  }
}

/** What is wrong with a body. A recursive schema can meet a body that is nested too deeply to be checked. */
function check(
  validate: Validator | undefined,
  unknown: UnknownValues | undefined,
  body: unknown,
): Problem[] {
  try {
    return !validate || validate.call(unknown, body) ? [] : problemsOf(validate.errors, body, ['body']);
  } catch (thrown) {
    if (thrown instanceof RangeError)
      return [{ loc: ['body'], msg: 'Nested too deeply', type: 'recursion_loop' }];
    throw thrown;
  }
}

function driftsOf(unknown: UnknownValues, body: unknown): Drift[] {
  return unknown.in(body).map(({ loc, value }) => ({ at: formatLoc(loc), value }));
}

function report({ settings: { onDrift }, reply: { secrets } }: Context, drifts: readonly Drift[]): void {
  for (const { at, value } of drifts)
    notify(onDrift, { at: secrets.redact(at), value: redactJson(value, secrets) });
}

/** Why a body could not be parsed. */
function describeText({ reply: { headers, secrets }, text }: Context): string {
  if (text === '') return 'the body is empty';
  const type = headers.get('content-type') ?? 'no content type';
  const title = wordsInText(text, '');
  const page = title && ` but a page, "${secrets.redactAndClip(title, 100)}"`;
  return `the body (${secrets.redactAndClip(type, 100)}) is not JSON${page}`;
}

function describeStatus({ status, headers }: Reply): string {
  if (status === 0) return 'a redirect, which is not followed; a browser hides its target';
  const target = status >= 300 && headers.get('location');
  return target ? `a redirect to ${target}, which is not followed` : 'the contract has no such status';
}

/** How often it was tried, and what the caller can do: as the contract says, as the server asks, as the request shows. */
function adviceFor({ operation, settings, request, reply }: Context): string {
  const { status, attempts, retryAfterMs, secrets } = reply;
  const hasKey = request.authorize ? settings.apiKey != null : request.headers['authorization'] !== undefined;
  const [address = ''] = request.url.split('?');
  const toDo = [
    byStatus(operation.responses, status)?.advice,
    status === 401 && !hasKey && 'no key was sent: set DREADNODE_API_KEY or option apiKey',
    status === 404 &&
      `${secrets.redact(address)} was asked for${repeatedPathHint(settings.baseUrl, operation.path)}`,
    retryAfterMs && `wait ${Math.ceil(retryAfterMs / 1000)} s, as the server asks`,
  ];
  const advice = toDo.filter(Boolean).join('; ');
  const parts = [attempts > 1 && `after ${attempts} attempts`, advice && `what to do: ${advice}`];
  const all = parts.filter(Boolean).join('; ');
  return all && ` (${all}).`;
}

/** What to say where the server's address ends with what the API's path begins with. */
function repeatedPathHint(baseUrl: string, path: string): string {
  const steps = path.split('/');
  const starts = steps.map((_, index) => steps.slice(0, index + 1).join('/')).filter(Boolean);
  const start = starts.findLast((each) => baseUrl.endsWith(each));
  return start === undefined ? '' : `, which has ${start} twice: leave it out of the address`;
}
