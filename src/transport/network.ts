/** Says why there was no answer, as a code and in words, and what to do about it. */
import { causesOf, type WithCode } from './errors.ts';
import { type Explanation, explainOnServer, proxyWords } from './network-on-server.ts';

/** @param url - Where the request went, as a text: this file's declarations are read where no platform's types are. */
export function explain(error: Error, url: string): Explanation {
  const explained = explainOnServer(error, url);
  if (explained) return explained;
  const innermost = causesOf(error).findLast(({ message, code }) => message || code);
  const words = innermost?.message || innermost?.code || 'no reason given';
  const inBrowser = typeof document === 'object';
  const hint = inBrowser ? ', and does it allow this page to ask (CORS)' : '';
  return { reason: 'other', words: `${words}. Is it up${hint}?${proxyWords()}` };
}

/**
 * Whether this looks like a mistake in a custom `fetch` or in `init`: trying again would only throw it again. The platform's fetch throws
 * a TypeError for a failure of the network, too, but with a code or a cause, or in words that speak of no value.
 */
export function isMistake({ name, message, code, cause }: WithCode): boolean {
  if (code !== undefined || cause !== undefined) return false;
  return (
    /^(Reference|Range|Syntax)Error$/.test(name) ||
    (name === 'TypeError' && /\b(is|are|of|as|not an?)\b/.test(message))
  );
}
