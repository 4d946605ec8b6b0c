/** Reads where a server of ours is to listen. */
import { Refusal, type Values } from './command.ts';

/** The same for both servers, so that one can take the place of the other. */
const defaultPort = 4010;
const defaultHost = '127.0.0.1';

export const addressOptions = {
  port: { type: 'string', value: '<n>', help: `default: ${defaultPort}; 0 is any free one` },
  host: { type: 'string', value: '<address>', help: `default: ${defaultHost}` },
} as const;

/** @throws Refusal for what is no port */
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
  return { port: Number(port), host };
}
