/** Writes a request as a `curl` command to paste, with shell variables in place of secrets. */
import type { PlainHeaders } from '../transport/headers.ts';

interface ShownRequest {
  readonly url: string;
  readonly method: string;
  /** What the check sends. */
  readonly headers: PlainHeaders;
  readonly body: string | undefined;
  /** What the caller adds to every request. Their values are not shown. */
  readonly callerHeaders: PlainHeaders;
  /** The scheme before the caller's key; undefined if the key is not sent. */
  readonly keyScheme: string | undefined;
  /** Takes out secrets. A server may send one back as a value, which then is in the query of the next request. */
  readonly hide: (text: string) => string;
}

export function writeCurl(request: ShownRequest): string {
  const { url, method, headers, body, callerHeaders, keyScheme, hide } = request;
  const words = ['curl -gi'];
  if (method === 'HEAD') words.push('-I');
  else if (method !== 'GET') words.push('-X', method);
  for (const [name, value] of Object.entries(callerHeaders)) {
    if (value === null || name in headers) continue;
    // In double quotes the shell puts in the value.
    words.push('-H', `"${name}: $${name.toUpperCase().replace(/\W/g, '_')}"`);
  }
  if (keyScheme !== undefined && callerHeaders['authorization'] === undefined) {
    words.push('-H', `"Authorization: ${keyScheme} $DREADNODE_API_KEY"`);
  }
  for (const [name, value] of Object.entries(headers)) {
    const isUsual = name === 'accept' && value === 'application/json';
    const isKey = name === 'authorization' && keyScheme !== undefined;
    if (value === null || isUsual || isKey) continue;
    words.push('-H', quote(`${name === 'authorization' ? 'Authorization' : name}: ${value}`));
  }
  if (body !== undefined) words.push('-d', quote(body));
  words.push(quote(url.replace(/=([^&]*)/g, (_, value: string) => `=${hide(value)}`)));
  return words.join(' ');
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
