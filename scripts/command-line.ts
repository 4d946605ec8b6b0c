/** Reads the command line of a script by commander. A mistake ends the script with 2. */
import { Command, InvalidArgumentError, Option } from 'commander';

interface OptionUsage {
  /** Its description in the help. */
  help: string;
  /** The placeholder of its value in the help: `<port>`. An option without one is a switch. */
  value?: string;
  /**
   * Turns the text into a value.
   *
   * @throws {InvalidArgumentError} saying what is expected
   */
  read?(text: string): unknown;
}

export interface Usage<O extends Record<string, OptionUsage> = Record<string, OptionUsage>> {
  /** `npm run diff` */
  command: string;
  /** One sentence that says what the command does. */
  summary: string;
  /** By name, without the two dashes. */
  options?: O;
  /** The positional arguments: `<tag>`, `[file...]`. */
  words?: string;
}

/** `{ port: { value: '<port>', read: Number }, json: {} }` becomes `{ port?: number; json?: true }`. */
type Values<O extends Record<string, OptionUsage>> = {
  [K in keyof O]?: O[K] extends { read(text: string): infer T }
    ? T
    : O[K] extends { value: string }
      ? string
      : true;
};

/**
 * Reads the arguments of this process.
 *
 * @example
 * const { values } = readCommandLine({
 *   command: 'npm run generate',
 *   summary: 'Writes generated/.',
 *   options: { check: { help: 'only tell whether it is up to date' } },
 * });
 * if (values.check) …
 */
export function readCommandLine<const O extends Record<string, OptionUsage>>(
  usage: Usage<O>,
): { values: Values<O>; words: string[] } {
  const program = describe(usage).parse();
  const values: Values<O> = {};
  for (const name of Object.keys(usage.options ?? {}) as (keyof O & string)[]) {
    values[name] = program.getOptionValue(new Option(`--${name}`).attributeName());
  }
  return { values, words: program.args };
}

/** Ends the process with 2 because of a mistake on its command line. */
export function refuse(usage: Usage, problem: string): never {
  return describe(usage).error(`error: ${problem}`);
}

function describe({ command, summary, options = {}, words }: Usage): Command {
  // npm passes on what follows two dashes.
  const name = command.startsWith('npm ') ? `${command} --` : command;
  const program = new Command(name)
    .description(summary)
    .showHelpAfterError(`See: ${name} --help`)
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2));
  for (const [option, { value, help, read }] of Object.entries(options)) {
    const described = new Option(`--${option}${value ? ` ${value}` : ''}`, help);
    program.addOption(read ? described.argParser(read) : described);
  }
  return words ? program.argument(words) : program;
}

/** A `read` for one of these words: `oneOf('low', 'high')`. */
export function oneOf<const T extends string>(...known: readonly T[]): (text: string) => T {
  return (text) => {
    const found = known.find((word) => word === text);
    if (found !== undefined) return found;
    throw new InvalidArgumentError(`It takes ${known.slice(0, -1).join(', ')} or ${known.at(-1)}.`);
  };
}
