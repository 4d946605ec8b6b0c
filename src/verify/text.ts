/** Puts a report into lines for a terminal or a log. */
import { type CheckResult, counts, type Report } from './report.ts';

/** Options of {@link toText}. */
export interface TextOptions {
  /**
   * How many columns to fill. Requests are never broken, so that they can be pasted.
   * @default 80
   */
  width?: number | undefined;
  /**
   * Whether to colour the marks with ANSI sequences.
   * @default false
   */
  color?: boolean | undefined;
}

const marks = {
  passed: ['ok', 32],
  failed: ['FAIL', 31],
  note: ['note', 33],
  skipped: ['skip', 90],
} as const;
const indent = '      ';

/**
 * Each check on a line, with what went wrong below it, and a summary at the end.
 *
 * @example
 * console.log(toText(report, { width: process.stdout.columns, color: process.stdout.isTTY }));
 */
export function toText(report: Report, { width = 80, color = false }: TextOptions = {}): string {
  const paint = (mark: keyof typeof marks): string => {
    const [word, code] = marks[mark];
    return (color ? `\u001b[${code}m${word}\u001b[0m` : word) + ' '.repeat(indent.length - word.length);
  };
  const line = (head: string, text: string, room = indent) => wrap(text, width, room).replace(room, head);

  const describe = (result: CheckResult): string[] => {
    if (result.status === 'passed') return [line(paint('passed'), `${result.id}: ${result.title}`)];
    if (result.status === 'skipped') {
      return [line(paint('skipped'), `${result.id}: not shown, because ${result.reason}`)];
    }
    const room = `${indent}          `;
    return [
      line(paint(counts(result, report.strict) ? 'failed' : 'note'), `${result.id}: ${result.title}`),
      line(`${indent}expected  `, result.expected, room),
      line(`${indent}received  `, result.received, room),
      `${indent}${result.request}`,
    ];
  };

  return [
    wrap(`Conformance of ${report.url} to the training catalog contract ${report.contract}`, width),
    '',
    ...report.checks.flatMap(describe),
    ...(report.checks.length > 0 ? [''] : []),
    ...(report.reason ? [wrap(report.reason, width)] : []),
    wrap(summarise(report), width),
  ].join('\n');
}

/** The outcome in one line: `Passed: 37 passed, 2 notes, 1 skipped, 47 calls.` */
export function summarise({ outcome, strict, checks, calls }: Report): string {
  const failed = checks.filter((result) => counts(result, strict)).length;
  const notes = checks.filter((result) => result.status === 'failed').length - failed;
  const of = (status: CheckResult['status']) => checks.filter((result) => result.status === status).length;
  const parts = [
    ...(checks.length > 0 ? [`${of('passed')} passed`] : []),
    ...(failed ? [`${failed} failed`] : []),
    ...(notes ? [`${notes} ${notes === 1 ? 'note' : 'notes'}`] : []),
    ...(of('skipped') ? [`${of('skipped')} skipped`] : []),
    `${calls} ${calls === 1 ? 'call' : 'calls'}`,
  ];
  const words = { passed: 'Passed', failed: 'Failed', 'could-not-run': 'Could not run' };
  return `${words[outcome]}: ${parts.join(', ')}.`;
}

/** Breaks text at spaces, and within words that are longer than a line; each line starts with `room`. */
function wrap(text: string, width: number, room = ''): string {
  const columns = Math.max(20, width - room.length);
  const lines: string[] = [];
  let current = '';
  for (const word of text.split(' ')) {
    if (current && current.length + 1 + word.length > columns && word.length <= columns) {
      lines.push(current);
      current = '';
    }
    current = current ? `${current} ${word}` : word;
    for (; current.length > columns; current = current.slice(columns)) lines.push(current.slice(0, columns));
  }
  return [...lines, current].map((line) => room + line).join('\n');
}
