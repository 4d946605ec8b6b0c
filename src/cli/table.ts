/** Lays out models as a table that fits a terminal. */

import type { TrainingModel_supported_algorithms } from '../../generated/values.ts';
import type { Algorithm, TrainingModel } from '../client/types.ts';
import { cut, pad, widthOf, wrap } from '../columns.ts';
import { printable } from './printable.ts';

/** Of a terminal that does not say how wide it is. */
const usualWidth = 80;

/** Below this the columns would not fit beside each other. */
const leastWidth = 72;

const gap = '  ';

interface Column {
  title: string;
  cell(model: TrainingModel): string;
  /** Longer cells are cut, with a mark. Together the columns leave room for the id. */
  maxWidth: number;
  align: 'left' | 'right';
}

/** Algorithms whose names are too long for a column. The legend spells them out. */
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

const legend = `SIZE active parameters, CTX tokens of context, PRICE USD per million tokens trained (- unknown), ${[
  ...shortNames,
]
  .map(([name, short]) => `${short} = ${name}`)
  .join(', ')}.`;

/**
 * The models as lines of at most this many columns, a legend below. An id too long for its column has a line to
 * itself, of any length: half an id is of no use.
 */
export function formatTable(models: readonly TrainingModel[], columnsThere = usualWidth): string {
  const width = Math.max(leastWidth, columnsThere);
  const rows = models.map((model) =>
    columns.map(({ cell, maxWidth }) => cut(printable(cell(model)), maxWidth)),
  );
  const widths = columns.map(({ title }, at) => longest([title, ...rows.map((row) => row[at] ?? '')]));
  const ids = models.map((model) => printable(model.tinker_id));
  const room = width - widths.reduce((sum, cells) => sum + gap.length + cells, 0);
  const idWidth = longest([idTitle, ...ids.filter((id) => widthOf(id) <= room)]);

  const line = (id: string, cells: string[]) =>
    [pad(id, idWidth), ...cells.map((cell, at) => pad(cell, widths[at] ?? 0, columns[at]?.align))]
      .join(gap)
      .trimEnd();
  const lines = rows.flatMap((row, at) => {
    const id = ids[at] ?? '';
    return widthOf(id) <= idWidth ? [line(id, row)] : [id, line('', row)];
  });
  const titles = columns.map(({ title }) => title);
  return [line(idTitle, titles), ...lines, '', wrap(legend, columnsThere)].join('\n');
}

function formatTokens(count: number): string {
  return count >= 1024 && count % 1024 === 0 ? `${count / 1024}K` : String(count);
}

function formatAlgorithms(model: TrainingModel): string {
  return model.supported_algorithms.map((name) => shortNames.get(name) ?? name).join(' ');
}

/** With cents, and more digits only where the price has them. */
function formatPrice(price: number | null | undefined): string {
  if (price === null || price === undefined) return '-';
  return Number(price.toFixed(2)) === price ? price.toFixed(2) : String(price);
}

function longest(texts: string[]): number {
  return Math.max(...texts.map(widthOf));
}
