/** Reads a request as the contract types it, and refuses one that breaks the contract. */
import type { Operation, Parameter } from '../../generated/types.ts';
import { type ContractOperation, contractOperations } from '../contract.ts';
import { isJson, isOneOf } from '../media-type.ts';
import { itemsOf, separatorOf, typesOf } from '../parameter-schema.ts';
import { type Problem, problemsOf } from '../violations.ts';
import { envelope } from './respond.ts';

/** A request that keeps the contract, with defaults filled in. */
export interface CheckedRequest {
  query: Record<string, unknown>;
  path: Record<string, unknown>;
  header: Record<string, unknown>;
  cookie: Record<string, unknown>;
  body?: unknown;
}

/** The API takes small bodies only. A larger one would fill the memory. */
const maxBodyBytes = 1024 * 1024;

/**
 * Reads a request and checks it. A parameter that the contract does not have is ignored. Of a repeated parameter the
 * last value counts, unless the parameter is a list.
 *
 * @returns The request, or the response that refuses it.
 */
export async function readRequest(
  { parameters, requestBody, validators }: ContractOperation,
  request: Request,
  url: URL,
  pathParameters: Readonly<Record<string, string>>,
): Promise<CheckedRequest | Response> {
  const { headers } = request;
  const listOf = (text: string | null | undefined) => (text == null ? [] : [text]);
  const checked: CheckedRequest = {
    query: readParameters(parameters.query, (name) => url.searchParams.getAll(name)),
    path: readParameters(parameters.path, (name) => listOf(pathParameters[name])),
    header: readParameters(parameters.header, (name) => listOf(headers.get(name)?.trim())),
    cookie: readParameters(parameters.cookie, (name) => listOf(readCookie(headers.get('cookie'), name))),
  };
  if (requestBody) {
    const text = await readText(request.body);
    if (text === undefined) {
      return envelope(400, { detail: `The body is larger than ${maxBodyBytes} bytes` });
    }
    const read = readBody(text, request.headers.get('content-type'), requestBody.mediaTypes);
    if ('problem' in read) return envelope(422, { errors: [read.problem] });
    if (read.body !== undefined) checked.body = read.body;
  }
  if (validators.request(checked)) return checked;
  const problems = problemsOf(validators.request.errors, checked);
  return envelope(422, {
    errors: problems.map((problem) => ({ ...problem, ...unreadable(problem, checked) })),
  });
}

/** Reads the parameters of one location; `textsOf` gives the texts that were sent under a name. */
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

/** How each parameter is written, which takes a walk through its schema to find out. */
const forms = new Map(
  contractOperations
    .flatMap(({ parameters }) =>
      Object.values(parameters).flatMap((named) => Object.values<Parameter>(named)),
    )
    .map((parameter) => {
      const items = itemsOf(parameter.schema);
      return [parameter, { isList: items !== undefined, types: typesOf(items ?? parameter.schema) }];
    }),
);

function readParameter(parameter: Parameter, texts: string[]): unknown {
  const { schema, style, explode, mediaType } = parameter;
  const last = texts.at(-1);
  if (last === undefined) return schema.default;
  if (mediaType !== undefined) return parseJson(last) ?? last;
  const { isList = false, types = [] } = forms.get(parameter) ?? {};
  if (!isList) return readValue(types, last);
  const members = style === 'form' && explode ? texts : last.split(separatorOf(style));
  return members.map((member) => readValue(types, member));
}

/** A number as JSON spells it (RFC 8259 section 6), so no sign `+`, no hexadecimal, no `Infinity`. */
const jsonNumber = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

/** A whole number, for which FastAPI takes no exponent. */
const wholeNumber = /^-?(0|[1-9]\d*)(\.0+)?$/;

/** Text as one of the types that its schema takes. What can't be read stays text, which the schema then refuses. */
function readValue(types: readonly string[], text: string): unknown {
  if (types.includes('string') || types.length === 0) return text;
  if (types.includes('number') && jsonNumber.test(text) && Number.isFinite(Number(text))) return Number(text);
  if (types.includes('integer') && wholeNumber.test(text)) return Number(text);
  if (types.includes('boolean') && /^(true|false)$/i.test(text)) return text.toLowerCase() === 'true';
  return text;
}

/** What FastAPI says of a text that it can't read as a number or a boolean, by what it says of other values. */
const parsing: Readonly<Record<string, readonly [type: string, why: string]>> = {
  bool_type: ['bool_parsing', 'unable to interpret input'],
  float_type: ['float_parsing', 'unable to parse string as a number'],
  int_type: ['int_parsing', 'unable to parse string as an integer'],
};

/** In what way a parameter can't be read, if it came as a text. */
function unreadable({ loc, msg, type }: Problem, checked: CheckedRequest): Partial<Problem> {
  const value = loc.reduce<unknown>((inside, step) => Object(inside)[step], checked);
  const [parsingType, why] = parsing[type] ?? [];
  const isText = loc[0] !== 'body' && typeof value === 'string';
  return parsingType && isText ? { msg: `${msg}, ${why}`, type: parsingType } : {};
}

/** Undefined for a body that is too large. */
async function readText(body: ReadableStream<Uint8Array> | null): Promise<string | undefined> {
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.byteLength;
    if (size > maxBodyBytes) return undefined;
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

/** Reads a body of one of these media types. It is undefined where none was sent, or no JSON. */
function readBody(
  text: string,
  contentType: string | null,
  mediaTypes: readonly string[],
): { body: unknown } | { problem: Problem } {
  if (text === '') return { body: undefined };
  const mediaType = contentType ?? 'application/json';
  if (!isOneOf(mediaType, mediaTypes)) {
    const sent = mediaType.replace(/;.*/s, '').trim();
    const msg = `Value error, the body should be ${mediaTypes.join(' or ')}, not ${sent}`;
    return { problem: { loc: ['body'], msg, type: 'value_error' } };
  }
  if (!isJson(mediaType)) return { body: undefined };
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

function readCookie(header: string | null, name: string): string | undefined {
  const pairs = (header ?? '').split(';').map((pair) => pair.trim());
  return pairs.findLast((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}
