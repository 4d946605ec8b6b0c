/** Writes models as a table that fits a terminal. */
import type { TrainingModel_supported_algorithms } from '../../generated/values.ts';
import type { Algorithm, TrainingModel } from '../client/types.ts';
import { cut, pad, widthOf, wrap } from '../columns.ts';
import { printable } from './printable.ts';

/** The width where none is known, in columns. */
const usualWidth = 80;

/** The columns do not fit into less. */
const leastWidth = 72;

const gap = '  ';

interface Column {
  title: string;
  cell(model: TrainingModel): string;
  /** Longer cells are cut. */
  maxWidth: number;
  align: 'left' | 'right';
}

/** Short forms of names that are too long for a column. The legend explains them. */
const shortNames = new Map<Algorithm, string>([
  ['importance_sampling' satisfies (typeof TrainingModel_supported_algorithms)[number], 'is'],
]);

const idTitle = 'ID';
const columns: Column[] = [
  { title: 'FAMILY', cell: (model) => model.family, maxWidth: 8, align: 'left' },
  { title: 'TYPE', cell: (model) => model.type, maxWidth: 6, align: 'left' },
  { title: 'SIZE', cell: (model) => `${model.size_b}B`, maxWidth: 8, align: 'right' },
  { title: 'CTX', cell: (model) => formatTokens(model.context_length), maxWidth: 8, align: 'right' },
  { title: 'ALGORITHMS', cell: formatAlgorithms, maxWidth: 14, align: 'left' },
  { title: 'PRICE', cell: (model) => formatPrice(model.pricing?.train), maxWidth: 8, align: 'right' },
];

const shortForms = [...shortNames].map(([name, short]) => `${short} = ${name}`).join(', ');
const legend = `SIZE active parameters, CTX tokens of context, PRICE USD per million tokens trained (- unknown), ${shortForms}.`;

/**
 * A line for each model, and a legend. An id that is too long for its column has a line of its own, of any length, as
 * an id that is cut could not be used.
 *
 * @param terminalWidth - How many columns a line may have; a table has at least 72.
 */
export function formatTable(models: readonly TrainingModel[], terminalWidth = usualWidth): string {
  const width = Math.max(leastWidth, terminalWidth);
  const rows = models.map((model) =>
    columns.map(({ cell, maxWidth }) => cut(printable(cell(model)), maxWidth)),
  );
  const widths = columns.map(({ title }, index) => longest([title, ...rows.map((row) => row[index] ?? '')]));
  const ids = models.map((model) => printable(model.tinker_id));
  const maxIdWidth = width - widths.reduce((sum, columnWidth) => sum + gap.length + columnWidth, 0);
  const idWidth = longest([idTitle, ...ids.filter((id) => widthOf(id) <= maxIdWidth)]);

  const line = (id: string, cells: string[]) =>
    [pad(id, idWidth), ...cells.map((cell, index) => pad(cell, widths[index] ?? 0, columns[index]?.align))]
      .join(gap)
      .trimEnd();
  const lines = rows.flatMap((row, index) => {
    const id = ids[index] ?? '';
    return widthOf(id) <= idWidth ? [line(id, row)] : [id, line('', row)];
  });
  const titles = columns.map(({ title }) => title);
  return [line(idTitle, titles), ...lines, '', wrap(legend, terminalWidth)].join('\n');
}

function formatTokens(count: number): string {
  return count >= 1024 && count % 1024 === 0 ? `${count / 1024}K` : String(count);
}

function formatAlgorithms(model: TrainingModel): string {
  return model.supported_algorithms.map((name) => shortNames.get(name) ?? name).join(' ');
}

/** At least two decimals: `0.10`, `0.125`. */
function formatPrice(price: number | null | undefined): string {
  if (price === null || price === undefined) return '-';
  return Number(price.toFixed(2)) === price ? price.toFixed(2) : String(price);
}

function longest(texts: string[]): number {
  return Math.max(...texts.map(widthOf));
}
