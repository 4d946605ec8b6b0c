/**
 * Reads the failures of the network as Node, Bun and Deno tell them. A browser tells a program nothing, so a page takes
 * `network-in-page.ts` in place of this file (`browser` in package.json).
 */
import { nodeVersion, readEnvironment } from './environment.ts';
import { causesOf, type NetworkReason } from './errors.ts';

/** Why there was no complete answer, and what to do, as a sentence or two. */
export interface Explanation {
  reason: NetworkReason;
  words: string;
}

type KnownReason = Exclude<NetworkReason, 'other'>;

/** How platforms spell a reason: by a code as Node and Bun, or in words as Deno. The first that fits counts. */
const spellings: readonly [reason: KnownReason, RegExp][] = [
  ['certificate', /CERT|UNABLE_TO_|certificate/],
  ['tls', /EPROTO|ERR_SSL|wrong version number|InvalidContentType/],
  ['refused', /ECONNREFUSED|ConnectionRefused|connection refused/i],
  ['dns', /ENOTFOUND|EAI_AGAIN|dns error/],
  ['unreachable', /EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|CONNECT_TIMEOUT/],
  ['reset', /ECONNRESET|ConnectionClosed|EPIPE|UND_ERR_SOCKET|other side closed|connection (reset|closed)/i],
];

/** Undefined where the platform does not say. */
export function explainOnServer(error: Error, url: string): Explanation | undefined {
  const texts = causesOf(error).map(({ code, message }) => `${code} ${message}`);
  const [reason] = spellings.find(([, spelling]) => texts.some((text) => spelling.test(text))) ?? [];
  return reason && { reason, words: wordsOf(reason, error, new URL(url)) };
}

function wordsOf(reason: KnownReason, error: Error, { host, hostname, protocol }: URL): string {
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
  }
}

function certificateWords(error: Error, hostname: string): string {
  const codes = causesOf(error).map(({ code }) => code);
  if (codes.includes('CERT_HAS_EXPIRED')) return 'its certificate has expired.';
  if (codes.includes('ERR_TLS_CERT_ALTNAME_INVALID')) return `its certificate is not for ${hostname}.`;
  const advice = nodeVersion()
    ? ' If you trust its issuer, name the certificate in NODE_EXTRA_CA_CERTS.'
    : '';
  return `its certificate is not trusted here.${advice}`;
}

/** A hint for Node, which uses a proxy only if it is told to. */
export function proxyWords(): string {
  const proxy = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'].find(readEnvironment);
  // Older versions can't use a proxy at all.
  const [major, minor] = nodeVersion() ?? [0, 0];
  const canUseProxy = major >= 24 || (major === 22 && minor >= 21);
  if (!proxy || !canUseProxy || readEnvironment('NODE_USE_ENV_PROXY')) return '';
  return ` (${proxy} is set, but Node uses it with NODE_USE_ENV_PROXY=1 only.)`;
}
