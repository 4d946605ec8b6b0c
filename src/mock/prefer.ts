/** Builds the `Prefer` header that tells Prism which response to give. */
import type { operations } from '../../generated/schema.ts';

/** The statuses that the contract documents: `200 | 400 | 401 | …`. */
export type ResponseStatus = keyof operations['list_training_catalog_endpoint']['responses'];

/** The response that Prism should give. All fields may be combined. */
export interface Preference {
  /** The response of this status. Security and query are checked first all the same. */
  code?: ResponseStatus | undefined;
  /** The contract's example of this name, such as `empty`. Prism answers 404 for an unknown name. */
  example?: string | undefined;
  /** A random body that fits the schema (true) or an example (false). */
  dynamic?: boolean | undefined;
}

/**
 * Writes the value of a `Prefer` header. Preferences are joined by commas, as Prism ignores what follows a semicolon.
 * What the contract does not have is answered by Prism, with a 404 that names it.
 *
 * @example
 * await fetch(url, { headers: { authorization: 'Bearer any', prefer: prefer({ code: 429 }) } });
 * prefer({ code: 200, example: 'empty' }); // 'code=200, example=empty'
 */
export function prefer(preference: Preference): string {
  return Object.entries(preference)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${value}`)
    .join(', ');
}
