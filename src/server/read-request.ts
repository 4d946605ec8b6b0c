/** Reads a request as the contract types it. */
import type { Operation, Parameter, ParameterSchema } from '../../generated/types.ts';
import type { ContractOperation } from '../contract.ts';
import { isJson, isOneOf } from '../media-type.ts';
import { itemsOf, separatorOf, typesOf } from '../parameter-schema.ts';
import { type Problem, problemsOf } from '../violations.ts';
import type { PlainRequest } from './plain.ts';

/** A request that keeps the contract, with defaults filled in. */
export interface CheckedRequest {
  query: Record<string, unknown>;
  path: Record<string, unknown>;
  header: Record<string, unknown>;
  cookie: Record<string, unknown>;
  body?: unknown;
}

/**
 * Reads a request and checks it. A parameter that the contract does not have is ignored. Of a repeated parameter the
 * last value counts, unless the parameter is a list.
 *
 * @returns The request, or its problems in the form of the 422 envelope.
 */
export async function readRequest(
  operation: ContractOperation,
  request: PlainRequest,
  url: URL,
  pathParameters: Readonly<Record<string, string>>,
): Promise<{ checked: CheckedRequest } | { errors: Problem[] }> {
  const { parameters, requestBody, validators } = operation;
  const validate = validators.request;
  const cookies = readCookies(request.headers.get('cookie') ?? '');
  const listOf = (text: string | null | undefined) => (text == null ? [] : [text]);
  const checked: CheckedRequest = {
    query: readParameters(parameters.query, (name) => url.searchParams.getAll(name)),
    path: readParameters(parameters.path, (name) => listOf(pathParameters[name])),
    header: readParameters(parameters.header, (name) => listOf(request.headers.get(name)?.trim())),
    cookie: readParameters(parameters.cookie, (name) => listOf(cookies.get(name))),
  };
  if (requestBody) {
    const read = await readBody(requestBody.mediaTypes, request);
    if ('problem' in read) return { errors: [read.problem] };
    if (read.body !== undefined) checked.body = read.body;
  }
  return validate(checked) ? { checked } : { errors: problemsOf(validate.errors, checked) };
}

/** Reads the parameters of one place; `textsOf` gives the texts that were sent under a name. */
function readParameters(
  parameters: Operation['parameters']['query'],
  textsOf: (name: string) => string[],
): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [name, parameter] of Object.entries(parameters)) {
    const value = readParameter(parameter, textsOf(name));
    if (value !== undefined) values[name] = value;
  }
  return values;
}

function readParameter({ schema, style, explode, mediaType }: Parameter, texts: string[]): unknown {
  const last = texts.at(-1);
  if (last === undefined) return schema.default;
  if (mediaType !== undefined) return parseJson(last) ?? last;
  const items = itemsOf(schema);
  if (!items) return readText(schema, last);
  const members = style === 'form' && explode ? texts : last.split(separatorOf(style));
  return members.map((member) => readText(items, member));
}

/** A number as JSON spells it (RFC 8259 section 6), so no sign `+`, no hexadecimal, no `Infinity`. */
const jsonNumber = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

/** A whole number, for which FastAPI takes no exponent. */
const wholeNumber = /^-?(0|[1-9]\d*)(\.0+)?$/;

/** Text as one of the types that its schema takes. What can't be read stays text, which the schema then refuses. */
function readText(schema: ParameterSchema, text: string): unknown {
  const types = typesOf(schema);
  if (types.includes('string') || types.length === 0) return text;
  if (types.includes('number') && jsonNumber.test(text) && Number.isFinite(Number(text))) return Number(text);
  if (types.includes('integer') && wholeNumber.test(text)) return Number(text);
  if (types.includes('boolean') && /^(true|false)$/i.test(text)) return text.toLowerCase() === 'true';
  return text;
}

/** Reads a body of one of these media types. The body is undefined where none was sent, or no JSON. */
async function readBody(
  mediaTypes: readonly string[],
  request: PlainRequest,
): Promise<{ body: unknown } | { problem: Problem }> {
  const text = await request.text();
  if (text === '') return { body: undefined };
  const contentType = request.headers.get('content-type') ?? 'application/json';
  if (!isOneOf(contentType, mediaTypes)) {
    const sent = contentType.replace(/;.*/s, '').trim();
    const msg = `Value error, the body should be ${mediaTypes.join(' or ')}, not ${sent}`;
    return { problem: { loc: ['body'], msg, type: 'value_error' } };
  }
  if (!isJson(contentType)) return { body: undefined };
  const body = parseJson(text);
  if (body !== undefined) return { body };
  return { problem: { loc: ['body', 0], msg: 'JSON decode error', type: 'json_invalid' } };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readCookies(header: string): Map<string, string> {
  const pairs = header.split(';').map((pair) => pair.trim().split('='));
  return new Map(pairs.map(([name = '', ...rest]) => [name, rest.join('=')]));
}
