/** Writes a request as a `curl` command to paste, with variables of the shell in place of secrets. */
import type { PlainHeaders } from '../transport/headers.ts';

interface Request {
  readonly url: string;
  readonly method: string;
  /** What the check sends by itself. */
  readonly headers: PlainHeaders;
  readonly body: string | undefined;
  /** What the caller wants sent with every request: shown by name only. */
  readonly own: PlainHeaders;
  /** The scheme before the caller's key, where it is sent. */
  readonly credentials: string | undefined;
  /** Takes out secrets: a server's values, which may hold them, are in the query of other requests. */
  readonly hide: (text: string) => string;
}

export function writeCurl({ url, method, headers, body, own, credentials, hide }: Request): string {
  const words = ['curl -gi'];
  if (method === 'HEAD') words.push('-I');
  else if (method !== 'GET') words.push('-X', method);
  for (const [name, value] of Object.entries(own)) {
    if (value === null || name in headers) continue;
    // Double quotes, so that the shell puts the value in.
    words.push('-H', `"${name}: $${name.toUpperCase().replace(/\W/g, '_')}"`);
  }
  if (credentials !== undefined && own['authorization'] === undefined) {
    words.push('-H', `"Authorization: ${credentials} $DREADNODE_API_KEY"`);
  }
  for (const [name, value] of Object.entries(headers)) {
    const isPlain = name === 'accept' && value === 'application/json';
    const isKey = name === 'authorization' && credentials !== undefined;
    if (value === null || isPlain || isKey) continue;
    words.push('-H', quote(`${name === 'authorization' ? 'Authorization' : name}: ${value}`));
  }
  if (body !== undefined) words.push('-d', quote(body));
  const shown = url.replace(/=([^&]*)/g, (_, value: string) => `=${hide(value)}`);
  return [...words, quote(shown)].join(' ');
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
