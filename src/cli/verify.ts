/** `training-catalog verify` */
import type { Report } from '../verify/index.ts';
import { command, Refusal } from './command.ts';
import { connectionOptions, giveKey } from './connect.ts';
import { printableJson } from './printable.ts';

const exitCodes = { passed: 0, failed: 1, inconclusive: 3, 'could-not-run': 3 } as const satisfies Record<
  Report['outcome'],
  number
>;

export const verify = command({
  summary: 'check that a server keeps the contract; it only reads',
  takes: { text: '<url>', min: 1, max: 1 },
  options: {
    strict: { type: 'boolean', help: 'fail on advice too, where the contract is silent' },
    json: { type: 'boolean', help: 'print the report as JSON, and nothing else' },
    junit: { type: 'string', value: '<file>', help: 'also write the report as JUnit XML' },
    'api-key': connectionOptions['api-key'],
  },
  example: 'verify http://127.0.0.1:8000 --junit report.xml',

  async run(values, [url = ''], io) {
    // An empty variable in the environment is one that is not set; an empty flag is a mistake to be told.
    const apiKey = values['api-key'] ?? (process.env['DREADNODE_API_KEY'] || undefined);
    const { toJUnit, toText, verifyServer } = await import('../verify/index.ts');
    // Before the run, so that nobody waits for a report that is then lost.
    if (values.junit !== undefined) await write(values.junit, '');
    const report = await verifyServer(url, { apiKey, strict: values.strict });
    if (values.junit !== undefined) await write(values.junit, toJUnit(report));
    io.out(values.json ? printableJson(report) : toText(report, { color: io.color }));
    if (
      report.outcome === 'could-not-run' &&
      apiKey === undefined &&
      report.reason?.includes('wants a key')
    ) {
      io.err(giveKey);
    }
    return exitCodes[report.outcome];
  },
});

async function write(file: string, text: string): Promise<void> {
  const { writeFile } = await import('node:fs/promises');
  try {
    await writeFile(file, text);
  } catch (error) {
    throw new Refusal(2, `--junit ${file} cannot be written: ${(error as Error).message}`);
  }
}
