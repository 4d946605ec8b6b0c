/** `training-catalog verify` */
import { CommandError, command } from './command.ts';
import { connectionOptions, hintForAddress, keyHint, readHeaders } from './connect.ts';

export const verify = command({
  summary: 'check that a server keeps the contract; by default it only reads',
  takes: { text: '<url>', min: 1, max: 1 },
  options: {
    wait: { type: 'string', value: '<s>', help: 'how long the first answer may take to come; default: 30' },
    timeout: { type: 'string', value: '<s>', help: 'how long any other may take; default: 10' },
    verbose: { type: 'boolean', help: 'list what was passed, too' },
    strict: { type: 'boolean', help: 'fail on notes, too' },
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
    const { runVerify } = await import('./verify-run.ts');
    const options = {
      apiKey: values['api-key'],
      headers: readHeaders(values.header),
      waitMs: readSeconds(values.wait, '--wait', 0),
      timeoutMs: readSeconds(values.timeout, '--timeout', 1),
      strict: values.strict,
      unsafe: values.unsafe,
      allowInsecureHttp: values['allow-insecure-http'],
      allowInconclusive: values['allow-inconclusive'],
      json: values.json,
      junit: values.junit,
      verbose: values.verbose,
    };
    const { exitCode, report } = await runVerify(url, options, io);
    const isKeyless = options.apiKey === undefined && !process.env['DREADNODE_API_KEY'];
    const hint = report?.code === 'address' ? hintForAddress(url) : undefined;
    if (hint) io.err(hint);
    if (report?.code === 'key-wanted' && isKeyless) io.err(keyHint);
    return exitCode;
  },
});

/** A number of seconds in milliseconds. */
function readSeconds(text: string | undefined, name: string, leastMs: number): number | undefined {
  if (text === undefined) return undefined;
  const ms = Math.round(Number(text) * 1_000);
  if (/^\d+(\.\d+)?$/.test(text) && ms >= leastMs && ms < 2 ** 31) return ms;
  throw new CommandError(2, `${name} must be a number of seconds, such as 30, not '${text}'.`);
}
