/** A plain openapi-fetch client on the same transport, for callers with middleware. */
import createClient, { type Client } from 'openapi-fetch';
import * as operations from '../../generated/operations.ts';
import type { paths } from '../../generated/schema.ts';
import type { Operation } from '../../generated/types.ts';
import { failure, isFailure, type TimeoutError, usage } from '../transport/errors.ts';
import { exchange, type Reply } from '../transport/exchange.ts';
import type { InitOptions, ResponseHeaders } from '../transport/fetch.ts';
import { readHeaders } from '../transport/headers.ts';
import { type Settings, type TransportOptions, transportRules } from '../transport/options.ts';
import { readOptions } from '../transport/read-options.ts';
import { plainError } from '../transport/thrown.ts';
import { aborted, within } from '../transport/within.ts';
import { byStatus } from './by-status.ts';
import type { ResponseError } from './errors.ts';
import { resolveTransport } from './options.ts';

/** The options that the transport has; checks and drift are the typed client's. */
export type RawClientOptions = TransportOptions;

/** JSON first. Operations of a contract may answer with other types. */
const accept = 'application/json, */*;q=0.8';

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
const ofEncodedBody = ['content-encoding', 'content-length'];

/** The openapi-fetch client of this contract. Modules that export one need the name for their declarations. */
export interface RawClient extends Client<paths> {}

/**
 * An openapi-fetch client with this package's retries, time limits, size limit and key. Middleware sees
 * real `Request` and `Response` objects. Its types are the contract's closed ones, and nothing is checked
 * against them at run time: a body is what the server sent. Failures to get any answer are thrown as by
 * the typed client; error envelopes are returned in `error`, as openapi-fetch does.
 *
 * The key and the headers of the options go to `baseUrl`'s origin only: a call with another `baseUrl`, or
 * one that middleware sends elsewhere, is made without them.
 *
 * The other options of `fetch` (`cache`, `next`, `cf`) may be given with a call, or for all calls in `init`. Redirects
 * are not followed, whatever `redirect` says.
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
  const set = resolveTransport(readOptions(options, transportRules));
  const settings = { ...set, headers: { accept, ...set.headers } };
  return createClient<paths>({
    ...settings.init,
    baseUrl: settings.baseUrl,
    redirect: 'manual',
    fetch: (request) => send(settings, request),
  });
}

async function send(settings: Settings, request: Request): Promise<Response> {
  const { url, method, signal } = request;
  const headers = readHeaders(request.headers);
  // Read once, as it may be sent again.
  const body = await readRequest(request, settings);
  const outgoing = { url, method, headers, isRetried, body };
  return toResponse(
    await exchange(settings, outgoing, { signal, init: initOf(request, settings.init) }),
    settings,
  );
}

/** The body of a request, which middleware may have made from a stream of any sort; undefined where there is none. */
async function readRequest(request: Request, settings: Settings): Promise<ArrayBuffer | undefined> {
  // Most requests have no body, and need no time to read it. Firefox has no such property.
  if (request.body === null) return undefined;
  const { signal } = request;
  const ms = settings.totalTimeoutMs;
  const body = await within(() => request.arrayBuffer(), {
    ms,
    signal,
    timeoutError: () =>
      failure<TimeoutError>(`No complete body to send within ${ms} ms.`, {
        kind: 'timeout',
        timeoutMs: ms,
        attempts: 0,
      }),
    abortError: () => aborted(signal, 0),
  }).catch((thrown) => {
    if (isFailure(thrown)) throw thrown;
    // What a stream throws may hold a key.
    const cause = plainError(thrown, () => '[not shown]');
    throw usage('The body of the request could not be read. Middleware can read a clone.', [], { cause });
  });
  return body.byteLength > 0 ? body : undefined;
}

/** The options for `fetch` that a call has: those a Request carries, and those that openapi-fetch adds to it. */
function initOf(request: Request, ofClient: InitOptions): InitOptions {
  // A default is left out: some edge workers throw at the mere presence of an option.
  const defaults = new Request(request.url);
  const set = inRequest.filter((name) => name in ofClient || request[name] !== defaults[name]);
  const added = Object.keys(request).filter((name) => !(name in defaults));
  return Object.fromEntries([...set, ...added].map((name) => [name, request[name as keyof Request]]));
}

/** Whether any operation of the contract marks the status as retryable. Which one was called is not known here. */
function isRetried(status: number): boolean {
  const all: readonly Operation[] = Object.values(operations);
  return all.some(({ responses }) => byStatus(responses, status)?.retry);
}

/** @throws a `response` error for what no Response can hold */
function toResponse(reply: Reply, settings: Settings): Response {
  const { status, statusText, content, url } = reply;
  if (status === 0) throw nothingToPassOn(reply, 'redirects are not followed');
  if (content === undefined) {
    throw nothingToPassOn(reply, `the body is larger than maxResponseBytes, ${settings.maxResponseBytes}`);
  }
  const isEmpty = content.length === 0;
  try {
    const init = { status, statusText, headers: headersOf(reply.headers) };
    return at(url, new Response(isEmpty ? null : content, init));
  } catch {
    throw nothingToPassOn(reply, 'it is no answer that HTTP has');
  }
}

/** Headers as pairs. Where a platform joins cookies into one text, each is read from elsewhere. */
function headersOf(headers: CookieHeaders): [string, string][] {
  const listed = [...headers].filter(([name]) => !ofEncodedBody.includes(name.toLowerCase()));
  const cookies = headers.getSetCookie?.() ?? headers.raw?.()['set-cookie'];
  if (!cookies) return listed;
  const others = listed.filter(([name]) => name.toLowerCase() !== 'set-cookie');
  return [...others, ...cookies.map((cookie): [string, string] => ['set-cookie', cookie])];
}

type CookieHeaders = ResponseHeaders & {
  getSetCookie?(): string[];
  /** node-fetch's. */
  raw?(): Record<string, string[]>;
};

/** The response with an address, which no constructor takes. Middleware reads from copies, so they have it as well. */
function at(url: string, response: Response): Response {
  const clone = () => at(url, Response.prototype.clone.call(response));
  return Object.defineProperties(response, { url: { value: url }, clone: { value: clone } });
}

function nothingToPassOn({ status, attempts }: Reply, reason: string): ResponseError {
  const fields = { kind: 'response', status, attempts, headers: {}, snippet: '', errors: [] } as const;
  return failure<ResponseError>(`Status ${status}, but nothing to pass on: ${reason}.`, fields);
}
