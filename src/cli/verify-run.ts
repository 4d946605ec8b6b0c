/** What `training-catalog verify` does: runs the checks, tells how far they are, and prints or saves the report. */
import { appendFile, writeFile } from 'node:fs/promises';
import { toAnnotations, toSummary } from '../verify/github.ts';
import {
  type Progress,
  type Report,
  toJUnit,
  toText,
  type VerifyOptions,
  verifyServer,
} from '../verify/index.ts';
import type { ExitCode, Io } from './command.ts';
import { printableJson } from './printable.ts';

export interface VerifyRunOptions extends Omit<VerifyOptions, 'fetch' | 'signal' | 'onProgress'> {
  allowInconclusive?: boolean | undefined;
  json?: boolean | undefined;
  /** The file to write JUnit XML to. */
  junit?: string | undefined;
  verbose?: boolean | undefined;
}

const exitCodes = { passed: 0, failed: 1, inconclusive: 3, 'could-not-run': 3 } as const satisfies Record<
  Report['outcome'],
  ExitCode
>;

/** What was to be written could not be. That says nothing of the server. */
const notWritten = 4;

const insecure = 'No key is sent over plain http to another machine; see --allow-insecure-http.';

/** @throws a `usage` error for headers that HTTP can't carry */
export async function runVerify(
  url: string,
  { allowInconclusive, json, junit, verbose, ...options }: VerifyRunOptions,
  io: Io,
): Promise<{ exitCode: ExitCode; report?: Report }> {
  // A file that cannot be written is an error before the run, not after it.
  if (junit !== undefined && !(await isWritten(writeFile(junit, ''), '--junit', io)))
    return { exitCode: notWritten };
  const controller = new AbortController();
  io.stopped().then(() => controller.abort());
  const progress = tellProgress(io);
  const found = await verifyServer(url, {
    ...options,
    // An empty environment variable counts as not set. An empty option is a mistake, which the run reports.
    apiKey: options.apiKey ?? (process.env['DREADNODE_API_KEY'] || undefined),
    signal: controller.signal,
    onProgress: progress.note,
  }).finally(progress.end);
  const report: Report = found.code === 'insecure-http' ? { ...found, reason: insecure } : found;

  io.out(json ? printableJson(report) : toText(report, { color: io.color, width: io.columns, verbose }));
  let isSaved = true;
  if (junit !== undefined) isSaved = await isWritten(writeFile(junit, toJUnit(report)), '--junit', io);
  if (process.env['GITHUB_ACTIONS'] === 'true') {
    // Not on standard output, which may be the report in a file.
    for (const line of toAnnotations(report)) io.err(line);
    const summary = process.env['GITHUB_STEP_SUMMARY'];
    if (summary && !(await isWritten(appendFile(summary, toSummary(report)), 'GITHUB_STEP_SUMMARY', io)))
      isSaved = false;
  }
  if (!isSaved) return { exitCode: notWritten, report };
  const isAccepted = report.outcome === 'inconclusive' && allowInconclusive;
  return { exitCode: isAccepted ? 0 : exitCodes[report.outcome], report };
}

async function isWritten(writing: Promise<void>, name: string, io: Io): Promise<boolean> {
  try {
    await writing;
    return true;
  } catch (error) {
    io.err(`${name} cannot be written: ${(error as Error).message}`);
    return false;
  }
}

/** When the first line of progress comes, and how often the others do, in milliseconds. */
const quietMs = 1_500;
const pauseMs = 5_000;

/** Tells on standard error how far a run is, once it takes long. What it waits for is told at once. */
function tellProgress(io: Io) {
  const start = Date.now();
  let next = start + quietMs;
  let nextWait = start;
  let latest: Progress = { calls: 0, made: 0, all: 0, failed: 0 };
  const tell = (text: string) => {
    next = Date.now() + pauseMs;
    io.err(text);
  };
  const timer = setInterval(() => {
    if (Date.now() < next) return;
    const { waiting, all, made, calls, failed } = latest;
    const seconds = Math.round((Date.now() - start) / 1_000);
    if (waiting) return;
    if (all === 0) tell(`No answer yet, after ${seconds} s.`);
    else
      tell(
        `${made} of ${all} checks in ${seconds} s: ${failed} failed, ${calls} calls. Ctrl-C prints what was found.`,
      );
  }, 250);
  return {
    note(progress: Progress) {
      latest = progress;
      if (progress.waiting === undefined || Date.now() < nextWait) return;
      nextWait = Date.now() + pauseMs;
      tell(progress.waiting);
    },
    end: () => clearInterval(timer),
  };
}
