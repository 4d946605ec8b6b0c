/** Tells of an answer's headers what may be shown. */
import type { ResponseHeaders } from './fetch.ts';
import type { Secrets } from './secrets.ts';

/** By lower-case name, without secrets. What a server sets in a cookie may be a secret of its own. */
export function showHeaders(headers: ResponseHeaders, secrets: Secrets): Record<string, string> {
  try {
    const shown = [...headers]
      .map(([name, value]) => [`${name}`.toLowerCase(), `${value}`] as const)
      .filter(([name]) => name !== 'set-cookie')
      .map(([name, value]) => [secrets.hide(name), secrets.hide(value)]);
    return Object.fromEntries(shown);
  } catch {
    // A custom fetch's may be anything; what can't be listed can't be shown.
    return {};
  }
}
