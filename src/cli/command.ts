/** What a command of the terminal is made of. */
import type { ParseArgsConfig, parseArgs } from 'node:util';

/** The terminal, or what stands in for it. */
export interface Io {
  /** Prints to standard output and ends the line. */
  out(text: string): void;
  /** Prints to standard error and ends the line. */
  err(text: string): void;
  /** Whether standard output shows colours. */
  readonly color: boolean;
  /** How many columns the terminal has; undefined where there is none, and lines are of any length. */
  readonly columns?: number | undefined;
  /** Resolves when the user, or whoever started the process, wants it to end. */
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
  /** What the command takes beside options, as the help shows it, and how many of them. */
  readonly takes: { readonly text: string; readonly min: number; readonly max: number };
  readonly options: O;
  /** What follows `training-catalog` in a command worth trying. */
  readonly example: string;
  /**
   * Loads what only this command needs, and does it.
   *
   * @returns the exit code
   * @throws Refusal for what the user can mend
   */
  run(values: Values<O>, words: readonly string[], io: Io): Promise<ExitCode>;
}

/** 0 fine, 1 the answer is no or the call failed, 2 wrong usage, 3 `verify` could not be run, or left something open. */
export type ExitCode = 0 | 1 | 2 | 3;

/** Ties the type of a command's values to its options. */
export function command<const O extends Options>(definition: Command<O>): Command {
  return definition as unknown as Command;
}

/** Ends a command with a line for the person at the terminal, and maybe a second one with what to do. */
export class Refusal extends Error {
  readonly exitCode: ExitCode;
  readonly advice: string | undefined;

  constructor(exitCode: ExitCode, message: string, advice?: string) {
    super(message);
    this.exitCode = exitCode;
    this.advice = advice;
  }
}
