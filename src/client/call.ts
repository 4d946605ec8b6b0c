/** The checked call: an operation of the contract, its request checked before it is sent and its reply after. */
import { createQuerySerializer, defaultPathSerializer } from 'openapi-fetch';
import type { Operation } from '../../generated/types.ts';
import { isJson } from '../media-type.ts';
import { checkObject, readOptions, unknownName } from '../transport/check.ts';
import { usage } from '../transport/errors.ts';
import { exchange } from '../transport/exchange.ts';
import { type PlainHeaders, readHeaders, withoutNulls } from '../transport/headers.ts';
import { type CallOptions, callRules, readInit } from '../transport/options.ts';
import { describeProblem, type Problem, problemsOf } from '../violations.ts';
import type { AnyRequest } from './operation-types.ts';
import type { ClientSettings } from './options.ts';
import { type Answer, byStatus, readReply } from './reply.ts';

type Values = Record<string, unknown>;

/** A body as it is sent, and the headers that go with it. */
interface WrittenBody {
  content?: unknown;
  headers?: PlainHeaders;
}

/** Calls an operation, known by nothing but its description. */
export type Call = (operation: Operation, request?: AnyRequest, options?: CallOptions) => Promise<Answer>;

export function createCall(settings: ClientSettings): Call {
  return async function call(operation, request = {}, options = {}) {
    const { signal, timeoutMs, headers = {}, init } = readOptions(options, callRules);
    const { path, query, header, body } = checkRequest(operation, request);
    const merged: PlainHeaders = {
      ...settings.headers,
      ...header,
      ...body.headers,
      ...readHeaders(headers),
    };
    const outgoing = {
      url: writeUrl(settings.baseUrl, operation, path, query),
      method: operation.method.toUpperCase(),
      headers: withoutNulls(merged),
      body: body.content,
      authorize: merged['authorization'] === undefined,
      isRetryable: (status: number) => byStatus(operation.responses, status)?.retry === true,
    };
    const reply = await exchange(settings, outgoing, { signal, timeoutMs, init: init && readInit(init) });
    return readReply(settings, operation, outgoing, reply);
  };
}

/** The address, written by openapi-fetch as the contract says (`style`, `explode`). */
export function writeUrl(
  baseUrl: string,
  { path: template, parameters }: Operation,
  path: Values,
  query: Values,
): string {
  function writeParameter([name, value]: [string, unknown]): string {
    const { style = 'form', explode = true, mediaType } = parameters.query[name] ?? {};
    const write = createQuerySerializer({
      array: { style: style === 'spaceDelimited' || style === 'pipeDelimited' ? style : 'form', explode },
      object: { style: style === 'deepObject' ? style : 'form', explode },
    });
    return write({ [name]: mediaType === undefined ? value : JSON.stringify(value) });
  }
  try {
    const search = Object.entries(query).map(writeParameter).filter(Boolean).join('&');
    return `${baseUrl}${defaultPathSerializer(template, path)}${search && `?${search}`}`;
  } catch {
    throw usage('query', 'A parameter holds half of a surrogate pair, which fits in no URL.');
  }
}

/** A body as it is sent: written as JSON, or as it is where the contract has another media type. */
function writeBody({ requestBody }: Operation, body: unknown): WrittenBody {
  if (body === undefined) return {};
  const mediaTypes = requestBody?.mediaTypes ?? [];
  const mediaType = mediaTypes.find((name) => isJson(name)) ?? mediaTypes[0] ?? 'application/json';
  if (isJson(mediaType)) return { content: JSON.stringify(body), headers: { 'content-type': mediaType } };
  // For FormData, `fetch` sets the content type with the boundary.
  return { content: body, ...(typeof body === 'string' && { headers: { 'content-type': mediaType } }) };
}

/** How to pass a part of a request. */
export const partWords = (part: string) => `the ${part} as an object, such as { name: value }`;

const partNames = ['path', 'query', 'header', 'body'];

/**
 * Checks a request, and gives its parts as they are sent.
 *
 * @throws a `usage` error with an item for each problem, as in the API's own 422
 */
function checkRequest(operation: Operation, request: AnyRequest) {
  checkObject(request, 'request', 'what is sent as an object, such as { query: { limit: 5 } }');
  for (const name in request) {
    if (!partNames.includes(name)) throw usage(name, `${unknownName('part of a request', name, partNames)}.`);
  }
  const { body } = request;
  const path = definedValues(request.path, 'path');
  const query = definedValues(request.query, 'query');
  const header = definedValues(request.header, 'header', operation.parameters.header);
  const { request: validate } = operation.validators;
  const data = { path, query, header, cookie: {}, body };
  if (validate(data)) {
    for (const [name, value] of Object.entries(path)) {
      // An empty segment or `..` would address another path.
      if (/^\.{0,2}$/.test(String(value)))
        throw usage('path', `path: ${name} can't be empty or made of dots.`);
    }
    const pairs = Object.entries(header).map(([name, value]) => [name, String(value)]);
    return { path, query, header: readHeaders(pairs), body: writeBody(operation, body) };
  }
  const problems = problemsOf(validate.errors, data);
  const words = problems.map((problem) => `${explain(operation, problem, data)}.`).join(' ');
  throw usage(String(problems[0]?.loc[0] ?? 'request'), words, problems);
}

/** The values that are set. Null and undefined mean: not set. Names of headers may be in any case. */
function definedValues(values: object | null | undefined, part: string, inAnyCase: object = {}): Values {
  const set: Values = {};
  if (values == null) return set;
  checkObject(values, part, partWords(part));
  const names = Object.keys(inAnyCase);
  for (const [name, value] of Object.entries(values)) {
    const known = names.find((other) => other.toLowerCase() === name.toLowerCase());
    if (value != null) set[known ?? name] = value;
  }
  return set;
}

/** A problem in words, with what to do where that is plain. */
function explain({ parameters }: Operation, problem: Problem, data: Values): string {
  const { loc, type } = problem;
  const [part, name = '', ...deeper] = loc;
  const given = deeper.length === 0 ? Object(data[String(part)])[name] : undefined;
  const wanted = /^(int|float|bool)_/.exec(type)?.[1];
  if (part === 'query' && deeper.length === 0 && type === 'extra_forbidden') {
    return unknownName('parameter', String(name), Object.keys(parameters.query));
  }
  const words = describeProblem(problem);
  if (wanted && typeof given === 'string') {
    return `${words}. It is a text: pass a ${wanted === 'bool' ? 'boolean' : 'number'}`;
  }
  return words;
}
