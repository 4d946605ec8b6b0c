/** `training-catalog serve` */
import type { CatalogHandlerOptions } from '../server/index.ts';
import { addressOptions, readAddress } from './address.ts';
import { CommandError, command } from './command.ts';
import { printable } from './printable.ts';

type Models = NonNullable<CatalogHandlerOptions['models']>;

export const serve = command({
  summary: 'serve a catalog whose filters work, for UIs and tests',
  takes: { text: '', min: 0, max: 0 },
  options: {
    data: { type: 'string', value: '<file>', help: 'the models: a JSON list, or what list --json prints' },
    ...addressOptions,
  },
  example: 'serve --data models.json --port 4010',

  async run({ data, ...values }, _positionals, io) {
    const address = readAddress(values);
    const models = data === undefined ? undefined : await readModels(data);
    const { createCatalogHandler } = await import('../server/index.ts');
    const { describeMissingBehaviour } = await import('../server/catalog.ts');
    const { listen, withPage } = await import('../server/node.ts');
    const createHandler = () => {
      try {
        return createCatalogHandler({ models });
      } catch (error) {
        throw new CommandError(1, `${data}: ${(error as Error).message}.`);
      }
    };
    const handler = withPage(createHandler());
    for (const line of models ? findDuplicates(models) : []) io.err(printable(line));
    const server = await listen(handler, address);
    const stopped = io.stopped();
    io.out(`The catalog is served at ${server.url}, press Ctrl-C to stop.`);
    for (const line of describeMissingBehaviour()) io.out(line);
    io.out(`Any key will do: training-catalog list --server ${server.url} --api-key any`);
    await stopped;
    await server.close();
    return 0;
  },
});

/** Reads the list of models in a file. The handler checks its items. */
async function readModels(file: string): Promise<Models> {
  const { readFile } = await import('node:fs/promises');
  let content: unknown;
  try {
    // Editors on Windows put a byte-order mark at the start of a file.
    content = JSON.parse((await readFile(file, 'utf8')).replace(/^\ufeff/, ''));
  } catch (error) {
    throw new CommandError(1, `--data ${file} cannot be read: ${(error as Error).message}`);
  }
  const models = Array.isArray(content) ? content : (content as { models?: unknown } | null)?.models;
  if (!Array.isArray(models)) throw new CommandError(1, `--data ${file} has no list of models.`);
  return models;
}

/** A line for each model that has the id of an earlier one. */
function findDuplicates(models: Models): string[] {
  const firstWith = new Map<string, number>();
  return models.flatMap(({ tinker_id: id }, index) => {
    const first = firstWith.get(id);
    if (first !== undefined) return [`models[${index}] has the id of models[${first}]: ${id}`];
    firstWith.set(id, index);
    return [];
  });
}
