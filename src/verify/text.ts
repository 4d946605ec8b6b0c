/** Writes a report as text for a terminal or a log. */
import { wrap } from '../columns.ts';
import { type CheckResult, type Failed, type Report, sortChecks } from './report.ts';

/** Options of {@link toText}. */
export interface TextOptions {
  /**
   * How many columns a line may have. Requests are not wrapped, so that they can be pasted.
   * @default no line is wrapped
   */
  width?: number | undefined;
  /**
   * Whether to colour the marks with ANSI escape sequences.
   * @default false
   */
  color?: boolean | undefined;
  /**
   * Whether to list the checks that were passed. One line counts them otherwise.
   * @default false
   */
  verbose?: boolean | undefined;
}

const marks = {
  passed: ['ok', 32],
  failed: ['FAIL', 31],
  note: ['note', 33],
  skipped: ['skip', 90],
} as const;
const indent = '      ';

/** How many checks the last line names. */
const mostNamed = 6;

/**
 * Writes a report as text: what failed, notes, what showed nothing and why, what was passed, and the verdict.
 *
 * @example
 * console.log(toText(report, { width: process.stdout.columns, color: process.stdout.isTTY }));
 */
export function toText(report: Report, { width, color = false, verbose = false }: TextOptions = {}): string {
  const paint = (mark: keyof typeof marks): string => {
    const [word, code] = marks[mark];
    return (color ? `\u001b[${code}m${word}\u001b[0m` : word) + ' '.repeat(indent.length - word.length);
  };
  /** Wraps text, and puts a head into the indent of its first line. */
  const line = (head: string, text: string, space = indent) =>
    width ? wrap(text, width, space).replace(space, () => head) : head + text;
  const field = (name: string, text: string) => {
    const head = `${indent}${name.padEnd(10)}`;
    return line(head, text, ' '.repeat(head.length));
  };

  const { reason, notCalled } = report;
  const { failed, notes, skipped, passed } = sortChecks(report);
  const titleOf = (mark: keyof typeof marks, { id, title }: CheckResult) =>
    line(paint(mark), `${id}: ${title}`);
  const describe = (mark: 'failed' | 'note') => (result: Failed) => [
    titleOf(mark, result),
    field('expected', result.expected),
    field('received', result.received),
    field('source', result.source),
    indent + result.request,
  ];
  const paragraphs = [
    [
      line(
        '',
        `Conformance ${report.url ? `of ${report.url} ` : ''}to the training catalog contract ${report.contract}`,
        '',
      ),
    ],
    [...failed.flatMap(describe('failed')), ...notes.flatMap(describe('note'))],
    [...groupBy(skipped, (result) => result.reason)].map(([reason, group]) =>
      line(
        paint('skipped'),
        `${count(group.length, 'check')} showed nothing, because ${reason}: ${namesOf(group)}`,
      ),
    ),
    verbose
      ? passed.map((result) => titleOf('passed', result))
      : passed.length > 0
        ? [line(paint('passed'), `${count(passed.length, 'check')} passed (a verbose report lists them)`)]
        : [],
    [
      ...(report.catalogChanged
        ? ['The catalog changed during the run; checks that failed for it were made once more.']
        : []),
      ...(notCalled.length > 0 ? [`Not called, as it may change something: ${notCalled.join(', ')}.`] : []),
      ...(reason ? [reason] : []),
      summarise(report),
    ].map((text) => line('', text, '')),
  ];
  return paragraphs
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

function groupBy<Value>(values: readonly Value[], keyOf: (value: Value) => string): Map<string, Value[]> {
  const groups = new Map<string, Value[]>();
  for (const value of values) groups.set(keyOf(value), [...(groups.get(keyOf(value)) ?? []), value]);
  return groups;
}

function namesOf(checks: readonly CheckResult[]): string {
  const names = checks.slice(0, mostNamed).map(({ id }) => id);
  const rest = checks.length - names.length;
  return names.join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}

function count(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? '' : 's'}`;
}

/** The verdict in one line: `Failed: 1 failed (limit), 2 notes (order-kept, json-numbers), 55 passed, 201 calls.` */
export function summarise(report: Report): string {
  const { failed, notes, skipped, passed } = sortChecks(report);
  const words = {
    passed: 'Passed',
    failed: 'Failed',
    inconclusive: 'Inconclusive',
    'could-not-run': report.checks.length > 0 ? 'Not finished' : 'Could not run',
  };
  const parts = [
    ...(failed.length > 0 ? [`${failed.length} failed (${namesOf(failed)})`] : []),
    ...(notes.length > 0 ? [`${count(notes.length, 'note')} (${namesOf(notes)})`] : []),
    ...(report.checks.length > 0 ? [`${passed.length} passed`] : []),
    ...(skipped.length > 0 ? [`${skipped.length} not shown`] : []),
    count(report.calls, 'call'),
  ];
  return `${words[report.outcome]}: ${parts.join(', ')}.`;
}
