/** A plain openapi-fetch client on the same transport, for those who bring middleware. */
import createClient, { type Client } from 'openapi-fetch';
import * as operations from '../../generated/operations.ts';
import type { paths } from '../../generated/schema.ts';
import type { Operation } from '../../generated/types.ts';
import { failure } from '../transport/errors.ts';
import { exchange, type Reply } from '../transport/exchange.ts';
import { readHeaders } from '../transport/headers.ts';
import { type Settings, type TransportOptions, transportRules } from '../transport/options.ts';
import { readOptions } from '../transport/read-options.ts';
import { byStatus } from './by-status.ts';
import type { ResponseError } from './errors.ts';
import { resolveTransport } from './options.ts';

/** The options that the transport has; checks and drift are the typed client's. */
export type RawClientOptions = TransportOptions;

/** These describe the encoded form of a body, which is decoded by now. */
const ofEncodedBody = ['content-encoding', 'content-length'];

/**
 * An openapi-fetch client with this package's retries, time limits, size limit and key. Middleware sees
 * real `Request` and `Response` objects. Its types are the contract's closed ones, and nothing is checked
 * against them at run time: a body is what the server sent. Failures to get any answer are thrown as by
 * the typed client; error envelopes are returned in `error`, as openapi-fetch does.
 *
 * The key and the headers of the options go to `baseUrl`'s origin only: a call with another `baseUrl`, or
 * one that middleware sends elsewhere, is made without them.
 *
 * @throws a `usage` error that names the option that is wrong
 * @example
 * const client = createRawClient({ baseUrl: 'http://127.0.0.1:4010', apiKey: 'any' });
 * client.use({ onRequest: ({ request }) => console.log(request.url) });
 * const { data, error } = await client.GET('/api/v1/training/catalog');
 */
export function createRawClient(options: RawClientOptions = {}): Client<paths> {
  const settings = resolveTransport(readOptions(options, transportRules));
  return createClient<paths>({
    baseUrl: settings.baseUrl,
    redirect: 'manual',
    fetch: (request) => send(settings, request),
  });
}

async function send(settings: Settings, request: Request): Promise<Response> {
  const { url, method, signal } = request;
  const headers = readHeaders(request.headers);
  // Read once, as it may be sent again.
  const body = await request.arrayBuffer();
  const outgoing = { url, method, headers, isRetried, body: body.byteLength > 0 ? body : undefined };
  return toResponse(await exchange(settings, outgoing, { signal }), settings);
}

/** Whether any operation of the contract says so: which one was called, openapi-fetch does not tell. */
function isRetried(status: number): boolean {
  const all: readonly Operation[] = Object.values(operations);
  return all.some(({ responses }) => byStatus(responses, status)?.retry);
}

/** @throws a `response` error for what no Response can hold */
function toResponse(reply: Reply, settings: Settings): Response {
  const { status, text } = reply;
  if (status === 0) throw nothingToPassOn(reply, 'redirects are not followed');
  if (text === undefined) {
    throw nothingToPassOn(reply, `the body is larger than maxResponseBytes, ${settings.maxResponseBytes}`);
  }
  const headers = [...reply.headers].filter(([name]) => !ofEncodedBody.includes(name.toLowerCase()));
  try {
    return new Response(text || null, { status, headers });
  } catch {
    throw nothingToPassOn(reply, 'it is no answer that HTTP has');
  }
}

function nothingToPassOn({ status, attempts }: Reply, reason: string): ResponseError {
  const fields = { kind: 'response', status, attempts, headers: {}, snippet: '', errors: [] } as const;
  return failure<ResponseError>(`Status ${status}, but nothing to pass on: ${reason}.`, fields);
}
