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
 *
 * @throws TypeError for a status that has not three digits, or a name that the header cannot carry
 * @example
 * await fetch(url, { headers: { authorization: 'Bearer any', prefer: prefer({ code: 429 }) } });
 * prefer({ code: 200, example: 'empty' }); // 'code=200, example=empty'
 */
export function prefer({ code, example, dynamic }: Preference): string {
  if (code !== undefined && !/^\d{3}$/.test(String(code))) {
    throw new TypeError(`code must be a status of three digits, not ${JSON.stringify(code)}.`);
  }
  // With any other character Prism would read another name.
  if (example !== undefined && (example === '' || /[^ -~]|[,;"]/.test(example))) {
    throw new TypeError(
      `example must be a name in plain ASCII without , ; or ", not ${JSON.stringify(example)}.`,
    );
  }
  return Object.entries({ code, example, dynamic })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${value}`)
    .join(', ');
}
