/** Builds the responses of the reference server. */
import { list_training_catalog_endpoint as examples } from '../../generated/examples.ts';
import type { components } from '../../generated/schema.ts';

type Envelope = components['schemas']['APIErrorPayload'];

/** Lets any page read every response. Credentials are not allowed: to CORS, a bearer token is none. */
const corsHeaders = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'Retry-After',
};

/** @param headers - Beside those of CORS, in lower case. */
export function respond(status: number, body: string | null, headers: Record<string, string> = {}): Response {
  // How long a caller should wait, in seconds (RFC 6585, section 4).
  const wait: Record<string, string> = status === 429 ? { 'retry-after': '1' } : {};
  return new Response(body, { status, headers: { ...corsHeaders, ...wait, ...headers } });
}

/** @param body - The JSON text. */
export function respondJson(status: number, body: string): Response {
  return respond(status, body, { 'content-type': 'application/json' });
}

/** The error envelope of a status: the catalog's first example of it, with these fields in place of the example's. */
export function envelope(
  status: Envelope['code'],
  fields: Partial<Pick<Envelope, 'detail' | 'errors'>> = {},
): Response {
  const [example] = Object.values<object>(examples[status] ?? {});
  return respondJson(status, JSON.stringify({ ...example, ...fields }));
}

/** Lets any page read a response that was made elsewhere. */
export function shareAcrossOrigins(response: Response): Response {
  // The headers of a response that came from a fetch can't be changed, those of a copy can.
  const copy = new Response(response.body, response);
  for (const [name, value] of Object.entries(corsHeaders)) copy.headers.set(name, value);
  return copy;
}
