/** The plain form of requests and responses, which every way of serving the contract shares. */
import { list_training_catalog_endpoint as examples } from '../../generated/examples.ts';
import type { components } from '../../generated/schema.ts';

type Envelope = components['schemas']['APIErrorPayload'];

/** The part of a `Request` that the server looks at. */
export interface PlainRequest {
  method: string;
  /** Absolute. */
  url: string;
  headers: { get(name: string): string | null };
  /** Reads the body. Called only for an operation that has one. */
  text(): Promise<string>;
}

/** A response before it becomes a `Response` or is written to a socket. */
export interface PlainResponse {
  status: number;
  headers: Record<string, string>;
  body: string | null;
}

/** Lets any page read every response. Credentials are not allowed: to CORS, a bearer token is none. */
export const corsHeaders = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'Retry-After',
};

export function respond(status: number, contentType: string, body: string): PlainResponse {
  return { status, headers: { ...corsHeaders, 'content-type': contentType }, body };
}

/** @param body - The JSON text. */
export function respondJson(status: number, body: string): PlainResponse {
  return respond(status, 'application/json', body);
}

/** The error envelope of a status: the catalog's first example of it, with these fields in place of the example's. */
export function envelope(
  status: Envelope['code'],
  fields: Partial<Pick<Envelope, 'detail' | 'errors'>> = {},
): PlainResponse {
  const [example] = Object.values<object>(examples[status] ?? {});
  return respondJson(status, JSON.stringify({ ...example, ...fields }));
}
