/** `training-catalog verify` */
import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import type { Report } from '../verify/index.ts';
import { addKeyOptions, type KeyOptions, readHeaders } from './connect.ts';
import { explain, hintForAddress, insecure, keyHint } from './errors.ts';
import { CommandError, type ExitCode, type Io } from './io.ts';
import { printableJson } from './printable.ts';

interface Options extends KeyOptions {
  strict?: boolean;
  unsafe?: boolean;
  allowInconclusive?: boolean;
  json?: boolean;
  junit?: string;
}

const exitCodes = { passed: 0, failed: 1, inconclusive: 3, 'could-not-run': 3 } as const satisfies Record<
  Report['outcome'],
  ExitCode
>;

export function addVerify(program: Command, io: Io): void {
  const command = program
    .command('verify')
    .description('check that a server keeps the contract; by default it only reads')
    .argument('<url>', 'where it is, with its path prefix')
    .option('--strict', 'fail on advice too, where the contract is silent')
    .option('--unsafe', 'call what may change something on the server, too')
    .option('--allow-inconclusive', 'exit 0 where some checks could not show anything')
    .option('--json', 'print the report as JSON, and nothing else')
    .option('--junit <file>', 'also write the report as JUnit XML')
    .addHelpText('after', '\nExample:\n  training-catalog verify http://127.0.0.1:8000 --junit report.xml');
  addKeyOptions(command).action((url: string, options: Options) => verify(url, options, io));
}

async function verify(url: string, options: Options, io: Io): Promise<void> {
  const { strict, unsafe, allowInsecureHttp, junit } = options;
  // An empty environment variable counts as not set. An empty option is a mistake, which the run reports.
  const apiKey = options.apiKey ?? (process.env['DREADNODE_API_KEY'] || undefined);
  const headers = readHeaders(options.header);
  const { toJUnit, toText, verifyServer } = await import('../verify/index.ts');
  // A file that cannot be written is an error before the run, not after it.
  if (junit !== undefined) await write(junit, '', 2);
  const report = await verifyServer(url, { apiKey, headers, strict, unsafe, allowInsecureHttp });
  io.out(
    options.json ? printableJson(report) : toText(report, { color: io.color, width: io.columns ?? Infinity }),
  );
  for (const hint of hintsFor(report, url)) io.err(hint);
  if (junit !== undefined) await write(junit, toJUnit(report), 4);
  const isAccepted = report.outcome === 'inconclusive' && options.allowInconclusive;
  const exitCode = isAccepted ? 0 : exitCodes[report.outcome];
  if (exitCode !== 0) throw new CommandError(exitCode);
}

/** What to do about a run that could not start. */
function hintsFor({ code }: Report, url: string): string[] {
  if (code === 'address') return hintForAddress(url);
  if (code === 'insecure-http') return [insecure];
  return code === 'key' || code === 'key-wanted' || code === 'key-refused' ? [keyHint] : [];
}

async function write(file: string, text: string, exitCode: ExitCode): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (error) {
    throw new CommandError(exitCode, `--junit ${file} cannot be written: ${explain(error).message}`);
  }
}
