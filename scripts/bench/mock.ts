/** Measures the time from the start of a process until the mock answers: `startMock()` against Prism's CLI. */
import { createRequire } from 'node:module';
import { contractPath } from '../contract/read.ts';
import { compare } from './measure.ts';
import { dist, type Server, startServer } from './processes.ts';
import { longRuns, type Suite } from './suite.ts';
import { timesBaseline } from './verdict.ts';

const prism = createRequire(import.meta.url).resolve('@stoplight/prism-cli');

const script = `
  import { startMock } from '${dist('mock.js')}';
  console.log((await startMock()).url);`;

export const run: Suite = async () => {
  const running = new Set<Server>();
  const ready = (args: string[]) => async () => running.add(await startServer(args));
  const rows = await compare(
    {
      'Prism CLI': ready([prism, 'mock', '--port', '0', contractPath]),
      'startMock()': ready(['--input-type=module', '-e', script]),
    },
    {
      calls: longRuns,
      warmUp: 1,
      afterEach: async () => {
        for (const server of running) await server.stop();
        running.clear();
      },
    },
  );
  return {
    goals: [timesBaseline('`startMock()` ready ÷ Prism CLI ready', rows, 'startMock()', 1)],
    details: { [`a mock that is ready, ${longRuns} processes each`]: rows },
  };
};
