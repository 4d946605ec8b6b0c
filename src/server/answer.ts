/** The plain form of requests and answers that every way of serving the contract shares. */
import { list_training_catalog_endpoint as examples } from '../../generated/examples.ts';
import type { components } from '../../generated/schema.ts';

type Envelope = components['schemas']['APIErrorPayload'];

/** The part of a `Request` that the server looks at. */
export interface PlainRequest {
  method: string;
  /** Absolute. */
  url: string;
  headers: { get(name: string): string | null };
  /** The body. Read for operations that have one only. */
  text(): Promise<string>;
}

/** An answer before it becomes a `Response` or goes down a socket. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string | null;
}

/** Lets any page read every answer. No credentials: a bearer token is not one in the sense of CORS. */
export const corsHeaders = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'Retry-After',
};

export function answer(status: number, contentType: string, body: string): Answer {
  return { status, headers: { ...corsHeaders, 'content-type': contentType }, body };
}

export function json(status: number, body: string): Answer {
  return answer(status, 'application/json', body);
}

/** The envelope of a status, as the catalog's first example has it. */
export function envelope(
  status: Envelope['code'],
  over: Partial<Pick<Envelope, 'detail' | 'errors'>> = {},
): Answer {
  const [first] = Object.values<object>(examples[status] ?? {});
  return json(status, JSON.stringify({ ...first, ...over }));
}
