/** `training-catalog show` */
import type { Command } from 'commander';
import type { TrainingModel } from '../index.ts';
import { addConnectionOptions, type ConnectionOptions, connect } from './connect.ts';
import { CommandError, type Io } from './io.ts';
import { explainUnknown, modelId, readAllModels } from './models.ts';
import { printable, printableJson } from './printable.ts';

interface Options extends ConnectionOptions {
  json?: boolean;
}

export function addShow(program: Command, io: Io): void {
  const command = program
    .command('show')
    .description('show one model in full')
    .argument('<id>', 'as the catalog spells it', modelId)
    .option('--json', 'print the data as JSON, and nothing else')
    .addHelpText('after', '\nExample:\n  training-catalog show Qwen/Qwen3-8B');
  addConnectionOptions(command).action(async (id: string, options: Options) => {
    const models = await readAllModels(connect(options, io), io);
    const model = models.find(({ tinker_id }) => tinker_id === id);
    if (!model) throw new CommandError(1, `${id}: ${explainUnknown(id, models)}.`);
    io.out(options.json ? printableJson(model) : await describe(model, io.columns));
  });
}

/** How wide the names are. */
const nameWidth = 'Price to prefill'.length;

/** The fields by the names that people use, then those that are newer than this command, by their wire names. */
async function describe(model: TrainingModel, terminal = Infinity): Promise<string> {
  const { pad, widthOf, wrap } = await import('../columns.ts');
  const { tinker_id, display_name, family, type, size_b, context_length, ...rest } = model;
  const { extended_context, supported_algorithms, pricing, ...newer } = rest;
  const { prefill, sample, train, ...newerPrices } = pricing ?? {};
  const price = (usd: number | null | undefined) =>
    usd == null ? 'unknown' : `${usd} USD per million tokens`;
  const named = {
    Name: display_name,
    Family: family,
    Type: type,
    'Active size': `${size_b} billion parameters`,
    Context: `${context_length} tokens`,
    'Longer context': extended_context ? 'yes, in a variant whose id has a :peft: suffix' : 'no',
    Algorithms: supported_algorithms.join(', ') || 'none',
    'Price to prefill': price(prefill),
    'Price to sample': price(sample),
    'Price to train': price(train),
  };
  const lines = [...Object.entries(named), ...texts(newer), ...texts(newerPrices, 'pricing.')].map(
    ([name, value]) => {
      const text = printable(value);
      const head = `  ${pad(name, nameWidth)}  `;
      const width = widthOf(head);
      // A value needs half of a terminal. If there is less, it stands below its name.
      if (width <= terminal / 2) return wrap(text, terminal, ' '.repeat(width), head);
      return `${wrap(name, terminal, '  ')}\n${wrap(text, terminal, '    ')}`;
    },
  );
  return [printable(tinker_id), ...lines].join('\n');
}

/** Each field with its value; a value that is no text is written as JSON. */
function texts(fields: object, prefix = ''): [name: string, text: string][] {
  return Object.entries(fields).map(([name, value]) => [
    printable(prefix + name),
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
}
