/** Builds the `Prefer` header that tells Prism which response to give. */
import type { operations } from '../../generated/schema.ts';

/** The statuses that the contract documents: `200 | 400 | 401 | …`. */
export type ResponseStatus = keyof operations['list_training_catalog_endpoint']['responses'];

/** What Prism should answer with. All parts may be combined. */
export interface Preference {
  /** Give the response of this status. Security and query are still checked first. */
  code?: ResponseStatus | undefined;
  /** Give the example of this name in the contract, such as `empty`. An unknown name is answered with 404. */
  example?: string | undefined;
  /** Give a random body that fits the schema (true) or an example (false). */
  dynamic?: boolean | undefined;
}

/**
 * The value of a `Prefer` header in the form that Prism reads. Parts are joined by commas: Prism takes no
 * notice of what follows a semicolon.
 *
 * @throws TypeError for a status or a name that the header cannot carry.
 * @example
 * await fetch(url, { headers: { authorization: 'Bearer any', prefer: prefer({ code: 429 }) } });
 * prefer({ code: 200, example: 'empty' }); // 'code=200, example=empty'
 */
export function prefer({ code, example, dynamic }: Preference): string {
  if (code !== undefined && !/^\d{3}$/.test(String(code))) {
    throw new TypeError(`code must be a status of three digits, not ${JSON.stringify(code)}.`);
  }
  // Any of these would end the name early and make Prism give some other example.
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
