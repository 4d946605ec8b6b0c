/** Tells failures of the network from mistakes in a custom `fetch`, and says what to do about them. */
import { nodeVersion, readEnvironment } from './runtime.ts';

/** What a mistake in a program throws. `fetch` throws a TypeError for a failure of the network, too. */
const mistakes = ['TypeError', 'ReferenceError', 'RangeError', 'SyntaxError'];

/** How platforms word a failure of the network that has neither a code nor a cause. */
const platformWords =
  /^(fetch failed|terminated|network error|failed to fetch|load failed|network request failed|networkerror when|error in body stream|network connection lost|the (internet|network) connection|a network error|error (sending|reading))/i;

/** Whether a custom `fetch` threw this by mistake: trying again would only throw it again. */
export function isMistake(error: Error & { code?: unknown }): boolean {
  const fromPlatform =
    error.code !== undefined || error.cause !== undefined || platformWords.test(error.message);
  return mistakes.includes(error.name) && !fromPlatform;
}

/** The error and its causes, the outermost first. */
function chain(error: unknown): (Error & { code?: unknown })[] {
  return error instanceof Error ? [error, ...chain(error.cause)] : [];
}

/** Whether a certificate is at fault, which another attempt would not change. */
export function isCertificateProblem(error: unknown): boolean {
  return chain(error).some(({ code, message }) => /CERT|UNABLE_TO_|certificate/.test(`${code} ${message}`));
}

/** Why there was no answer: the innermost cause that has words, else a code. */
export function reasonOf(error: Error): string {
  const inner = chain(error).reverse();
  const words = inner.find(({ message, code }) => message || code);
  return words?.message || String(words?.code ?? 'no reason given');
}

/** What to do about a failure of the network; empty where nothing is known to help. */
export function networkAdvice(error: Error): string {
  const node = nodeVersion();
  if (isCertificateProblem(error)) {
    // Trusting the issuer helps against an unknown one, and not against a certificate that has expired.
    const unknownIssuer = chain(error).some(({ code }) => /SELF_SIGNED|UNABLE_TO_/.test(`${code}`));
    return node && unknownIssuer
      ? 'If you trust its issuer, name the certificate in NODE_EXTRA_CA_CERTS.'
      : '';
  }
  if (!node) return 'Is it up?';
  const proxy = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'].find(readEnvironment);
  // Older versions can't use a proxy at all.
  const [major, minor] = node;
  const canUseProxy = major >= 24 || (major === 22 && minor >= 21);
  if (!proxy || !canUseProxy || readEnvironment('NODE_USE_ENV_PROXY')) return 'Is it up?';
  return `Is it up? (${proxy} is set, but Node uses it with NODE_USE_ENV_PROXY=1 only.)`;
}
