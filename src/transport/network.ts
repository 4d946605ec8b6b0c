/** Says why there was no answer, as a code and in words, and what to do about it. */
import { nodeVersion, readEnvironment } from './environment.ts';

/** Why there was no complete answer. `other` is all that no platform tells more of, as in a browser. */
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

/** What a mistake in a program throws. `fetch` throws a TypeError for a failure of the network, too. */
const mistakes = ['TypeError', 'ReferenceError', 'RangeError', 'SyntaxError'];

/** How platforms word a failure of the network that has neither a code nor a cause. */
const platformWords =
  /^(fetch failed|terminated|network error|failed to fetch|load failed|network request failed|networkerror when|error in body stream|network connection lost|the (internet|network) connection|a network error|error (sending|reading))/i;

type WithCode = Error & { code?: unknown };

/** The error and its causes, the outermost first. */
function chain(error: unknown): WithCode[] {
  return error instanceof Error ? [error, ...chain(error.cause)] : [];
}

/** Whether a custom `fetch` threw this by mistake: trying again would only throw it again. */
export function isMistake(error: WithCode): boolean {
  const fromPlatform =
    error.code !== undefined || error.cause !== undefined || platformWords.test(error.message);
  return mistakes.includes(error.name) && !fromPlatform;
}

export function networkReason(error: Error): NetworkReason {
  const texts = chain(error).map(({ code, message }) => `${code} ${message}`);
  return spellings.find(([, spelling]) => texts.some((text) => spelling.test(text)))?.[0] ?? 'other';
}

/**
 * What happened and what to do, as a sentence or two.
 *
 * @param url - Where the request went.
 */
export function networkWords(reason: NetworkReason, error: Error, { host, hostname, protocol }: URL): string {
  const codes = chain(error).map(({ code }) => `${code}`);
  switch (reason) {
    case 'certificate':
      return certificateWords(codes, hostname);
    case 'tls':
      return `no TLS is spoken there. If it is a server without it, write http://${host}.`;
    case 'refused':
      return `the connection was refused. Is the server up?${proxyWords()}`;
    case 'dns':
      return `the name ${hostname} is not known. Is it spelt right?${proxyWords()}`;
    case 'unreachable':
      return `there is no way to it. Is the network up?${proxyWords()}`;
    case 'reset':
      return `the connection was closed before the answer was complete.${protocol === 'http:' ? ' If the server wants TLS, write https.' : ''}`;
    case 'other': {
      const inner = chain(error).reverse();
      const { message = '', code = '' } = inner.find(({ message, code }) => message || code) ?? {};
      const inBrowser = typeof document === 'object' && /fetch|load failed/i.test(message);
      const cors =
        ' Is it up, and does it allow this page to ask (CORS)? A browser does not tell the two apart.';
      return `${message || code || 'no reason given'}.${inBrowser ? cors : proxyWords()}`;
    }
  }
}

function certificateWords(codes: readonly string[], hostname: string): string {
  if (codes.includes('CERT_HAS_EXPIRED')) return 'its certificate has expired.';
  if (codes.includes('ERR_TLS_CERT_ALTNAME_INVALID'))
    return `its certificate is for another name than ${hostname}.`;
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
