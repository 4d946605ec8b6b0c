/** `training-catalog show` */
import type { TrainingModel } from '../index.ts';
import { readAllModels } from './all-models.ts';
import { CommandError, command } from './command.ts';
import { connect, connectionOptions } from './connect.ts';
import { printable, printableJson } from './printable.ts';
import { explainUnknown } from './unknown.ts';

export const show = command({
  summary: 'show one model in full',
  takes: { text: '<id>', min: 1, max: 1 },
  options: {
    json: { type: 'boolean', help: 'print the data as JSON, and nothing else' },
    ...connectionOptions,
  },
  example: 'show Qwen/Qwen3-8B',

  async run(values, [id = ''], io) {
    const client = await connect(values, io);
    const models = await readAllModels(client, io);
    const model = models.find(({ tinker_id }) => tinker_id === id);
    if (!model) throw new CommandError(1, `${id}: ${explainUnknown(id, models)}.`);
    io.out(values.json ? printableJson(model) : await describe(model, io.columns ?? Infinity));
    return 0;
  },
});

/** The widest column of names. A longer name is cut. */
const widest = 30;

/** The fields by the names that people use, then those that are newer than this command, by their wire names. */
async function describe(model: TrainingModel, terminal: number): Promise<string> {
  const { cut, pad, widthOf, wrap } = await import('../columns.ts');
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
  const lines = [...Object.entries(named), ...texts(newer), ...texts(newerPrices, 'pricing.')];
  const width = Math.min(widest, Math.max(...lines.map(([name]) => widthOf(name))));
  return [
    printable(tinker_id),
    ...lines.map(([name, text]) => {
      const head = `  ${pad(cut(name, width), width)}  `;
      return wrap(printable(text), terminal, ' '.repeat(width + 4)).replace(/^ +/, () => head);
    }),
  ].join('\n');
}

/** Each field with its value; a value that is no text is written as JSON. */
function texts(fields: object, prefix = ''): [name: string, text: string][] {
  return Object.entries(fields).map(([name, value]) => [
    printable(prefix + name),
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
}
