/** A plain openapi-fetch client on the same transport, for callers with middleware. */
import createClient, { type Client } from 'openapi-fetch';
import { retryStatuses } from '../../generated/info.ts';
import type { paths } from '../../generated/schema.ts';
import { readOptions } from '../transport/check.ts';
import { failure, usage } from '../transport/errors.ts';
import { exchange, type Reply } from '../transport/exchange.ts';
import type { InitOptions } from '../transport/fetch.ts';
import { type Settings, type TransportOptions, transportRules } from '../transport/options.ts';
import type { ResponseError } from './errors.ts';
import { resolveTransport } from './options.ts';

/** The options that the transport has; checks and drift are the typed client's. */
export type RawClientOptions = TransportOptions;

/** Stands for the key until a request is sent, so that a call may replace it or leave it out like any other header. */
const keyPlaceholder = 'Bearer [apiKey]';

/** The options of `fetch` that a Request carries, apart from method, headers, body, redirect and signal. */
const inRequest = [
  'cache',
  'credentials',
  'integrity',
  'keepalive',
  'mode',
  'referrer',
  'referrerPolicy',
] as const;

/** These describe a body as it was sent, before it was decoded. */
const encodedBodyHeaders = ['content-encoding', 'content-length'];

/** The openapi-fetch client of this contract. Modules that export one need the name for their declarations. */
export interface RawClient extends Client<paths> {}

/**
 * An openapi-fetch client with this package's retries, time limits, size limit and key. Middleware sees
 * real `Request` and `Response` objects. Its types are the contract's closed ones, and nothing is checked
 * against them at run time: a body is what the server sent. Failures to get any answer are thrown as by
 * the typed client; error envelopes are returned in `error`, as openapi-fetch does.
 *
 * The key and the headers of the options go to `baseUrl`'s origin only: a call with another `baseUrl`, or
 * one that middleware sends elsewhere, is made without them. Null among the headers of a call leaves one out,
 * `authorization` included.
 *
 * The other options of `fetch` (`cache`, `next`, `cf`) may be given with a call, or for all calls in `init`; so may
 * `fetch` itself, which then sends each attempt. Redirects are not followed, whatever `redirect` says.
 *
 * What middleware throws is thrown as it is, and so is what openapi-fetch throws: a TypeError for an address or a
 * header that `fetch` does not take, a SyntaxError for a body that is not JSON.
 *
 * @throws a `usage` error that names the option that is wrong
 * @example
 * const client = createRawClient({ baseUrl: 'http://127.0.0.1:4010', apiKey: 'any' });
 * client.use({ onRequest: ({ request }) => console.log(request.url) });
 * const { data, error } = await client.GET('/api/v1/training/catalog');
 */
export function createRawClient(options: RawClientOptions = {}): RawClient {
  const settings = resolveTransport(readOptions(options, transportRules));
  const client = createClient<paths>({
    ...settings.init,
    baseUrl: settings.baseUrl,
    headers: { ...(settings.apiKey != null && { authorization: keyPlaceholder }), ...settings.headers },
    redirect: 'manual',
    fetch: (request) => send(settings, request),
  });
  const { request, GET, PUT, POST, DELETE, OPTIONS, HEAD, PATCH, TRACE } = client;
  const methods = Object.entries({ request, GET, PUT, POST, DELETE, OPTIONS, HEAD, PATCH, TRACE });
  const wrapped = methods.map(([name, method]) => [
    name,
    (...values: unknown[]) =>
      Reflect.apply(
        method,
        client,
        values.map((value) => sendByTransport(settings, value)),
      ),
  ]);
  return Object.assign(client, Object.fromEntries(wrapped));
}

/** The options of a call. Its own `fetch` is one for the transport, which it would replace otherwise. */
function sendByTransport(settings: Settings, init: unknown): unknown {
  const { fetch } = Object(init);
  if (typeof fetch !== 'function') return init;
  const ownSettings = {
    ...settings,
    fetch: (url: string, init: RequestInit) => fetch(new Request(url, init)),
  };
  return { ...Object(init), fetch: (request: Request) => send(ownSettings, request) };
}

async function send(settings: Settings, request: Request): Promise<Response> {
  const { url, method, signal } = request;
  const headers = Object.fromEntries(request.headers);
  const isHome = url.startsWith(`${settings.origin}/`);
  const authorize = isHome && headers['authorization'] === keyPlaceholder;
  if (headers['authorization'] === keyPlaceholder) delete headers['authorization'];
  // What was meant for one server must not reach another.
  for (const [name, value] of isHome ? [] : Object.entries(settings.headers)) {
    if (headers[name] === value) delete headers[name];
  }
  const body = await readRequest(request);
  const reply = await exchange(
    settings,
    { url, method, headers, authorize, body, isRetryable },
    { signal, init: initOf(request, settings.init) },
  );
  return toResponse(reply, settings);
}

/** The body of a request, read once as it may be sent again; undefined where there is none. */
async function readRequest(request: Request): Promise<ArrayBuffer | undefined> {
  // Most requests have no body, and need no time to read it. Firefox has no such property.
  if (request.body === null) return undefined;
  const body = await request.arrayBuffer().catch((cause: Error) => {
    throw usage('body', 'The body of the request could not be read. Middleware can read a clone.', [], cause);
  });
  return body.byteLength > 0 ? body : undefined;
}

/** The options for `fetch` that a call has: those a Request carries, and those that openapi-fetch adds to it. */
function initOf(request: Request, ofClient: InitOptions): InitOptions {
  // A default is left out: some edge workers throw at the mere presence of an option.
  const defaults = new Request(request.url);
  const set = inRequest.filter((name) => name in ofClient || request[name] !== defaults[name]);
  const added = Object.keys(request).filter((name) => !(name in defaults));
  return Object.fromEntries([...set, ...added].map((name) => [name, Reflect.get(request, name)]));
}

/** Whether any operation of the contract marks the status as retryable. Which one was called is not known here. */
function isRetryable(status: number): boolean {
  const retried: readonly string[] = retryStatuses;
  return retried.includes(`${status}`) || retried.includes(`${Math.floor(status / 100)}XX`);
}

/** @throws a `response` error for what no Response can hold */
function toResponse(reply: Reply, settings: Settings): Response {
  const { status, statusText, body, url, headers } = reply;
  if (status === 0) throw nothingToPassOn(reply, 'redirects are not followed');
  if (body === undefined)
    throw nothingToPassOn(reply, `the body is larger than maxResponseBytes (${settings.maxResponseBytes})`);
  const passedOn = [...headers].filter(([name]) => !encodedBodyHeaders.includes(name.toLowerCase()));
  try {
    return at(url, new Response(body.length === 0 ? null : body, { status, statusText, headers: passedOn }));
  } catch {
    throw nothingToPassOn(reply, 'it is no answer that HTTP has');
  }
}

/** The response with an address, which no constructor takes. Middleware reads from copies, so they have it as well. */
function at(url: string, response: Response): Response {
  const clone = () => at(url, Response.prototype.clone.call(response));
  return Object.defineProperties(response, { url: { value: url }, clone: { value: clone } });
}

function nothingToPassOn(reply: Reply, reason: string): ResponseError {
  const { status, attempts, secrets } = reply;
  const fields = {
    kind: 'response',
    status,
    url: secrets.redact(reply.url),
    attempts,
    headers: {},
    snippet: '',
    errors: [],
  } as const;
  return failure(`Status ${status}, but nothing to pass on: ${reason}.`, fields);
}
