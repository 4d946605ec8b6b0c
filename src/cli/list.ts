/** `training-catalog list` */
import { type Command, Option } from 'commander';
import { list_training_catalog_endpoint as operation } from '../../generated/operations.ts';
import {
  TrainingModel_supported_algorithms as algorithms,
  TrainingModel_family as families,
} from '../../generated/values.ts';
import { addConnectionOptions, type ConnectionOptions, connect } from './connect.ts';
import type { Io } from './io.ts';
import { readAllModels } from './models.ts';
import { decimal, wholeNumber } from './numbers.ts';
import { printableJson } from './printable.ts';

interface Options extends ConnectionOptions {
  family?: string;
  algorithm?: string;
  minSizeB?: number;
  maxSizeB?: number;
  limit?: number;
  all?: boolean;
  json?: boolean;
}

const { minimum, maximum, default: usual } = operation.parameters.query.limit.schema;

export function addList(program: Command, io: Io): void {
  const command = program
    .command('list')
    .description('list the base models that can be trained')
    .argument('[text]', 'a part of their ids or names')
    .option('--family <name>', 'only this family')
    .option('--algorithm <name>', 'only what can be trained by this algorithm')
    .option('--min-size-b <n>', 'at least this many billion active parameters', decimal)
    .option('--max-size-b <n>', 'at most this many', decimal)
    .option('--limit <n>', `how many to show; default: ${usual}`, wholeNumber(minimum, maximum))
    .addOption(new Option('--all', 'show all that match, however many').conflicts('limit'))
    .option('--json', 'print the data as JSON, and nothing else')
    .addHelpText('after', '\nExample:\n  training-catalog list --family qwen --min-size-b 20');
  addConnectionOptions(command).action((text: string | undefined, options: Options) =>
    list(text, options, io),
  );
}

async function list(text: string | undefined, options: Options, io: Io): Promise<void> {
  const client = connect(options, io);
  const { family, algorithm, minSizeB: min_size_b, maxSizeB: max_size_b, limit } = options;
  const filters = { query: text, family, algorithm, min_size_b, max_size_b };
  const { models, total, ...rest } = options.all
    ? await readAllModels(client, io, filters).then((models) => ({ models, total: models.length }))
    : await client.listModels({ ...filters, limit });

  if (options.json) {
    io.out(printableJson({ ...rest, total, models }));
    return;
  }
  // What measures text takes longer to load than all else.
  const [{ wrap }, { formatTable }] = await Promise.all([import('../columns.ts'), import('./table.ts')]);
  if (total > 0 || models.length > 0) io.out(formatTable(models, io.columns));
  else io.out(wrap(`No model matches.${explainNone(options)}`, io.columns));
  if (models.length < total) {
    io.out(wrap(`\nShowing ${models.length} of ${total}, use --all to see the rest.`, io.columns));
  }
}

/** Which families and algorithms the contract knows, where one was asked for. */
function explainNone({ family, algorithm }: Options): string {
  if (family === undefined && algorithm === undefined) return '';
  return ` The contract knows the families ${families.join(', ')} and the algorithms ${algorithms.join(', ')}.`;
}
