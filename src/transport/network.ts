/** Says why there was no answer, as a code and in words, and what to do about it. */
import { nodeVersion, readEnvironment } from './environment.ts';

/** Why there was no complete answer. `other`: the platform does not say, as in a browser. */
export type NetworkReason = 'certificate' | 'dns' | 'other' | 'refused' | 'reset' | 'tls' | 'unreachable';

/** How platforms spell a reason: by a code as Node and Bun, or in words as Deno. The first that fits counts. */
const spellings: readonly [reason: NetworkReason, RegExp][] = [
  ['certificate', /CERT|UNABLE_TO_|certificate/],
  ['tls', /EPROTO|ERR_SSL|wrong version number|InvalidContentType/],
  ['refused', /ECONNREFUSED|ConnectionRefused|connection refused/i],
  ['dns', /ENOTFOUND|EAI_AGAIN|dns error/],
  ['unreachable', /EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|CONNECT_TIMEOUT/],
  ['reset', /ECONNRESET|ConnectionClosed|EPIPE|UND_ERR_SOCKET|other side closed|connection (reset|closed)/i],
];

type WithCode = Error & { code?: unknown };

/** The error and its causes, the outermost first. */
function chain(error: unknown): WithCode[] {
  return error instanceof Error ? [error, ...chain(error.cause)] : [];
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

export function networkReason(error: Error): NetworkReason {
  const texts = chain(error).map(({ code, message }) => `${code} ${message}`);
  return spellings.find(([, spelling]) => texts.some((text) => spelling.test(text)))?.[0] ?? 'other';
}

/**
 * What happened and what to do, as a sentence or two.
 *
 * @param url - Where the request went, as a text: this file's declarations are read where no platform's types are.
 */
export function networkWords(reason: NetworkReason, error: Error, url: string): string {
  const { host, hostname, protocol } = new URL(url);
  switch (reason) {
    case 'certificate':
      return certificateWords(error, hostname);
    case 'tls':
      return `no TLS is spoken there. If the server has none, write http://${host}.`;
    case 'refused':
      return `the connection was refused. Is the server up?${proxyWords()}`;
    case 'dns':
      return `the name ${hostname} is not known. Is it spelt right?${proxyWords()}`;
    case 'unreachable':
      return `there is no way to it. Is the network up?${proxyWords()}`;
    case 'reset': {
      const tls = protocol === 'http:' ? ' If the server wants TLS, write https.' : '';
      return `the connection was closed before the answer was complete.${tls}`;
    }
    case 'other': {
      const innermost = chain(error).findLast(({ message, code }) => message || code);
      const words = innermost?.message || innermost?.code || 'no reason given';
      const inBrowser = typeof document === 'object';
      return `${words}. Is it up${inBrowser ? ', and does it allow this page to ask (CORS)' : ''}?${proxyWords()}`;
    }
  }
}

function certificateWords(error: Error, hostname: string): string {
  const codes = chain(error).map(({ code }) => code);
  if (codes.includes('CERT_HAS_EXPIRED')) return 'its certificate has expired.';
  if (codes.includes('ERR_TLS_CERT_ALTNAME_INVALID')) return `its certificate is not for ${hostname}.`;
  const advice = nodeVersion()
    ? ' If you trust its issuer, name the certificate in NODE_EXTRA_CA_CERTS.'
    : '';
  return `its certificate is not trusted here.${advice}`;
}

/** A hint for Node, which uses a proxy only if it is told to. */
function proxyWords(): string {
  const proxy = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'].find(readEnvironment);
  // Older versions can't use a proxy at all.
  const [major, minor] = nodeVersion() ?? [0, 0];
  const canUseProxy = major >= 24 || (major === 22 && minor >= 21);
  if (!proxy || !canUseProxy || readEnvironment('NODE_USE_ENV_PROXY')) return '';
  return ` (${proxy} is set, but Node uses it with NODE_USE_ENV_PROXY=1 only.)`;
}
