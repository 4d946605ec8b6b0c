/** What commands print to, and how one ends other than well. */

/** The terminal, or what stands in for it. */
export interface Io {
  /** Prints to standard output and ends the line. */
  out(text: string): void;
  /** Prints to standard error and ends the line. Such lines are not wrapped, so that a log has each problem on one line. */
  err(text: string): void;
  /** Whether standard output shows colours. */
  readonly color: boolean;
  /** How many columns standard output has. Undefined where it is no terminal or does not know: nothing is wrapped then. */
  readonly columns?: number | undefined;
  /** Resolves when the process is told to end. */
  stopped(): Promise<void>;
}

/**
 * 0 fine, 1 the answer is no or the call failed, 2 wrong usage, 3 `verify` could not ask or not show everything, 4 what
 * was to be printed or saved could not be written.
 */
export type ExitCode = 0 | 1 | 2 | 3 | 4;

/** Ends a command with another code than 0. Each line goes to standard error: the first says what is wrong. */
export class CommandError extends Error {
  readonly exitCode: ExitCode;
  readonly lines: readonly string[];

  constructor(exitCode: ExitCode, ...lines: string[]) {
    super(lines.join(' '));
    this.exitCode = exitCode;
    this.lines = lines;
  }
}
