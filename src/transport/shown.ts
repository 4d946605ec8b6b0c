/** Tells of an answer's headers what may be shown. */
import type { ResponseHeaders } from './fetch.ts';
import type { Secrets } from './secrets.ts';

/** By lower-case name, without secrets. What a server sets in a cookie may be a secret of its own. */
export function showHeaders(headers: ResponseHeaders, secrets: Secrets): Record<string, string> {
  const shown = [...headers]
    .filter(([name]) => name.toLowerCase() !== 'set-cookie')
    .map(([name, value]) => [secrets.hide(`${name}`.toLowerCase()), secrets.hide(`${value}`)]);
  return Object.fromEntries(shown);
}
