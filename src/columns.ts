/** Measures, cuts, pads and wraps text by its columns on a terminal. */
import stringWidth from 'string-width';

/** How many columns a text takes: two for each Chinese character and emoji, none for a combining mark. */
export const widthOf = (text: string): number => stringWidth(text);

/** The text if it fits, else its start with an ellipsis. */
export function cut(text: string, width: number): string {
  return widthOf(text) > width ? `${breakOff(text, width - 1)[0]}…` : text;
}

export function pad(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const space = ' '.repeat(Math.max(0, width - widthOf(text)));
  return align === 'right' ? space + text : text + space;
}

/** Breaks text at spaces, and words that are longer than a line. Each line starts with `indent`. */
export function wrap(text: string, width: number, indent = ''): string {
  const columns = Math.max(20, width - widthOf(indent));
  const lines: string[] = [];
  let current = '';
  for (const word of text.split(' ')) {
    if (current && widthOf(`${current} ${word}`) > columns && widthOf(word) <= columns) {
      lines.push(current);
      current = '';
    }
    current = current ? `${current} ${word}` : word;
    while (widthOf(current) > columns) {
      const [line, rest] = breakOff(current, columns);
      lines.push(line);
      current = rest;
    }
  }
  return [...lines, current].map((line) => indent + line).join('\n');
}

/** Splits a text behind what fits, at least one character as people see it: a letter with its marks, an emoji. */
function breakOff(text: string, width: number): [start: string, rest: string] {
  const pieces = [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment);
  let taken = 0;
  let columns = 0;
  for (const piece of pieces) {
    columns += widthOf(piece);
    if (columns > width && taken > 0) break;
    taken += 1;
  }
  return [pieces.slice(0, taken).join(''), pieces.slice(taken).join('')];
}
