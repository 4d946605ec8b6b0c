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
    const { wrap } = await import('../columns.ts');
    const client = await connect(values, io);
    const models = await readAllModels(client, io);
    const model = models.find(({ tinker_id }) => tinker_id === id);
    if (!model) throw new CommandError(1, `${id}: ${explainUnknown(id, models)}.`);
    io.out(
      values.json
        ? printableJson(model)
        : describe(model, (text, room) => wrap(text, io.columns ?? Infinity, room)),
    );
    return 0;
  },
});

function describe(model: TrainingModel, wrap: (text: string, room: string) => string): string {
  const { prefill, sample, train } = model.pricing ?? {};
  const price = (usd: number | null | undefined) =>
    usd == null ? 'unknown' : `${usd} USD per million tokens`;
  const lines = {
    Name: model.display_name,
    Family: model.family,
    Type: model.type,
    'Active size': `${model.size_b} billion parameters`,
    Context: `${model.context_length} tokens`,
    'Longer context': model.extended_context ? 'yes, in a variant whose id has a :peft: suffix' : 'no',
    Algorithms: model.supported_algorithms.join(', ') || 'none',
    'Price to prefill': price(prefill),
    'Price to sample': price(sample),
    'Price to train': price(train),
  };
  const width = Math.max(...Object.keys(lines).map((name) => name.length));
  return [
    printable(model.tinker_id),
    ...Object.entries(lines).map(([name, text]) => {
      const head = `  ${name.padEnd(width)}  `;
      return wrap(printable(text), ' '.repeat(head.length)).replace(/^ +/, head);
    }),
  ].join('\n');
}
