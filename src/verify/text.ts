/** Writes a report as text for a terminal or a log. */
import { cut, wrap } from '../columns.ts';
import { type CheckResult, type Failed, failsRun, leavesOpen, type Report } from './report.ts';

/** Options of {@link toText}. */
export interface TextOptions {
  /**
   * How many columns a line may have. Requests are not wrapped, so that they can be pasted.
   * @default 80
   */
  width?: number | undefined;
  /**
   * Whether to colour the marks with ANSI escape sequences.
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

/** How many failures are repeated at the end. At three lines each, they fit on a terminal of 24 lines. */
const mostRepeated = 6;

/**
 * Writes a report as text: a line for each check, with what went wrong below; then the failures again, and a summary.
 *
 * @example
 * console.log(toText(report, { width: process.stdout.columns, color: process.stdout.isTTY }));
 */
export function toText(report: Report, { width = 80, color = false }: TextOptions = {}): string {
  const paint = (mark: keyof typeof marks): string => {
    const [word, code] = marks[mark];
    return (color ? `\u001b[${code}m${word}\u001b[0m` : word) + ' '.repeat(indent.length - word.length);
  };
  /** Wraps text, and puts a head into the indent of its first line. */
  const line = (head: string, text: string, space = indent) => wrap(text, width, space).replace(space, head);

  const describe = (result: CheckResult): string[] => {
    if (result.status === 'passed') return [line(paint('passed'), `${result.id}: ${result.title}`)];
    if (result.status === 'skipped') {
      return [line(paint('skipped'), `${result.id}: not shown, because ${result.reason}`)];
    }
    const space = `${indent}          `;
    return [
      line(paint(failsRun(result, report.strict) ? 'failed' : 'note'), `${result.id}: ${result.title}`),
      line(`${indent}expected  `, result.expected, space),
      line(`${indent}received  `, result.received, space),
      `${indent}${result.request}`,
    ];
  };

  const { checks, strict, reason, notCalled } = report;
  const failures = checks.filter((result) => failsRun(result, strict));
  const address = report.url ? `of ${report.url} ` : '';
  return [
    wrap(`Conformance ${address}to the training catalog contract ${report.contract}`, width),
    '',
    ...checks.flatMap(describe),
    ...(checks.length > 0 ? [''] : []),
    ...repeatFailures(failures, width),
    ...(report.outcome === 'inconclusive'
      ? explainInconclusive(report).map((each) => wrap(each, width))
      : []),
    ...(notCalled.length > 0
      ? [wrap(`Not called, as it may change something: ${notCalled.join(', ')}.`, width)]
      : []),
    ...(reason ? [wrap(reason, width)] : []),
    wrap(summarise(report), width),
  ].join('\n');
}

/** Each failure in three lines. */
function repeatFailures(failures: readonly Failed[], width: number): string[] {
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

/** Says for each reason how many checks showed nothing. */
function explainInconclusive({ checks, strict }: Report): string[] {
  const amounts = new Map<string, number>();
  for (const result of checks) {
    if (leavesOpen(result, strict)) amounts.set(result.reason, (amounts.get(result.reason) ?? 0) + 1);
  }
  return [...amounts].map(
    ([reason, amount]) => `${amount} ${amount === 1 ? 'check' : 'checks'} showed nothing, because ${reason}.`,
  );
}

/** Writes the outcome in one line: `Passed: 37 passed, 2 notes, 1 not shown, 47 calls.` */
export function summarise({ outcome, strict, checks, calls }: Report): string {
  const failed = checks.filter((result) => failsRun(result, strict)).length;
  const notes = checks.filter((result) => result.status === 'failed').length - failed;
  const passed = checks.filter((result) => result.status === 'passed').length;
  const skipped = checks.length - passed - failed - notes;
  const parts = [
    ...(checks.length > 0 ? [`${passed} passed`] : []),
    ...(failed ? [`${failed} failed`] : []),
    ...(notes ? [`${notes} ${notes === 1 ? 'note' : 'notes'}`] : []),
    ...(skipped ? [`${skipped} not shown`] : []),
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
