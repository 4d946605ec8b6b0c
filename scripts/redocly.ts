/** Runs Redocly's command line, with nothing sent home. */
import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';

const cli = createRequire(import.meta.url).resolve('@redocly/cli/bin/cli.js');

/** Switches off what Redocly sends home, and its notices of updates. */
export const quiet = { REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };

/** @throws if it fails, with what it printed */
export async function redocly(args: string[], cwd: string): Promise<void> {
  await promisify(execFile)(process.execPath, [cli, ...args], {
    cwd,
    env: { ...process.env, ...quiet },
  });
}
