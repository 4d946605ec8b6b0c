/** Puts a report into lines for a terminal or a log. */
import { cut, wrap } from '../columns.ts';
import { type CheckResult, counts, type Failed, isOpen, type Report } from './report.ts';

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

/** How many failures the end of a text repeats: with three lines each, a terminal of 24 lines shows them. */
const mostRepeated = 6;

/**
 * Each check on a line, with what went wrong below it; at the end the failures once more, and a summary.
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

  const { checks, strict, reason, notCalled } = report;
  const failures = checks.filter((result) => counts(result, strict));
  const address = report.url ? `of ${report.url} ` : '';
  return [
    wrap(`Conformance ${address}to the training catalog contract ${report.contract}`, width),
    '',
    ...checks.flatMap(describe),
    ...(checks.length > 0 ? [''] : []),
    ...repeat(failures, width),
    ...(report.outcome === 'inconclusive' ? explainOpen(report).map((each) => wrap(each, width)) : []),
    ...(notCalled.length > 0
      ? [wrap(`Not called, as it may change something: ${notCalled.join(', ')}.`, width)]
      : []),
    ...(reason ? [wrap(reason, width)] : []),
    wrap(summarise(report), width),
  ].join('\n');
}

/** Each failure in three lines. */
function repeat(failures: readonly Failed[], width: number): string[] {
  if (failures.length === 0) return [];
  const brief = failures
    .slice(0, mostRepeated)
    .flatMap(({ id, expected, received }) => [
      wrap(id, width, indent).replace(indent, 'FAIL  '),
      cut(`${indent}expected  ${expected}`, width),
      cut(`${indent}received  ${received}`, width),
    ]);
  const rest = failures.length - mostRepeated;
  return [...brief, ...(rest > 0 ? [`${indent}and ${rest} more, above`] : []), ''];
}

/** For each reason, how many checks showed nothing. */
function explainOpen({ checks, strict }: Report): string[] {
  const amounts = new Map<string, number>();
  for (const result of checks) {
    if (isOpen(result, strict)) amounts.set(result.reason, (amounts.get(result.reason) ?? 0) + 1);
  }
  return [...amounts].map(
    ([reason, amount]) => `${amount} ${amount === 1 ? 'check' : 'checks'} showed nothing, because ${reason}.`,
  );
}

/** The outcome in one line: `Passed: 37 passed, 2 notes, 1 not shown, 47 calls.` */
export function summarise({ outcome, strict, checks, calls }: Report): string {
  const failed = checks.filter((result) => counts(result, strict)).length;
  const notes = checks.filter((result) => result.status === 'failed').length - failed;
  const of = (status: CheckResult['status']) => checks.filter((result) => result.status === status).length;
  const parts = [
    ...(checks.length > 0 ? [`${of('passed')} passed`] : []),
    ...(failed ? [`${failed} failed`] : []),
    ...(notes ? [`${notes} ${notes === 1 ? 'note' : 'notes'}`] : []),
    ...(of('skipped') ? [`${of('skipped')} not shown`] : []),
    `${calls} ${calls === 1 ? 'call' : 'calls'}`,
  ];
  const words = {
    passed: 'Passed',
    failed: 'Failed',
    inconclusive: 'Inconclusive',
    'could-not-run': 'Could not run',
  };
  return `${words[outcome]}: ${parts.join(', ')}.`;
}
