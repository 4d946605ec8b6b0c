/** Makes text from elsewhere safe to print: what could steer a terminal or reorder a line is replaced. */

/** Control, format (bidirectional marks among them), surrogate, line and paragraph separator characters. */
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** The character that joins the parts of an emoji, where that is what it does. */
const joiner =
  /(?<=\p{Extended_Pictographic}[\ufe0f\u{1f3fb}-\u{1f3ff}]?)\u200d(?=\p{Extended_Pictographic})/gu;

/** The text on one line, with `\uFFFD` in place of each character that is not for reading. */
export function printable(text: string): string {
  return text
    .split(joiner)
    .map((part) => part.replace(unprintable, '\uFFFD'))
    .join('\u200d');
}

/** The data as JSON. What is not for reading is escaped, so the data stays the same. */
export function printableJson(data: unknown): string {
  // Inside its strings JSON has no line ends of its own, so those that are left are the layout.
  return JSON.stringify(data, null, 2).replace(unprintable, (found) =>
    found === '\n'
      ? found
      : found.replace(/[\s\S]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
  );
}
