/** Reads the command line of a script: `--help` lists its options, and a mistake ends it with one line. */
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { nearest } from '../src/cli/nearest.ts';

interface Option {
  /** Its description in the help. */
  help: string;
  /** The placeholder of its value in the help: `<port>`. An option without one is a switch. */
  value?: string;
  /**
   * Turns the text into a value.
   *
   * @throws {UsageError} saying what is expected
   */
  read?(text: string): unknown;
}

export interface Usage<O extends Record<string, Option> = Record<string, Option>> {
  /** `npm run diff` */
  command: string;
  /** One sentence that says what the command does. */
  summary: string;
  /** By name, without the two dashes. */
  options?: O;
  /** The positional arguments: their placeholder in the help, and how many there can be. */
  words?: { text: string; min: number; max: number };
}

/** `{ port: { value: '<port>', read: Number }, json: {} }` becomes `{ port?: number; json?: true }`. */
type Values<O extends Record<string, Option>> = {
  [K in keyof O]?: O[K] extends { read(text: string): infer T }
    ? T
    : O[K] extends { value: string }
      ? string
      : true;
};

export class UsageError extends Error {
  override name = 'UsageError';
}

/**
 * Reads the arguments of this process. `--help` prints the help and ends with 0; a mistake is one line on
 * standard error and ends with 2.
 *
 * @example
 * const { values } = readCommandLine({
 *   command: 'npm run generate',
 *   summary: 'Writes generated/.',
 *   options: { check: { help: 'only tell whether it is up to date' } },
 * });
 * if (values.check) …
 */
export function readCommandLine<const O extends Record<string, Option>>(
  usage: Usage<O>,
): { values: Values<O>; words: string[] } {
  try {
    const found = parse(usage, process.argv.slice(2));
    if (found !== 'help') return found;
    console.log(describe(usage));
    process.exit(0);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    refuse(usage, error.message);
  }
}

/** Ends the process with 2 because of a mistake on its command line. */
export function refuse({ command }: { command: string }, problem: string): never {
  console.error(`${command}: ${problem} See: ${withOptions(command)} --help`);
  process.exit(2);
}

/** npm passes on what follows two dashes. */
const withOptions = (command: string) => (command.startsWith('npm ') ? `${command} --` : command);

/**
 * Reads arguments without ending the process.
 *
 * @throws {UsageError} for a mistake
 */
export function parse<const O extends Record<string, Option>>(
  { options, words = { text: '', min: 0, max: 0 } }: Usage<O>,
  args: readonly string[],
): { values: Values<O>; words: string[] } | 'help' {
  const known: Record<string, Option> = { ...options, help: { help: '' } };
  const config = Object.fromEntries(
    Object.entries(known).map(([name, { value }]) => [name, { type: value ? 'string' : 'boolean' }] as const),
  ) as NonNullable<ParseArgsConfig['options']>;
  const { values, positionals } = parseLine(args, config);
  if (values['help']) return 'help';
  if (positionals.length > words.max)
    throw new UsageError(`"${positionals[words.max]}" is more than it takes.`);
  if (positionals.length < words.min) throw new UsageError(`${words.text} is missing.`);
  const read = Object.entries(values).map(([name, text]) => {
    try {
      return [name, known[name]?.read?.(String(text)) ?? text];
    } catch (error) {
      throw error instanceof UsageError
        ? new UsageError(`--${name} takes ${error.message}, not "${text}".`)
        : error;
    }
  });
  return { values: Object.fromEntries(read), words: positionals };
}

function parseLine(args: readonly string[], options: NonNullable<ParseArgsConfig['options']>) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    const [sentence = ''] = (error as Error).message.split(/\.\s|\n/, 1);
    const [, option] = /^Unknown option '-*(.+)'/.exec(sentence) ?? [];
    const [meant] = nearest(option ?? '', Object.keys(options));
    throw new UsageError(`${sentence.replace(/\.$/, '')}${meant ? `, did you mean --${meant}?` : '.'}`);
  }
}

function describe({ command, summary, options = {} as never, words }: Usage): string {
  const rows = [...Object.entries(options), ['help', { help: 'print this' }] as [string, Option]].map(
    ([name, { value, help }]) => [`--${name}${value ? ` ${value}` : ''}`, help] as const,
  );
  const width = Math.max(...rows.map(([left]) => left.length));
  const shown = words ? ` ${words.min === 0 ? `[${words.text}]` : words.text}` : '';
  return [
    summary,
    '',
    `Usage: ${withOptions(command)} [options]${shown}`,
    '',
    ...rows.map(([left, help]) => `  ${left.padEnd(width)}  ${help}`),
  ].join('\n');
}

/** A `read` for whole numbers in a range: `wholeNumber(0, 65_535)`. */
function wholeNumber(min: number, max: number): (text: string) => number {
  return (text) => {
    const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (number >= min && number <= max) return number;
    throw new UsageError(`a whole number from ${min} to ${max}`);
  };
}

/** A `read` for one of these words: `oneOf('low', 'high')`. */
export function oneOf<const T extends string>(...known: readonly T[]): (text: string) => T {
  return (text) => {
    const found = known.find((word) => word === text);
    if (found !== undefined) return found;
    throw new UsageError(`${known.slice(0, -1).join(', ')} or ${known.at(-1)}`);
  };
}

/** The option of every script that listens. */
export const port = {
  value: '<port>',
  help: 'where the mock listens, 0 for any free port',
  read: wholeNumber(0, 65_535),
};
