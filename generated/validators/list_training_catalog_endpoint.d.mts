// Written by `npm run generate` from the contract. Do not edit.
import type { Lists, Validator } from '../types.js';

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

/** The lists of values in a JSON body, by status. */
export declare const lists: {
  readonly "200": Lists;
  readonly "400": Lists;
  readonly "401": Lists;
  readonly "403": Lists;
  readonly "404": Lists;
  readonly "409": Lists;
  readonly "422": Lists;
  readonly "426": Lists;
  readonly "429": Lists;
  readonly "500": Lists;
  readonly "502": Lists;
  readonly "504": Lists;
};
