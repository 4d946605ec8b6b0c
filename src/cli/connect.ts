/** Makes the client of the commands from their options. */
import type { Command } from 'commander';
import { serverUrl } from '../../generated/info.ts';
import { createTrainingCatalogClient, isCatalogError, type TrainingCatalogClient } from '../index.ts';
import { explainUsage } from './errors.ts';
import { CommandError, type Io } from './io.ts';

export interface KeyOptions {
  apiKey?: string;
  header?: string[];
  allowInsecureHttp?: boolean;
}

export interface ConnectionOptions extends KeyOptions {
  server?: string;
}

/** The options of every command that sends a key. */
export function addKeyOptions(command: Command): Command {
  return command
    .option('--api-key <key>', 'default: DREADNODE_API_KEY')
    .option('--header <header>', "'Name: value', sent as well; may be repeated", collect)
    .option('--allow-insecure-http', 'send the key over plain http to another machine');
}

const collect = (text: string, earlier: string[] = []): string[] => [...earlier, text];

export function addConnectionOptions(command: Command): Command {
  return addKeyOptions(command.option('--server <url>', `default: DREADNODE_SERVER, or ${serverUrl}`));
}

/** A back-off of this many milliseconds or more is announced. */
const longWaitMs = 2000;

/** @throws CommandError for a bad address, key or header */
export function connect(options: ConnectionOptions, io: Io): TrainingCatalogClient {
  const headers = readHeaders(options.header);
  try {
    return createTrainingCatalogClient({
      baseUrl: options.server,
      apiKey: options.apiKey,
      headers,
      allowInsecureHttp: options.allowInsecureHttp,
      onAttempt({ status, delayMs = 0 }) {
        if (delayMs < longWaitMs) return;
        const problem = status ? `Status ${status}` : 'No answer';
        io.err(`${problem}: trying again in ${Math.ceil(delayMs / 1000)} s.`);
      },
    });
  } catch (error) {
    if (isCatalogError(error, 'usage')) throw explainUsage(error, options);
    throw error;
  }
}

/**
 * Reads the headers of `--header`.
 *
 * @throws CommandError that does not show the header, which may be a secret
 */
export function readHeaders(given: readonly string[] = []): [name: string, value: string][] {
  return given.map((text) => {
    const colon = text.indexOf(':');
    if (colon > 0) return [text.slice(0, colon).trim(), text.slice(colon + 1).trim()];
    throw new CommandError(2, "--header takes a name and a value with a colon between: 'Name: value'.");
  });
}
