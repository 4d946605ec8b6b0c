// Written by `npm run generate` from the contract. Do not edit.
import type { Validator } from '../types.js';

/** Checks `{ query, path, header, cookie, body }`. Lists of values are closed, and all violations are reported. */
export declare const request: Validator;

/** Check a JSON body, by status. Lists of values are open, and the first violation is reported. */
export declare const responses: {
  readonly "200": Validator;
  readonly "400": Validator;
  readonly "401": Validator;
  readonly "403": Validator;
  readonly "404": Validator;
  readonly "409": Validator;
  readonly "422": Validator;
  readonly "426": Validator;
  readonly "429": Validator;
  readonly "500": Validator;
  readonly "502": Validator;
  readonly "504": Validator;
};
