/** The parts of an answer that checks look at. */
import type { Head } from '../transport/attempt.ts';
import { type Content, textOf } from '../transport/body.ts';
import type { Secrets } from '../transport/secrets.ts';
import { clean } from './shown.ts';

/** An answer, read to its end. */
export interface Answer {
  /** The request as a command to paste. */
  readonly curl: string;
  readonly status: number;
  /** The `content-type` as it was sent; empty if there is none. */
  readonly contentType: string;
  /** The body; undefined if it is larger than allowed. */
  readonly text: string | undefined;
  /** The body as JSON; undefined if it is not JSON. */
  readonly json: unknown;
  /** Status and the start of the body, fit to be shown. */
  readonly summary: string;
  /** Where a redirect points to. */
  readonly location: string | null;
  /** Makes what the server has sent fit to be shown, without the caller's secrets. */
  quote(sent: unknown): string;
}

/** How much of a body a summary shows, in characters. */
const shownLength = 100;

export function readAnswer(
  { status, headers, content }: Head & { content: Content | undefined },
  curl: string,
  secrets: Secrets,
): Answer {
  const text = content === undefined ? undefined : textOf(content);
  return {
    curl,
    status,
    contentType: headers.get('content-type') ?? '',
    text,
    json: parseJson(text ?? ''),
    summary: summarise(status, text, secrets),
    location: headers.get('location'),
    quote: (sent) => clean(secrets.hideAndClip(String(sent), 500)),
  };
}

function summarise(status: number, text: string | undefined, secrets: Secrets): string {
  if (text === undefined) return `status ${status} with a larger body`;
  if (text === '') return `status ${status} without a body`;
  return `status ${status} with ${clean(secrets.hideAndClip(text, shownLength), shownLength)}`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
