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

/** The widest column, in columns of a terminal. */
const widest = 100;

/**
 * A line for each model, then what the columns mean.
 *
 * @param terminal - How many columns a line may have.
 */
export function formatTable(models: readonly TrainingModel[], terminal = Infinity): string {
  const short = shortNames(models.flatMap((model) => model.supported_algorithms));
  const shorten = (name: string) => (short.get(initials(name)) === name ? initials(name) : name);
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
      cell: (model) => model.supported_algorithms.map(shorten).join(' '),
      means: [...short].flatMap(([text, name]) => (text === name ? [] : `${text} = ${name}`)).join(', '),
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
    // A longer cell stays whole, and no other row is padded to it: one id of megabytes would make each row as long.
    const width = texts.reduce((most, text) => Math.max(most, Math.min(widest, widthOf(text))), 0);
    return { ...column, texts, width };
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

/** `importance_sampling` becomes `is`. */
const initials = (name: string): string => name.replace(/([^_])[^_]*_?/gu, '$1');

/** Names of several words by their initials. Where two have the same, only one is shortened. */
function shortNames(names: readonly string[]): Map<string, string> {
  const isLong = (name: string) => name.includes('_');
  const plain = names.filter((name) => !isLong(name));
  return new Map([
    ...names.filter(isLong).map((name): [string, string] => [initials(name), name]),
    ...plain.map((name): [string, string] => [name, name]),
  ]);
}

function formatTokens(count: number): string {
  return count >= 1024 && count % 1024 === 0 ? `${count / 1024}K` : String(count);
}

/** At least two decimals: `0.10`, `0.125`. */
function formatPrice(price: number | null | undefined): string {
  if (price == null) return '-';
  return Number(price.toFixed(2)) === price ? price.toFixed(2) : String(price);
}
