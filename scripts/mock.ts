/** Serves the contract by Prism until it is told to stop. */
import { parseArgs } from 'node:util';
import { startMock } from '../src/mock/index.ts';
import { fail } from './fail.ts';
import { exitWhenTold } from './stop.ts';

const usage = 'Usage: npm run mock -- [--port 4010] [--host 127.0.0.1] [--dynamic]';

function readOptions() {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '4010' },
      host: { type: 'string', default: '127.0.0.1' },
      dynamic: { type: 'boolean', default: false },
    },
  });
  const port = /^\d{1,5}$/.test(values.port) ? Number(values.port) : Number.NaN;
  if (!(port <= 65_535))
    throw new Error(`--port must be a whole number from 0 to 65535, not '${values.port}'.`);
  return { ...values, port };
}

let options: ReturnType<typeof readOptions>;
try {
  options = readOptions();
} catch (error) {
  fail(error, 2, usage);
}

exitWhenTold();

const mock = await startMock({ ...options, log: console.log }).catch((error) => fail(error, 1));
console.log(`Prism mocks the contract at ${mock.url}, press Ctrl-C to stop.`);
