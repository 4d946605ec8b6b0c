/** Hears when a server in the foreground is to end. */

/** How often to look whether npm is still there, in milliseconds. */
const lookMs = 250;

/**
 * Resolves on SIGINT or SIGTERM. Without a handler of its own a process that is the first in its container
 * does not hear them at all.
 */
export function stopped(): Promise<void> {
  return new Promise((resolve) => {
    // Not `once`: Ctrl-C arrives twice under npm, which passes on what the terminal has sent already.
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => resolve());
    if (process.env['npm_lifecycle_event'] === undefined) return;
    // npm passes a signal to the shell between us, which dies of it and tells nobody.
    const shell = process.ppid;
    const timer = setInterval(() => {
      if (process.ppid === shell) return;
      clearInterval(timer);
      resolve();
    }, lookMs);
    timer.unref();
  });
}
