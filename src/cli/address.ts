/** Reads where a server of ours is to listen. */
import { Refusal, type Values } from './command.ts';

/** The same for both servers, so that one can take the place of the other. */
const defaultPort = 4010;
const defaultHost = '127.0.0.1';

export const addressOptions = {
  port: { type: 'string', value: '<n>', help: `default: ${defaultPort}; 0 is any free one` },
  host: { type: 'string', value: '<address>', help: `default: ${defaultHost}` },
} as const;

/** @throws Refusal for what is no port, and for no host, which would be all interfaces of the machine */
export function readAddress({
  port = String(defaultPort),
  host = defaultHost,
}: Values<typeof addressOptions>): {
  port: number;
  host: string;
} {
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    throw new Refusal(2, `--port must be a whole number from 0 to 65535, not '${port}'.`);
  }
  if (host.trim() === '') {
    throw new Refusal(2, '--host must be an address of this machine, such as 127.0.0.1.');
  }
  return { port: Number(port), host };
}
