/** `training-catalog mock` */
import { addressOptions, readAddress } from './address.ts';
import { command } from './command.ts';
import { printable } from './printable.ts';

export const mock = command({
  summary: "serve the contract's examples by Prism",
  takes: { text: '', min: 0, max: 0 },
  options: {
    dynamic: { type: 'boolean', help: 'answer with random bodies that fit the contract' },
    ...addressOptions,
  },
  example: 'mock --dynamic --port 4010',

  async run({ dynamic, ...values }, _positionals, io) {
    const address = readAddress(values);
    const { startMock } = await import('../mock/index.ts');
    const server = await startMock({ ...address, dynamic, log: (line) => io.out(printable(line)) });
    const stopped = io.stopped();
    io.out(`Prism mocks the contract at ${server.url}, press Ctrl-C to stop.`);
    await stopped;
    await server.close();
    return 0;
  },
});
