/** `training-catalog verify` */
import type { Report } from '../verify/index.ts';
import { command, Refusal } from './command.ts';
import { adviseAddress, connectionOptions, giveKey, inTerminalWords, readHeaders } from './connect.ts';
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
    // An empty variable in the environment is one that is not set; an empty flag is a mistake to be told.
    const apiKey = values['api-key'] ?? (process.env['DREADNODE_API_KEY'] || undefined);
    const headers = readHeaders(values.header);
    const { toJUnit, toText, verifyServer } = await import('../verify/index.ts');
    // Before the run, so that nobody waits for a report that is then lost.
    if (values.junit !== undefined) await write(values.junit, '');
    const { reason, ...rest } = await verifyServer(url, {
      ...{ apiKey, strict: values.strict, unsafe: values.unsafe, headers },
      allowInsecureHttp: values['allow-insecure-http'],
    });
    const report: Report = { ...rest, ...(reason !== undefined && { reason: inTerminalWords(reason) }) };
    if (values.junit !== undefined) await write(values.junit, toJUnit(report));
    io.out(values.json ? printableJson(report) : toText(report, { color: io.color, width: io.columns }));
    const advice = advise(report, url, apiKey === undefined);
    if (advice) io.err(advice);
    const isAccepted = report.outcome === 'inconclusive' && values['allow-inconclusive'];
    return isAccepted ? 0 : exitCodes[report.outcome];
  },
});

/** What to do next, where the report itself can't say it: it knows no command line. */
function advise({ outcome, reason }: Report, url: string, isKeyless: boolean): string | undefined {
  if (outcome !== 'could-not-run') return undefined;
  return isKeyless && reason?.includes('wants a key') ? giveKey : adviseAddress(url);
}

async function write(file: string, text: string): Promise<void> {
  const { writeFile } = await import('node:fs/promises');
  try {
    await writeFile(file, text);
  } catch (error) {
    throw new Refusal(2, `--junit ${file} cannot be written: ${(error as Error).message}`);
  }
}
