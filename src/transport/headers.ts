/** Reads the headers that callers pass, in any of the forms that `fetch` takes. */
import { usage } from './errors.ts';

/** Headers in any of the forms that `fetch` takes; null or undefined removes one. */
export type HeadersInput =
  | Readonly<Record<string, string | null | undefined>>
  | Iterable<readonly [string, string | null | undefined] | readonly string[]>;

/** By lower-case name; null where a header is to be left out. */
export type PlainHeaders = Readonly<Record<string, string | null>>;

/** RFC 9110, section 5.6.2. */
const validName = /^[\w!#$%&'*+.^`|~-]+$/;

/** What `fetch` takes. */
const validValue = /^[\t -~\x80-\xff]*$/;

/** @throws a `usage` error that names the header but not its value */
export function readHeaders(input: HeadersInput): PlainHeaders {
  const headers: Record<string, string | null> = {};
  const pairs: Iterable<readonly unknown[]> = Symbol.iterator in input ? input : Object.entries(input);
  for (const pair of pairs) {
    // A flat list of names and values would be taken letter by letter.
    const [name, value] = Array.isArray(pair) ? pair : [];
    if (typeof name !== 'string')
      throw usage('headers', 'Option headers: a list must hold pairs of a name and a value.');
    // It is not shown: in place of a name there may be a whole line, `Authorization: Bearer …`.
    if (!validName.test(name)) throw usage('headers', "Option headers: HTTP can't carry one of the names.");
    // JavaScript lets a number pass.
    const text = value == null ? null : String(value);
    if (text !== null && !validValue.test(text)) {
      throw usage('headers', `Option headers: HTTP can't carry the value of "${name}".`);
    }
    headers[name.toLowerCase()] = text;
  }
  return headers;
}

/** The headers that are to be sent. */
export function withoutNulls(headers: PlainHeaders): Record<string, string> {
  const set: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name];
    if (value != null) set[name] = value;
  }
  return set;
}
