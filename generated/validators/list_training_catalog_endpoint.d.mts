// Written by `npm run generate` from the contract. Do not edit.
import type { Lists, Validator } from '../types.js';

/** Checks `{ query, path, header, cookie, body }`: closed, and all problems are told. */
export declare const request: Validator;

/** Check a JSON body, by status: open to new members of lists of values, and the first problem is told. */
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

/** Where lists of values stand in a JSON body, by status. */
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
