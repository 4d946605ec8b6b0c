/** Compares figures with their goals, and formats them as a table. */
import { type Figure, over, type Row, rowOf } from './measure.ts';

type Unit = 'ms' | 'bytes' | 'calls' | 'times';

/** A figure and its limit, which applies to the median. */
export interface Goal {
  what: string;
  figure: Figure;
  unit: Unit;
  atMost?: number;
  atLeast?: number;
}

/** A contestant's time as a multiple of the baseline's. */
export function timesBaseline(
  what: string,
  rows: readonly [Row, ...Row[]],
  name: string,
  atMost: number,
): Goal {
  return { what, figure: over(rowOf(rows, name), rows[0]), unit: 'times', atMost };
}

export interface Verdict extends Goal {
  verdict: 'met' | 'missed';
}

const digits: Record<Unit, number> = { times: 2, ms: 1, bytes: 0, calls: 0 };

export function judge(goal: Goal): Verdict {
  const { figure, atMost = Number.POSITIVE_INFINITY, atLeast = Number.NEGATIVE_INFINITY } = goal;
  const met = figure.median <= atMost && figure.median >= atLeast;
  return { ...goal, verdict: met ? 'met' : 'missed' };
}

/** With the spread, if there is one. */
function formatFigure({ median, q1, q3 }: Figure, unit: Unit): string {
  const number = (value: number) => formatNumber(value, unit);
  const name = unit === 'times' ? '' : ` ${unit}`;
  return number(median) + name + (q1 === q3 ? '' : ` [${number(q1)} … ${number(q3)}]`);
}

function formatNumber(value: number, unit: Unit): string {
  // A ratio such as 0.004 needs three digits.
  const fraction = unit === 'times' && value < 0.1 ? 3 : digits[unit];
  return value.toLocaleString('en', { minimumFractionDigits: fraction, maximumFractionDigits: fraction });
}

function formatGoal({ atMost, atLeast, unit }: Goal): string {
  return atMost !== undefined
    ? `≤ ${formatNumber(atMost, unit)}`
    : `≥ ${formatNumber(atLeast as number, unit)}`;
}

/** A Markdown table, aligned for terminals. */
export function formatVerdicts(verdicts: readonly Verdict[]): string {
  const rows = verdicts.map((line) => [
    line.what,
    formatFigure(line.figure, line.unit),
    formatGoal(line),
    line.verdict,
  ]);
  const heads = ['what', 'median [middle half]', 'goal', 'verdict'];
  const widths = heads.map((head, i) =>
    Math.max(...[head, ...rows.map((row) => row[i] ?? '')].map((cell) => cell.length)),
  );
  const line = (cells: string[]) => `| ${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`;
  return [line(heads), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
