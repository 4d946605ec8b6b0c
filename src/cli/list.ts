/** `training-catalog list` */
import { list_training_catalog_endpoint as operation } from '../../generated/operations.ts';
import { command, Refusal } from './command.ts';
import { connect, connectionOptions } from './connect.ts';
import { printableJson } from './printable.ts';
import { formatTable } from './table.ts';

const limitSchema = operation.parameters.query.limit.schema;

export const list = command({
  summary: 'list the base models that can be trained',
  takes: { text: '[text]', min: 0, max: 1 },
  options: {
    family: { type: 'string', value: '<name>', help: 'only this family' },
    algorithm: { type: 'string', value: '<name>', help: 'only what can be trained by this algorithm' },
    'min-size-b': { type: 'string', value: '<n>', help: 'at least this many billion active parameters' },
    'max-size-b': { type: 'string', value: '<n>', help: 'at most this many' },
    limit: {
      type: 'string',
      value: '<n>',
      help: `how many to show, ${limitSchema.minimum} to ${limitSchema.maximum}; default: ${limitSchema.default}`,
    },
    all: { type: 'boolean', help: 'show all that match, however many' },
    json: { type: 'boolean', help: 'print the data as JSON, and nothing else' },
    ...connectionOptions,
  },
  example: 'list --family qwen --min-size-b 20',

  async run(values, [text], io) {
    if (values.all && values.limit !== undefined) {
      throw new Refusal(2, 'Give --all or --limit, not both.');
    }
    const client = await connect(values, io);
    const filters = {
      query: text,
      family: values.family,
      algorithm: values.algorithm,
      min_size_b: number(values['min-size-b']),
      max_size_b: number(values['max-size-b']),
    };
    const { models, total, ...rest } = values.all
      ? await client.listAllModels(filters).then((all) => ({ models: all, total: all.length }))
      : await client.listModels({ ...filters, limit: number(values.limit) });

    if (values.json) {
      io.out(printableJson({ ...rest, total, models }));
      return 0;
    }
    io.out(total === 0 ? 'No model matches.' : formatTable(models));
    if (models.length < total) io.out(`\nShowing ${models.length} of ${total}, use --all to see the rest.`);
    return 0;
  },
});

/** What is no number becomes NaN, which the client refuses in the contract's words. */
function number(text: string | undefined): number | undefined {
  return text === undefined ? undefined : text.trim() === '' ? Number.NaN : Number(text);
}
