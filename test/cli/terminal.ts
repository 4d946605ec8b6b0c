/** Runs command lines in this process, against servers on free ports, and keeps what is printed. */
import { onTestFinished, vi } from 'vitest';
import type { Io } from '../../src/cli/command.ts';
import { run } from '../../src/cli/run.ts';
import {
  type CatalogHandler,
  type CatalogHandlerOptions,
  createCatalogHandler,
} from '../../src/server/index.ts';
import { listen } from '../../src/server/node.ts';
import { catalogPath, errorResponses, limit, serverUrl, version } from '../contract/from-yaml.ts';
import { models } from './models.ts';

/** Long and odd enough to be found wherever it is printed. */
export const secret = 'dn_key_SECRET123';

export interface Printed {
  exitCode: number;
  out: string;
  err: string;
}

/** Runs a command line as a shell has split it. */
export async function type(args: readonly string[], io: Partial<Io> = {}): Promise<Printed> {
  const out: string[] = [];
  const err: string[] = [];
  const exitCode = await run(args, {
    out: (text) => void out.push(`${text}\n`),
    err: (text) => void err.push(`${text}\n`),
    color: false,
    // A check runs to its end; a server in the foreground ends at once.
    stopped: () => (args[0] === 'verify' ? new Promise(() => {}) : Promise.resolve()),
    ...io,
  });
  return { exitCode, out: out.join(''), err: err.join('') };
}

/** Serves until the test is over, and puts the address and a key where the commands look for them. */
export async function serve(handler: CatalogHandler): Promise<string> {
  const server = await listen(handler);
  vi.stubEnv('DREADNODE_SERVER', server.url);
  vi.stubEnv('DREADNODE_API_KEY', secret);
  onTestFinished(async () => {
    vi.unstubAllEnvs();
    await server.close();
  });
  return server.url;
}

/** @param options - The models are those of `models.ts` unless said otherwise. */
export const serveCatalog = (options?: CatalogHandlerOptions): Promise<string> =>
  serve(createCatalogHandler({ models, ...options }));

/** What is printed, with what the contract says and a test does not ask for put as words. */
export function steady(printed: string): string {
  const words: [told: string, word: string][] = [
    [`${limit.minimum} to ${limit.maximum}; default: ${limit.default}`, 'MIN to MAX; default: DEFAULT'],
    [`below ${limit.minimum} or above ${limit.maximum}`, 'below MIN or above MAX'],
    [`limit=${limit.maximum}`, 'limit=MAX'],
    [serverUrl, 'SERVER'],
    [catalogPath, '/CATALOG'],
    [`training-catalog ${version}`, 'training-catalog VERSION'],
    [`contract ${version}`, 'contract VERSION'],
    ...errorResponses.map(({ status, advice }): [string, string] => [advice, `ADVICE ON ${status}`]),
  ];
  return words.reduce((text, [told, word]) => text.replaceAll(told, word), printed);
}

/** An address where nobody answers any more. */
export async function deserted(): Promise<string> {
  const server = await listen(createCatalogHandler());
  await server.close();
  return server.url;
}
