/** Says what a key may be. */
import { usage } from './errors.ts';

/** An API key, or none. */
export type ApiKey = string | null | undefined;

/**
 * The key, if a header can carry it.
 *
 * @param name - What to call it in a message.
 * @throws a `usage` error that does not show the key
 */
export function checkKey(key: unknown, name: string): string {
  if (typeof key === 'string' && /^[!-~]+$/.test(key)) return key;
  throw usage(`${name} must be visible ASCII without spaces.`);
}
