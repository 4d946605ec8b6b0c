/** Measures the time from the start of a process until the mock answers: `startMock()` beside Prism's command. */
import path from 'node:path';
import { contractPath, root } from '../contract/read.ts';
import { type Benchmark, compare } from './measure.ts';
import { buildModules } from './package.ts';
import { type Server, startServer } from './processes.ts';

const prism = path.join(root, 'node_modules/@stoplight/prism-cli/dist/index.js');

export const run: Benchmark = async (folder) => {
  const moduleUrl = await buildModules(folder, { mock: 'src/mock/index.ts' });
  const script = `
    import { startMock } from '${moduleUrl('mock')}';
    console.log((await startMock()).url);`;
  const running = new Set<Server>();
  const ready = (args: string[]) => async () => running.add(await startServer(args));
  const { times } = await compare(
    {
      "Prism's command": ready([prism, 'mock', '--port', '0', contractPath]),
      'startMock()': ready(['--input-type=module', '-e', script]),
    },
    {
      rounds: 7,
      afterEach: async () => {
        for (const server of running) await server.stop();
        running.clear();
      },
    },
  );
  return { 'a mock that is ready, 7 processes each': times };
};
