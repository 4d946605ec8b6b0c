/** Reads a request as the contract types it. */
import type { Operation, Parameter, ParameterSchema } from '../../generated/types.ts';
import { isJson, isOneOf } from '../media-type.ts';
import { itemsOf, separatorOf, typesOf } from '../parameter-schema.ts';
import { type Problem, problemsOf } from '../violations.ts';
import type { PlainRequest } from './answer.ts';
import type { Route, ServedOperation } from './contract.ts';

/** A request that keeps the contract, with defaults filled in. */
export interface CheckedRequest {
  query: Record<string, unknown>;
  path: Record<string, unknown>;
  header: Record<string, unknown>;
  cookie: Record<string, unknown>;
  body?: unknown;
}

/**
 * Of a repeated parameter the last one counts, unless it is a list, and one that the contract does not know is
 * ignored.
 *
 * @returns The request, or one item for each part of it that breaks the contract.
 */
export async function readRequest(
  operation: ServedOperation,
  request: PlainRequest,
  url: URL,
  { pathParameters }: Route,
): Promise<{ checked: CheckedRequest } | { errors: Problem[] }> {
  const { parameters } = operation;
  const cookies = readCookies(request.headers.get('cookie') ?? '');
  const one = (text: string | null | undefined) => (text == null ? [] : [text]);
  const checked: CheckedRequest = {
    query: readPlace(parameters.query, (name) => url.searchParams.getAll(name)),
    path: readPlace(parameters.path, (name) => one(pathParameters[name])),
    header: readPlace(parameters.header, (name) => one(request.headers.get(name)?.trim())),
    cookie: readPlace(parameters.cookie, (name) => one(cookies.get(name))),
  };
  const problem = await readBody(operation, request, checked);
  if (problem) return { errors: [problem] };
  return operation.validate(checked)
    ? { checked }
    : { errors: problemsOf(operation.validate.errors, checked) };
}

/** Reads one place where parameters are sent; `textsOf` gives what was sent by a name. */
function readPlace(
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
  const repeated = style === 'form' && explode;
  const members = repeated ? texts : last.split(separatorOf(style));
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

/** Puts the body into `checked`. What is no JSON where JSON is asked for is a problem by itself. */
async function readBody(
  { requestBody }: Operation,
  request: PlainRequest,
  checked: CheckedRequest,
): Promise<Problem | undefined> {
  if (!requestBody) return undefined;
  const text = await request.text();
  if (text === '') return undefined;
  const contentType = request.headers.get('content-type') ?? 'application/json';
  if (!isOneOf(contentType, requestBody.mediaTypes)) {
    const sent = contentType.replace(/;.*/s, '').trim();
    const msg = `Value error, the body should be ${requestBody.mediaTypes.join(' or ')}, not ${sent}`;
    return { loc: ['body'], msg, type: 'value_error' };
  }
  if (!isJson(contentType)) return undefined;
  checked.body = parseJson(text);
  return checked.body === undefined
    ? { loc: ['body', 0], msg: 'JSON decode error', type: 'json_invalid' }
    : undefined;
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
