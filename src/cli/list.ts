/** `training-catalog list` */
import { list_training_catalog_endpoint as operation } from '../../generated/operations.ts';
import type { TrainingCatalogClient } from '../index.ts';
import { readAllModels } from './all-models.ts';
import { CommandError, command, type Io } from './command.ts';
import { connect, connectionOptions } from './connect.ts';
import { nearest } from './nearest.ts';
import { printable, printableJson } from './printable.ts';

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
      throw new CommandError(2, 'Give --all or --limit, not both.');
    }
    const client = await connect(values, io);
    const filters = {
      query: text,
      family: values.family,
      algorithm: values.algorithm,
      min_size_b: readNumber(values['min-size-b'], decimal),
      max_size_b: readNumber(values['max-size-b'], decimal),
    };
    const { models, total, ...rest } = values.all
      ? await listAll(client, io, filters)
      : await client.listModels({ ...filters, limit: readNumber(values.limit, whole) });

    if (values.json) {
      io.out(printableJson({ ...rest, total, models }));
      return 0;
    }
    const [{ wrap }, { formatTable }] = await Promise.all([import('../columns.ts'), import('./table.ts')]);
    const print = (line: string) => io.out(io.columns ? wrap(line, io.columns) : line);
    if (total === 0) print(`No model matches.${await explainNone(client, values)}`);
    else io.out(formatTable(models, io.columns));
    if (models.length < total) {
      io.out('');
      print(`Showing ${models.length} of ${total}, use --all to see the rest.`);
    }
    return 0;
  },
});

/** Numbers as the API reads them from a query: no hexadecimal, and an exponent in decimal numbers only. */
const whole = /^[+-]?\d+$/;
const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** A text that is no number stays as it is: the client refuses it in the API's words. */
function readNumber(text: string | undefined, form: RegExp): number | undefined {
  if (text === undefined) return undefined;
  return form.test(text) ? Number(text) : (text as never);
}

async function listAll(client: TrainingCatalogClient, io: Io, filters: Parameters<typeof readAllModels>[2]) {
  try {
    const models = await readAllModels(client, io, filters);
    return { models, total: models.length };
  } catch (error) {
    const { isCatalogError } = await import('../index.ts');
    if (!isCatalogError(error, 'incomplete')) throw error;
    const { got, total } = error;
    throw new CommandError(1, `Could list ${got} of ${total} models only: narrow it by the filters.`);
  }
}

/** If no model has the family or the algorithm that was asked for, names those that there are. Else empty. */
async function explainNone(
  client: TrainingCatalogClient,
  { family, algorithm }: { family?: string | undefined; algorithm?: string | undefined },
): Promise<string> {
  const { TrainingModel_family: families, TrainingModel_supported_algorithms: algorithms } = await import(
    '../../generated/values.ts'
  );
  // An empty value is none that somebody misspelled.
  const isUnlisted = (value: string | undefined, listed: readonly string[]) =>
    value && !listed.includes(value);
  if (!isUnlisted(family, families) && !isUnlisted(algorithm, algorithms)) return '';
  const { models } = await client.listModels({ limit: limitSchema.maximum });
  const knownFamilies = new Set(models.map((model) => model.family));
  const knownAlgorithms = new Set(models.flatMap((model) => model.supported_algorithms));
  return explain('family', family, knownFamilies) + explain('algorithm', algorithm, knownAlgorithms);
}

function explain(parameter: string, value: string | undefined, known: ReadonlySet<string>): string {
  if (value === undefined || known.has(value) || known.size === 0) return '';
  const [meant] = nearest(value, [...known]);
  const question = meant === undefined ? '' : ` Did you mean ${meant}?`;
  return printable(` There is no ${parameter} ${value}; there are ${[...known].join(', ')}.${question}`);
}
