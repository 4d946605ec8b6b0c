/** The options that say where a server listens. */
import { CommandError, type Values } from './command.ts';

/** Both servers have the same, so that one can replace the other. */
const defaultPort = 4010;
const defaultHost = '127.0.0.1';

export const addressOptions = {
  port: { type: 'string', value: '<n>', help: `default: ${defaultPort}; 0 is any free one` },
  host: { type: 'string', value: '<address>', help: `default: ${defaultHost}` },
} as const;

/** @throws CommandError for an invalid port, and for an empty host, which would be all interfaces of the machine */
export function readAddress(values: Values<typeof addressOptions>): { port: number; host: string } {
  const { port = String(defaultPort), host = defaultHost } = values;
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    throw new CommandError(2, `--port must be a whole number from 0 to 65535, not '${port}'.`);
  }
  if (host.trim() === '') {
    throw new CommandError(2, '--host must be an address of this machine, such as 127.0.0.1.');
  }
  return { port: Number(port), host };
}
