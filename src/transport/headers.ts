/** Reads the headers that callers pass, in any of the forms that `fetch` takes. */
import { usage } from './errors.ts';
import { plainError } from './thrown.ts';

/** Headers in any of the forms that `fetch` takes; null or undefined removes one. */
export type HeadersInput =
  | Readonly<Record<string, string | null | undefined>>
  | Iterable<readonly [string, string | null | undefined] | readonly string[]>;

/** By lower-case name; null where a header is to be left out. */
export type PlainHeaders = Readonly<Record<string, string | null>>;

/** A name as RFC 9110 has it (section 5.6.2), and a value that `fetch` takes. */
const header = /^[\w!#$%&'*+.^`|~-]+:[\t -~\x80-\xff]*$/;

/** @throws a `usage` error that names the header but not its value */
export function readHeaders(input: HeadersInput): PlainHeaders {
  const headers: Record<string, string | null> = {};
  for (const pair of pairsOf(input)) {
    // A flat list of names and values would be taken letter by letter.
    const [name, value] = Array.isArray(pair) ? pair : [];
    // JavaScript lets a number pass.
    const text = typeof value === 'number' ? String(value) : (value ?? null);
    if (typeof name !== 'string')
      throw usage('Option headers: a list must hold pairs of a name and a value.');
    if ((text !== null && typeof text !== 'string') || !header.test(`${name}:${text ?? ''}`)) {
      throw usage(`Option headers: HTTP can't carry "${name}" or its value.`);
    }
    headers[name.toLowerCase()] = text;
  }
  return headers;
}

function pairsOf(input: HeadersInput): unknown[] {
  try {
    return Symbol.iterator in input ? [...input] : Object.entries(input);
  } catch (thrown) {
    // What a getter throws is the caller's own, but it may hold a key.
    throw usage('Option headers could not be read.', [], { cause: plainError(thrown, () => '[not shown]') });
  }
}

/** The headers that are to be sent. */
export function withoutNulls(headers: PlainHeaders): Record<string, string> {
  const set = Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== null);
  return Object.fromEntries(set);
}
