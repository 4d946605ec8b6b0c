/** The plain form of requests and answers that every way of serving the catalog shares. */
import * as examples from '../../generated/examples.ts';
import type { components } from '../../generated/schema.ts';

type Schemas = components['schemas'];

/** The part of a `Request` that the catalog looks at. */
export interface PlainRequest {
  method: string;
  /** Absolute. */
  url: string;
  headers: { get(name: string): string | null };
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

const jsonHeaders = { ...corsHeaders, 'content-type': 'application/json' };

export function json(status: number, body: string): Answer {
  return { status, headers: jsonHeaders, body };
}

/** The contract's examples of a status, in its order. */
export function namedExamples(
  status: 200 | Schemas['APIErrorPayload']['code'],
): [name: string, body: object][] {
  // biome-ignore lint/performance/noDynamicNamespaceImportAccess: any of them can be asked for
  return Object.entries(examples[`examples${status}`]);
}

/** The envelope of a status, as its first example has it. */
export function envelope(
  status: Schemas['APIErrorPayload']['code'],
  over: Partial<Pick<Schemas['APIErrorPayload'], 'detail' | 'errors'>> = {},
): Answer {
  const [first] = namedExamples(status);
  return json(status, JSON.stringify({ ...first?.[1], ...over }));
}
