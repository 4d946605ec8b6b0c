/** `training-catalog serve` */
import { createReadStream } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { type Command, InvalidArgumentError } from 'commander';
import type { CatalogHandler, CatalogHandlerOptions } from '../server/index.ts';
import { explain } from './errors.ts';
import { CommandError, type Io } from './io.ts';
import { wholeNumber } from './numbers.ts';
import { printable } from './printable.ts';

type Models = NonNullable<CatalogHandlerOptions['models']>;

export interface AddressOptions {
  port: number;
  host: string;
}

interface Options extends AddressOptions {
  data?: string;
  delay?: number;
  fail?: number[];
  quiet?: boolean;
}

export function addAddressOptions(command: Command, defaultPort: number): Command {
  return command
    .option('--port <n>', '0 is any free one', wholeNumber(0, 65_535), defaultPort)
    .option('--host <address>', 'an address of this machine', readHost, '127.0.0.1');
}

export function addServe(program: Command, io: Io): void {
  const command = program
    .command('serve')
    .description('serve a catalog whose filters work, with a page to look at, for UIs and tests')
    .option('--data <file>', 'the models: a JSON list, or what list --json prints')
    .option('--delay <ms>', 'wait before each answer', wholeNumber(0, 60_000))
    .option('--fail <statuses>', 'answer the first requests with these: 429,503', readStatuses)
    .option('--quiet', 'print no line for each request')
    .addHelpText(
      'after',
      '\nExample:\n  training-catalog serve --data models.json --fail 429,503 --delay 800',
    );
  addAddressOptions(command, 4010).action((options: Options) => serve(options, io));
}

async function serve({ data, delay: delayMs, fail, quiet, port, host }: Options, io: Io): Promise<void> {
  const models = data === undefined ? undefined : await readModels(data);
  const { createCatalogHandler, simulate } = await import('../server/index.ts');
  const { describeMissingBehaviour } = await import('../server/catalog.ts');
  const { listen, withPage } = await import('../server/node.ts');
  let handler: CatalogHandler;
  try {
    handler = createCatalogHandler({ models, intercept: simulate({ delayMs, fail }) });
  } catch (error) {
    throw new CommandError(1, `--data ${data}: ${explain(error).message}.`);
  }
  const repeated = findRepeated(models ?? []);
  if (repeated.length > 0) io.err(printable(`${data} lists more than once: ${repeated.join(', ')}.`));

  const log = quiet ? undefined : (line: string) => io.err(printable(line));
  const server = await listen(withPage(handler), { port, host, log });
  const stopped = io.stopped();
  io.out(`See the catalog: ${server.url}`);
  io.out('Call its API, with any key:');
  io.out(`  training-catalog list --server ${server.url} --api-key any`);
  for (const line of describeMissingBehaviour()) io.out(line);
  io.out('Press Ctrl-C to stop.');
  await stopped;
  await server.close();
}

/** The most bytes that a file of models may have: enough for some 300,000. */
const maxBytes = 100 * 1024 * 1024;

/**
 * Reads the list of models in a file. The handler checks its items.
 *
 * @throws CommandError that says what the file is instead
 */
async function readModels(file: string): Promise<Models> {
  const refuse = (problem: string) => new CommandError(1, `--data ${file} ${problem}.`);
  const bytes = await buffer(createReadStream(file, { end: maxBytes })).catch((error: Error) => {
    throw refuse(`cannot be read: ${error.message}`);
  });
  if (bytes.length > maxBytes) throw refuse('is larger than 100 MiB');
  // `>` of Windows PowerShell 5 writes UTF-16. Without a byte-order mark, its first letter has a zero beside it.
  if (/^(fffe|feff|00|..00)/.test(bytes.toString('hex', 0, 2))) throw refuse('is UTF-16: save it as UTF-8');
  let content: unknown;
  try {
    content = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw refuse(
      error instanceof SyntaxError ? `is not JSON: ${error.message}` : 'is not UTF-8: save it as UTF-8',
    );
  }
  const models = Array.isArray(content) ? content : (content as { models?: unknown } | null)?.models;
  if (!Array.isArray(models)) throw refuse('has no list of models');
  return models;
}

/** The ids that several models have. */
function findRepeated(models: Models): string[] {
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const { tinker_id } of models) (seen.has(tinker_id) ? repeated : seen).add(tinker_id);
  return [...repeated];
}

function readHost(text: string): string {
  // An empty host would be every interface of the machine.
  if (text.trim() !== '') return text;
  throw new InvalidArgumentError('It must be an address of this machine, such as 127.0.0.1.');
}

function readStatuses(text: string): number[] {
  const statuses = text.split(',').map((status) => (/^\s*[45]\d\d\s*$/.test(status) ? Number(status) : 0));
  if (!statuses.includes(0)) return statuses;
  throw new InvalidArgumentError('It must be statuses from 400 to 599 with commas between.');
}
