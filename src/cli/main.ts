#!/usr/bin/env node
/** The `training-catalog` program: runs the command line of this process. */
import { run } from './run.ts';
import { stopped } from './stop.ts';

const { stdout, stderr, env } = process;

for (const stream of [stdout, stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // The reader has closed the pipe, as `| head -1` does: it has all that it wants.
    if (error.code === 'EPIPE' || process.exitCode === 4) return;
    process.exitCode = 4;
    if (stream === stdout) stderr.write(`error: The output could not be written: ${error.message}\n`);
  });
}

run(process.argv.slice(2), {
  out: (text) => void stdout.write(`${text}\n`),
  err: (text) => void stderr.write(`${text}\n`),
  color: stdout.isTTY && !env['NO_COLOR'] && stdout.hasColors(),
  // A terminal that does not know its width says 0.
  columns: (stdout.isTTY && stdout.columns) || undefined,
  stopped,
}).then((exitCode) => {
  process.exitCode ??= exitCode;
});
