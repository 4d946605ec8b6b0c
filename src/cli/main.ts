#!/usr/bin/env node
/** The `training-catalog` program: runs the command line of this process. */
import { run } from './run.ts';
import { stopped } from './stop.ts';

const { stdout, stderr, env } = process;

for (const stream of [stdout, stderr]) {
  // EPIPE is no failure: the reader has closed the pipe, as `| head -1` does.
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') process.exitCode = 1;
  });
}

run(process.argv.slice(2), {
  out: (text) => void stdout.write(`${text}\n`),
  err: (text) => void stderr.write(`${text}\n`),
  color: stdout.isTTY && !env['NO_COLOR'] && stdout.hasColors(),
  columns: stdout.isTTY ? stdout.columns : undefined,
  stopped,
}).then((exitCode) => {
  process.exitCode ||= exitCode;
});
