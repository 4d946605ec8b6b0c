/** Waits until a server in the foreground is told to end. */

/** How often to look whether the parent process still runs, in milliseconds. */
const pollMs = 250;

/**
 * Resolves on SIGINT or SIGTERM. Without these handlers, the first process of a container ignores both signals.
 */
export function stopped(): Promise<void> {
  return new Promise((resolve) => {
    // Not `once`: under npm, Ctrl-C arrives twice, from the terminal and from npm. The second would kill the process.
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => resolve());
    if (process.env['npm_lifecycle_event'] === undefined) return;
    // npm sends a signal to the shell that it runs us in. The shell ends and does not pass it on.
    const shell = process.ppid;
    const timer = setInterval(() => {
      if (process.ppid === shell) return;
      clearInterval(timer);
      resolve();
    }, pollMs);
    timer.unref();
  });
}
