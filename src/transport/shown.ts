/** Reads an answer's headers, whatever a custom fetch has put in their place, and shows them without secrets. */
import type { ResponseHeaders } from './fetch.ts';
import type { Secrets } from './secrets.ts';

/** The value of a header; undefined where there is none, or none that is a text. */
export function readHeader(headers: ResponseHeaders, name: string): string | undefined {
  try {
    const value: unknown = headers.get(name);
    return value == null ? undefined : `${value}`;
  } catch {
    return undefined;
  }
}

/** By lower-case name, without secrets. What a server sets in a cookie may be a secret, too. */
export function showHeaders(headers: ResponseHeaders, secrets: Secrets): Record<string, string> {
  const shown: Record<string, string> = {};
  try {
    for (const [name, value] of headers) {
      const lowerCase = `${name}`.toLowerCase();
      if (lowerCase !== 'set-cookie') shown[secrets.hide(lowerCase)] = secrets.hide(`${value}`);
    }
  } catch {
    // What can't be read is not shown.
  }
  return shown;
}
