/** Makes foreign text safe to print: replaces what could control a terminal or reorder a line. */

/** Control characters, format characters (bidirectional marks, too), surrogates, line and paragraph separators. */
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** The zero-width joiner between two parts of an emoji. */
const joiner =
  /(?<=\p{Extended_Pictographic}[\ufe0f\u{1f3fb}-\u{1f3ff}]?)\u200d(?=\p{Extended_Pictographic})/gu;

/** The text on one line, with U+FFFD in place of each unprintable character. */
export function printable(text: string): string {
  return text
    .split(joiner)
    .map((part) => part.replace(unprintable, '\uFFFD'))
    .join('\u200d');
}

/** The data as JSON. Unprintable characters are escaped, so the data stays the same. */
export function printableJson(data: unknown): string {
  // JSON escapes the line ends in strings, so any other is layout.
  return JSON.stringify(data, null, 2).replace(unprintable, (found) =>
    found === '\n'
      ? found
      : found.replace(/[\s\S]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
  );
}
