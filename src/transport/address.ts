/** Says what a server's address may be, and to which addresses a key may go. */
import { usage } from './errors.ts';

/** Hosts that are this machine: what is sent to them goes over no wire. */
const loopback = /^(localhost|.*\.localhost|127\.[\d.]+|\[::1\])$/;

/**
 * The address without slashes at its end; a path prefix is kept.
 *
 * @param name - What to call it in a message.
 * @throws a `usage` error that does not show the address, which may hold a password
 */
export function readBaseUrl(text: string, name: string): URL {
  try {
    const url = new URL(text);
    const known = url.protocol === 'http:' || url.protocol === 'https:';
    if (known && !url.username && !url.password && !/[?#]/.test(text)) return url;
  } catch {}
  throw usage(`${name} must be an http or https URL without user, query or hash.`);
}

/** Whether nobody on the way can read what is sent there. */
export function isPrivate(url: URL): boolean {
  return url.protocol === 'https:' || loopback.test(url.hostname);
}
