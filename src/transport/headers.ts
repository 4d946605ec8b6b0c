/** Reads the headers that callers pass, in any of the forms that `fetch` takes. */
import { usage } from './errors.ts';
import { plainError } from './thrown.ts';

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
  for (const [name, value] of pairsOf(input)) {
    if (typeof name !== 'string')
      throw usage('Option headers: a list must hold pairs of a name and a value.');
    // It is not shown: in place of a name there may be a whole line, `Authorization: Bearer …`.
    if (!validName.test(name)) throw usage("Option headers: HTTP can't carry one of the names.");
    // JavaScript lets a number pass.
    const text = typeof value === 'number' ? String(value) : (value ?? null);
    if (text !== null && !(typeof text === 'string' && validValue.test(text))) {
      throw usage(`Option headers: HTTP can't carry the value of "${name}".`);
    }
    headers[name.toLowerCase()] = text;
  }
  return headers;
}

function pairsOf(input: HeadersInput): unknown[][] {
  try {
    if (!(Symbol.iterator in input)) return Object.entries(input);
    // A flat list of names and values would be taken letter by letter.
    return Array.from<unknown, unknown[]>(input, (pair) => (Array.isArray(pair) ? [...pair] : []));
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
