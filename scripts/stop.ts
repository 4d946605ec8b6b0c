/** Ends a script that serves until it is told to stop. */

/** Without handlers a process that is the first in its container does not hear the signals at all. */
export function exitWhenTold(): void {
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(0));
  if (process.env['npm_lifecycle_event'] === undefined) return;
  // npm passes a signal to the shell between us, which dies of it and tells nobody.
  const shell = process.ppid;
  setInterval(() => {
    if (process.ppid !== shell) process.exit(0);
  }, 250).unref();
}
