/** Writes models as a table that fits a terminal. */
import type { TrainingModel } from '../client/types.ts';
import { pad, widthOf, wrap } from '../columns.ts';
import { printable } from './printable.ts';

interface Column {
  title: string;
  cell(model: TrainingModel): string;
  align?: 'right';
  /** For the words below the table. */
  means?: string;
}

/** The order in which columns are left out where the terminal is too narrow for all. The id always stays, whole. */
const leftOutFirst = ['TYPE', 'FAMILY', 'CTX', 'ALGORITHMS', 'PRICE', 'SIZE'];

const gap = '  ';

/**
 * A line for each model, then what the columns mean.
 *
 * @param terminal - How many columns a line may have.
 */
export function formatTable(models: readonly TrainingModel[], terminal = Infinity): string {
  const short = shortNames(models.flatMap((model) => model.supported_algorithms));
  const columns: Column[] = [
    { title: 'ID', cell: (model) => model.tinker_id },
    { title: 'FAMILY', cell: (model) => model.family },
    { title: 'TYPE', cell: (model) => model.type },
    { title: 'SIZE', cell: (model) => `${model.size_b}B`, align: 'right', means: 'SIZE active parameters' },
    {
      title: 'CTX',
      cell: (model) => formatTokens(model.context_length),
      align: 'right',
      means: 'CTX tokens of context',
    },
    {
      title: 'ALGORITHMS',
      cell: (model) => model.supported_algorithms.map((name) => short.get(name) ?? name).join(' '),
      means: [...short].map(([name, initials]) => `${initials} = ${name}`).join(', '),
    },
    {
      title: 'PRICE',
      cell: (model) => formatPrice(model.pricing?.train),
      align: 'right',
      means: 'PRICE USD per million tokens trained (- unknown)',
    },
  ];
  const filled = columns.map((column) => {
    const texts = [column.title, ...models.map((model) => printable(column.cell(model)))];
    return { ...column, texts, width: texts.reduce((most, text) => Math.max(most, widthOf(text)), 0) };
  });
  const shown = new Map(filled.map((column) => [column.title, column]));
  const leftOut: string[] = [];
  for (const title of leftOutFirst) {
    const width = [...shown.values()].reduce((sum, column) => sum + column.width + gap.length, -gap.length);
    if (width <= terminal) break;
    shown.delete(title);
    leftOut.push(title);
  }

  const lines = [undefined, ...models].map((_, row) =>
    [...shown.values()]
      .map(({ texts, width, align }) => pad(texts[row] ?? '', width, align))
      .join(gap)
      .trimEnd(),
  );
  const legend = [...shown.values()].flatMap(({ means }) => means || []);
  if (leftOut.length > 0) legend.push(`left out in a narrow terminal: ${leftOut.join(', ')}`);
  return [...lines, '', wrap(printable(`${legend.join(', ')}.`), terminal)].join('\n');
}

/** Initials for long names, where no other has the same: `importance_sampling` becomes `is`. */
function shortNames(names: readonly string[]): Map<string, string> {
  const distinct = [...new Set(names)];
  const initials = (name: string) => name.replace(/([^_])[^_]*_?/gu, '$1');
  const taken = new Map<string, number>();
  for (const name of distinct.flatMap((name) => [...new Set([name, initials(name)])])) {
    taken.set(name, (taken.get(name) ?? 0) + 1);
  }
  return new Map(
    distinct
      .map((name): [string, string] => [name, initials(name)])
      .filter(([name, short]) => name.includes('_') && taken.get(short) === 1),
  );
}

function formatTokens(count: number): string {
  return count >= 1024 && count % 1024 === 0 ? `${count / 1024}K` : String(count);
}

/** At least two decimals: `0.10`, `0.125`. */
function formatPrice(price: number | null | undefined): string {
  if (price == null) return '-';
  return Number(price.toFixed(2)) === price ? price.toFixed(2) : String(price);
}
