/** Measures, pads and wraps text by its columns on a terminal. */
import stringWidth from 'string-width';

/** How many columns a text takes: two for each Chinese character and emoji, none for a combining mark. */
export const widthOf = (text: string): number => stringWidth(text);

export function pad(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const space = ' '.repeat(Math.max(0, width - widthOf(text)));
  return align === 'right' ? space + text : text + space;
}

/** The fewest columns for text. Where a terminal has less, it breaks the lines itself. */
const least = 8;

/**
 * Breaks text at spaces, and words that are longer than a line.
 *
 * @param indent - What each line starts with.
 * @param head - What the first line starts with instead.
 */
export function wrap(text: string, width = Infinity, indent = '', head = indent): string {
  const lines: string[] = [];
  let start = head;
  let line = '';
  const end = (text: string) => {
    lines.push(start + text);
    start = indent;
  };
  for (const word of text.split(' ')) {
    const columns = () => Math.max(least, width - widthOf(start));
    if (line && widthOf(`${line} ${word}`) > columns() && widthOf(word) <= columns()) {
      end(line);
      line = '';
    }
    line = line ? `${line} ${word}` : word;
    for (let [taken, rest] = breakOff(line, columns()); rest; [taken, rest] = breakOff(line, columns())) {
      end(taken);
      line = rest;
    }
  }
  end(line);
  return lines.join('\n');
}

const segmenter = new Intl.Segmenter();

/** Splits a text behind what fits, at least one character as people see it: a letter with its marks, an emoji. */
function breakOff(text: string, width: number): [start: string, rest: string] {
  // More code units than a line can need are not looked at, so that a long text costs no more than its length.
  const start = text.slice(0, width * 8);
  let taken = 0;
  let columns = 0;
  for (const { segment } of segmenter.segment(start)) {
    columns += widthOf(segment);
    if (columns > width && taken > 0) return [text.slice(0, taken), text.slice(taken)];
    taken += segment.length;
  }
  return [start, text.slice(start.length)];
}
