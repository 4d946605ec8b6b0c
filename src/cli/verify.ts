/** `training-catalog verify` */
import type { Report } from '../verify/index.ts';
import { CommandError, command } from './command.ts';
import { connectionOptions, hintForAddress, inTerminalWords, keyHint, readHeaders } from './connect.ts';
import { printableJson } from './printable.ts';

const exitCodes = { passed: 0, failed: 1, inconclusive: 3, 'could-not-run': 3 } as const satisfies Record<
  Report['outcome'],
  number
>;

export const verify = command({
  summary: 'check that a server keeps the contract; by default it only reads',
  takes: { text: '<url>', min: 1, max: 1 },
  options: {
    strict: { type: 'boolean', help: 'fail on advice too, where the contract is silent' },
    unsafe: { type: 'boolean', help: 'call what may change something on the server, too' },
    'allow-inconclusive': { type: 'boolean', help: 'exit 0 where some checks could not show anything' },
    json: { type: 'boolean', help: 'print the report as JSON, and nothing else' },
    junit: { type: 'string', value: '<file>', help: 'also write the report as JUnit XML' },
    'api-key': connectionOptions['api-key'],
    header: connectionOptions.header,
    'allow-insecure-http': connectionOptions['allow-insecure-http'],
  },
  example: 'verify http://127.0.0.1:8000 --junit report.xml',

  async run(values, [url = ''], io) {
    // An empty environment variable counts as not set. An empty option is a mistake, which the run reports.
    const apiKey = values['api-key'] ?? (process.env['DREADNODE_API_KEY'] || undefined);
    const headers = readHeaders(values.header);
    const { toJUnit, toText, verifyServer } = await import('../verify/index.ts');
    // A file that cannot be written is an error before the run, not after it.
    if (values.junit !== undefined) await write(values.junit, '');
    const found = await verifyServer(url, {
      apiKey,
      headers,
      strict: values.strict,
      unsafe: values.unsafe,
      allowInsecureHttp: values['allow-insecure-http'],
    });
    const { reason } = found;
    const report: Report = reason === undefined ? found : { ...found, reason: inTerminalWords(reason) };
    if (values.junit !== undefined) await write(values.junit, toJUnit(report));
    io.out(values.json ? printableJson(report) : toText(report, { color: io.color, width: io.columns }));
    const hint = hintFor(report, url, apiKey === undefined);
    if (hint) io.err(hint);
    const isAccepted = report.outcome === 'inconclusive' && values['allow-inconclusive'];
    return isAccepted ? 0 : exitCodes[report.outcome];
  },
});

/** What to do about a run that could not be started, in terms of the command line. */
function hintFor({ outcome, reason }: Report, url: string, isKeyless: boolean): string | undefined {
  if (outcome !== 'could-not-run') return undefined;
  return isKeyless && reason?.includes('wants a key') ? keyHint : hintForAddress(url);
}

async function write(file: string, text: string): Promise<void> {
  const { writeFile } = await import('node:fs/promises');
  try {
    await writeFile(file, text);
  } catch (error) {
    throw new CommandError(2, `--junit ${file} cannot be written: ${(error as Error).message}`);
  }
}
