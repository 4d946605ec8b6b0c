/** The shape of a command, and how one fails. */
import type { ParseArgsConfig, parseArgs } from 'node:util';

/** The terminal, or what stands in for it. */
export interface Io {
  /** Prints to standard output and ends the line. */
  out(text: string): void;
  /** Prints to standard error and ends the line. */
  err(text: string): void;
  /** Whether standard output shows colours. */
  readonly color: boolean;
  /** How many columns the terminal has. Undefined where the output is no terminal: lines are not wrapped then. */
  readonly columns?: number | undefined;
  /** Resolves when the process is told to end. */
  stopped(): Promise<void>;
}

/** An option as `parseArgs` reads it and as the help shows it. */
interface Option {
  readonly type: 'string' | 'boolean';
  readonly short?: string;
  /** Whether it may be given several times. */
  readonly multiple?: boolean;
  /** What stands for the value in the help: `<url>`. */
  readonly value?: string;
  readonly help: string;
}

/** Options by the name that follows the two dashes. */
export type Options = Readonly<Record<string, Option>>;

/** `{ limit: { type: 'string' }, all: { type: 'boolean' } }` becomes `{ limit?: string; all?: boolean }`. */
export type Values<O extends Options> = ReturnType<
  typeof parseArgs<{ options: O & NonNullable<ParseArgsConfig['options']> }>
>['values'];

export interface Command<O extends Options = Options> {
  /** One line for the list of commands. */
  readonly summary: string;
  /** The arguments beside options: as the help shows them, and how many there may be. */
  readonly takes: { readonly text: string; readonly min: number; readonly max: number };
  readonly options: O;
  /** For the help: a command line without `training-catalog`. */
  readonly example: string;
  /**
   * Runs the command. It imports what only this command needs.
   *
   * @throws CommandError for what the user can correct
   */
  run(values: Values<O>, positionals: readonly string[], io: Io): Promise<ExitCode>;
}

/**
 * 0 fine, 1 the answer is no or the call failed, 2 wrong usage, 3 `verify` could not run or not show everything, 4 what
 * was to be printed or saved could not be written.
 */
export type ExitCode = 0 | 1 | 2 | 3 | 4;

/** Defines a command; the type of its values follows from its options. */
export function command<const O extends Options>(definition: Command<O>): Command {
  return definition as unknown as Command;
}

/** Ends a command with a line on standard error. A second line, the hint, says what to do. */
export class CommandError extends Error {
  readonly exitCode: ExitCode;
  readonly hint: string | undefined;

  constructor(exitCode: ExitCode, message: string, hint?: string) {
    super(message);
    this.exitCode = exitCode;
    this.hint = hint;
  }
}
