/** `training-catalog verify` */
import { appendFile, writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import type { Progress, Report } from '../verify/index.ts';
import { addKeyOptions, type KeyOptions, readHeaders } from './connect.ts';
import { explain, hintForAddress, keyHint } from './errors.ts';
import { CommandError, type ExitCode, type Io } from './io.ts';
import { wholeNumber } from './numbers.ts';
import { printable, printableJson } from './printable.ts';

interface Options extends KeyOptions {
  strict?: boolean;
  unsafe?: boolean;
  wait?: number;
  timeout?: number;
  allowInconclusive?: boolean;
  verbose?: boolean;
  json?: boolean;
  junit?: string;
}

const exitCodes = { passed: 0, failed: 1, inconclusive: 3, 'could-not-run': 3 } as const satisfies Record<
  Report['outcome'],
  ExitCode
>;

export function addVerify(program: Command, io: Io): void {
  const seconds = wholeNumber(1, 3600);
  const command = program
    .command('verify')
    .description('check that a server keeps the contract; by default it only reads')
    .argument('<url>', 'where it is, with its path prefix')
    .option('--strict', 'fail on notes, too')
    .option('--unsafe', 'call what may change something on the server, too')
    .option('--wait <s>', 'how long the first answer may take; default: 30', seconds)
    .option('--timeout <s>', 'how long any other may take; default: 10', seconds)
    .option('--allow-inconclusive', 'exit 0 where some checks could not show anything')
    .option('--verbose', 'list the checks that were passed, too')
    .option('--json', 'print the report as JSON, and nothing else')
    .option('--junit <file>', 'also write the report as JUnit XML')
    .addHelpText('after', '\nExample:\n  training-catalog verify http://127.0.0.1:8000 --junit report.xml');
  addKeyOptions(command).action((url: string, options: Options) => verify(url, options, io));
}

async function verify(url: string, options: Options, io: Io): Promise<void> {
  const { strict, unsafe, allowInsecureHttp, junit, verbose, wait, timeout } = options;
  // An empty environment variable counts as not set. An empty option is a mistake, which the run reports.
  const apiKey = options.apiKey ?? (process.env['DREADNODE_API_KEY'] || undefined);
  const headers = readHeaders(options.header);
  const [{ toJUnit, toText, verifyServer }, { toAnnotations, toSummary }] = await Promise.all([
    import('../verify/index.ts'),
    import('../verify/github.ts'),
  ]);
  // A file that cannot be written is an error before the run, not after it.
  if (junit !== undefined) await save(2, `--junit ${junit}`, writeFile(junit, ''));

  const stop = new AbortController();
  void io.stopped().then(() => stop.abort());
  const report = await verifyServer(url, {
    ...{ apiKey, headers, strict, unsafe, allowInsecureHttp },
    waitMs: wait && wait * 1000,
    timeoutMs: timeout && timeout * 1000,
    signal: stop.signal,
    onProgress: tellProgress(io),
  });

  const { color, columns: width } = io;
  io.out(options.json ? printableJson(report) : toText(report, { color, width, verbose }));
  for (const hint of hintsFor(report, url)) io.err(hint);
  if (junit !== undefined) await save(4, `--junit ${junit}`, writeFile(junit, toJUnit(report)));
  const { GITHUB_ACTIONS: isGitHub, GITHUB_STEP_SUMMARY: summary } = process.env;
  if (isGitHub === 'true') {
    for (const line of toAnnotations(report)) io.err(printable(line));
    if (summary) await save(4, 'GITHUB_STEP_SUMMARY', appendFile(summary, toSummary(report)));
  }
  const isAccepted = report.outcome === 'inconclusive' && options.allowInconclusive;
  const exitCode = isAccepted ? 0 : exitCodes[report.outcome];
  if (exitCode !== 0) throw new CommandError(exitCode);
}

/** How long a run says nothing, in milliseconds: at first, and from then on. */
const silence = { first: 2000, later: 5000 };

/** Tells on standard error how far a run is, and at once what it waits for. */
function tellProgress(io: Io): (progress: Progress) => void {
  let next = performance.now() + silence.first;
  let told: string | undefined;
  return ({ calls, made, all, failed, waiting }) => {
    if (waiting !== undefined && waiting !== told) io.err(printable(waiting));
    told = waiting;
    if (waiting !== undefined || all === 0 || performance.now() < next) return;
    next = performance.now() + silence.later;
    io.err(`${made} of ${all} checks: ${failed} failed, ${calls} calls. Ctrl-C prints what was found.`);
  };
}

/** What to do about a run that could not start. */
function hintsFor({ code }: Report, url: string): string[] {
  if (code === 'address') return hintForAddress(url);
  if (code === 'insecure-http') return ['See --allow-insecure-http.'];
  return code === 'key' || code === 'key-wanted' ? [keyHint] : [];
}

async function save(exitCode: ExitCode, name: string, writing: Promise<void>): Promise<void> {
  try {
    await writing;
  } catch (error) {
    throw new CommandError(exitCode, `${name} cannot be written: ${explain(error).message}`);
  }
}
