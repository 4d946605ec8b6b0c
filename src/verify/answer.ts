/** What the checks look at of an answer. */
import type { Head } from '../transport/attempt.ts';
import { type Content, textOf } from '../transport/body.ts';
import type { Secrets } from '../transport/secrets.ts';
import { clean } from './shown.ts';

/** An answer, read to its end. */
export interface Answer {
  /** The request as a command to paste. */
  readonly curl: string;
  readonly status: number;
  /** The `content-type` as it came; empty if there is none. */
  readonly contentType: string;
  /** The body; undefined if it is larger than allowed. */
  readonly text: string | undefined;
  /** The body as JSON; undefined if it is not JSON. */
  readonly json: unknown;
  /** Status and the start of the body, fit to be shown. */
  readonly summary: string;
  /** Where a redirect points to. */
  readonly location: string | null;
  /** Makes anything that came with the answer fit to be shown, without the caller's secrets. */
  quote(said: unknown): string;
}

/** How much of a body is shown, in characters. */
const shownBody = 100;

export function readAnswer(
  { status, headers, content }: Head & { content: Content | undefined },
  curl: string,
  secrets: Secrets,
): Answer {
  const text = content === undefined ? undefined : textOf(content);
  const quote = (said: unknown) => clean(secrets.hideAndClip(String(said), 500));
  return {
    curl,
    status,
    contentType: headers.get('content-type') ?? '',
    text,
    json: parseJson(text ?? ''),
    summary: describe(status, text, (body) => clean(secrets.hideAndClip(body, shownBody), shownBody)),
    location: headers.get('location'),
    quote,
  };
}

function describe(status: number, text: string | undefined, show: (body: string) => string): string {
  if (text === undefined) return `status ${status} with a larger body`;
  return text ? `status ${status} with ${show(text)}` : `status ${status} without a body`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
