/** Runs command lines in this process, against servers on free ports, and keeps what is printed. */
import { onTestFinished, vi } from 'vitest';
import type { Io } from '../../src/cli/io.ts';
import { run } from '../../src/cli/run.ts';
import {
  type CatalogHandler,
  type CatalogHandlerOptions,
  createCatalogHandler,
} from '../../src/server/index.ts';
import { listen } from '../../src/server/node.ts';
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
    stopped: () => new Promise(() => {}),
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

/** An address where nobody answers any more. */
export async function deserted(): Promise<string> {
  const server = await listen(createCatalogHandler());
  await server.close();
  return server.url;
}
