/** Writes a report as text for a terminal or a log. */
import { wrap } from '../columns.ts';
import { type Claim, type Failed, type Report, sortChecks } from './report.ts';

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

const colors = { ok: 32, FAIL: 31, note: 33, skip: 90 };
const indent = '      ';

/** How many checks a line names. */
const mostNamed = 6;

/**
 * Writes a report as text: what failed, notes, what showed nothing and why, what was passed, and the verdict.
 *
 * @example
 * console.log(toText(report, { width: process.stdout.columns, color: process.stdout.isTTY }));
 */
export function toText(report: Report, { width, color = false, verbose = false }: TextOptions = {}): string {
  // A terminal that does not know its width says 0.
  const columns = width || Infinity;
  const line = (head: string, text: string) => wrap(text, columns, ' '.repeat(head.length), head);
  const marked = (mark: keyof typeof colors, text: string) => {
    const painted = color ? `\u001b[${colors[mark]}m${mark}\u001b[0m` : mark;
    return wrap(text, columns, indent, painted + ' '.repeat(indent.length - mark.length));
  };
  const describe = (mark: 'FAIL' | 'note') => (result: Failed) => [
    marked(mark, `${result.id}: ${result.title}`),
    ...(['expected', 'received', 'source'] as const).map((name) =>
      line(`${indent}${name.padEnd(10)}`, result[name]),
    ),
    indent + result.request,
  ];

  const { url, contract, reason, notCalled, catalogChanged } = report;
  const { failed, notes, skipped, passed } = sortChecks(report);
  const reasons = [...new Set(skipped.map((result) => result.reason))];
  const paragraphs = [
    [line('', `Conformance ${url && `of ${url} `}to the training catalog contract ${contract}`)],
    failed.flatMap(describe('FAIL')),
    notes.flatMap(describe('note')),
    reasons.map((reason) => {
      const checks = skipped.filter((result) => result.reason === reason);
      return marked(
        'skip',
        `${count(checks, 'check')} showed nothing, because ${reason}: ${namesOf(checks)}`,
      );
    }),
    verbose
      ? passed.map(({ id, title }) => marked('ok', `${id}: ${title}`))
      : passed
          .slice(0, 1)
          .map(() => marked('ok', `${count(passed, 'check')} passed, which a verbose report lists`)),
    [
      ...(catalogChanged
        ? ['The catalog changed meanwhile; checks that failed for it were made once more.']
        : []),
      ...(notCalled.length > 0 ? [`Not called, as it may change something: ${notCalled.join(', ')}.`] : []),
      ...(reason ? [reason] : []),
      summarise(report),
    ].map((text) => line('', text)),
  ];
  return paragraphs.flatMap((lines) => (lines.length > 0 ? [lines.join('\n')] : [])).join('\n\n');
}

function namesOf(checks: readonly Claim[]): string {
  const rest = checks.length - mostNamed;
  const names = checks.slice(0, mostNamed).map(({ id }) => id);
  return names.join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}

function count({ length }: readonly Claim[], noun: string): string {
  return `${length} ${noun}${length === 1 ? '' : 's'}`;
}

/** The verdict in one line: `Failed: 1 failed (limit), 2 notes (order, json-numbers), 42 passed, 201 calls.` */
export function summarise(report: Report): string {
  const { failed, notes, skipped, passed } = sortChecks(report);
  const words = {
    passed: 'Passed',
    failed: 'Failed',
    inconclusive: 'Inconclusive',
    'could-not-run': report.checks.length > 0 ? 'Not finished' : 'Could not run',
  };
  const parts = [
    failed.length > 0 && `${failed.length} failed (${namesOf(failed)})`,
    notes.length > 0 && `${count(notes, 'note')} (${namesOf(notes)})`,
    report.checks.length > 0 && `${passed.length} passed`,
    skipped.length > 0 && `${skipped.length} not shown`,
    `${report.calls} ${report.calls === 1 ? 'call' : 'calls'}`,
  ];
  return `${words[report.outcome]}: ${parts.filter(Boolean).join(', ')}.`;
}
