/** Ends a script with a short message on stderr in place of a stack trace. */

/** Prints the first line of the reason, then the advice. */
export function fail(error: unknown, exitCode: number, ...advice: string[]): never {
  const reason = error instanceof Error ? error.message.split('\n', 1)[0] : error;
  console.error([reason, ...advice].join('\n'));
  process.exit(exitCode);
}
