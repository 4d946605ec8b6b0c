/** `training-catalog mock` */
import type { Command } from 'commander';
import type { Io } from './io.ts';
import { printable } from './printable.ts';
import { type AddressOptions, addAddressOptions } from './serve.ts';

interface Options extends AddressOptions {
  dynamic?: boolean;
}

export function addMock(program: Command, io: Io): void {
  const command = program
    .command('mock')
    .description("serve the contract's examples by Prism")
    .option('--dynamic', 'answer with random bodies that fit the contract')
    .addHelpText('after', '\nExample:\n  training-catalog mock --dynamic');
  addAddressOptions(command, 4011).action(async (options: Options) => {
    const { startMock } = await import('../mock/index.ts');
    const server = await startMock({ ...options, log: (line) => io.out(printable(line)) });
    const stopped = io.stopped();
    io.out(`Prism mocks the contract at ${server.url}, press Ctrl-C to stop.`);
    await stopped;
    await server.close();
  });
}
