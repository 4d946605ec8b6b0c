/** What a report shows of a request, and of texts that came over the network. */
import { clip } from '../transport/errors.ts';
import type { PlainHeaders } from '../transport/headers.ts';

/**
 * Makes foreign text fit for a report: one line, of bounded length, without what could control a terminal or the log of
 * a CI service, which takes `##[error]` and `##vso[…]` for commands.
 */
export function clean(text: string, length = 200): string {
  const line = text.replace(/[\s\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').replace(/[\p{Cf}\p{Cs}]/gu, '\ufffd');
  return clip(line.replace(/##(?=\w*\[)/g, '# #'), length);
}

interface ShownRequest {
  readonly url: string;
  readonly method: string;
  readonly body: string | undefined;
  /** What the check sends, by lower-case name; null for what it leaves out. */
  readonly own: PlainHeaders;
  /** What the caller adds to every request. Their values are not shown. */
  readonly callers: PlainHeaders;
  readonly apiKey: string | undefined;
  /** A server may send a secret back as a value, which then is in the query of the next request. */
  redact(text: string): string;
}

/** A command to paste that sends the same request, with shell variables in place of secrets. */
export function writeCurl({ url, method, body, own, callers, apiKey, redact }: ShownRequest): string {
  const words = ['curl -gi'];
  if (method !== 'GET') words.push(method === 'HEAD' ? '-I' : `-X ${method}`);
  for (const [name, value] of Object.entries({ ...callers, ...own })) {
    if (value === null) continue;
    const shownName = name === 'authorization' ? 'Authorization' : name;
    const isKey = apiKey !== undefined && (value === apiKey || value.endsWith(` ${apiKey}`));
    // In double quotes the shell puts in the value.
    if (callers[name] === value) words.push(`-H "${shownName}: $${name.toUpperCase().replace(/\W/g, '_')}"`);
    else if (isKey) words.push(`-H "${shownName}: ${value.slice(0, -apiKey.length)}$DREADNODE_API_KEY"`);
    else words.push('-H', quote(`${shownName}: ${value}`));
  }
  if (body !== undefined) words.push('-d', quote(body));
  words.push(quote(url.replace(/=([^&]*)/g, (_, value: string) => `=${redact(value)}`)));
  return words.join(' ');
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
