/** Makes text from elsewhere safe to print: what could steer a terminal or reorder a line is replaced. */

/** Control, format (bidirectional marks among them), surrogate, line and paragraph separator characters. */
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** The text on one line, with `\uFFFD` in place of each character that is not for reading. */
export function printable(text: string): string {
  return text.replace(unprintable, '\uFFFD');
}
