/**
 * Watches the contract: on each save it lints, generates, restarts the mock and checks the types.
 *
 * All of it happens in this process, which stays warm. While the contract has problems the last good
 * mock keeps answering.
 */
import { watch } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { OpenAPI3 } from 'openapi-typescript';
import { type Mock, startMock } from '../src/mock/index.ts';
import { ContractError, contractPath, loadLintRules, readContract, root } from './contract/read.ts';
import { createTypeChecker } from './dev/type-check.ts';
import { findStale, generate, writeGenerated } from './generate.ts';

export interface DevOptions {
  contract: string;
  /** Where generated files go. */
  out: string;
  /** The project to type-check. */
  tsconfig: string;
  /** The mock's port, 0 for any free one; the first one had is kept. */
  port: number;
  print(text: string): void;
}

export interface Dev {
  close(): Promise<void>;
}

/** Editors write a file in several steps; one save is over when nothing happens for this long, in ms. */
const quietMs = 20;

/** Resolves when the first round is over. */
export async function startDev(options: DevOptions): Promise<Dev> {
  const rules = await loadLintRules();
  const checkTypes = createTypeChecker(options.tsconfig);
  let mock: Mock | undefined;
  let good: OpenAPI3 | undefined;
  let { port } = options;

  /** On the old port. Should the new document not do, the old one comes back. */
  async function restartMock(contract: OpenAPI3): Promise<void> {
    await mock?.close();
    mock = await startMock({ document: contract, port }).catch(async (error: unknown) => {
      if (good) mock = await startMock({ document: good, port });
      throw error;
    });
    good = contract;
    port = Number(new URL(mock.url).port);
  }

  async function round(): Promise<string> {
    const start = performance.now();
    const contract = await readContract(options.contract, { rules, frames: true });
    const files = await generate(contract);
    const stale = await findStale(files, options.out);
    if (stale.length > 0) await writeGenerated(files, options.out);
    const generatedAfter = performance.now() - start;
    if (stale.length > 0 || !mock) await restartMock(contract);
    const errors = checkTypes();
    if (errors)
      return `${errors}\nThe contract is fine, the code that uses it is not. The mock is on ${mock?.url}.`;
    const changed = stale.map((line) => line.split(' ')[0]).join(', ') || 'nothing';
    return `Fine: ${changed} changed, generated in ${Math.round(generatedAfter)} ms, types fit, mock on ${mock?.url}.`;
  }

  async function run(): Promise<void> {
    const report = await round().catch((error: unknown) => {
      const text =
        error instanceof Error && !(error instanceof ContractError)
          ? `${error.stack}`
          : String((error as Error).message);
      return mock ? `${text}\nThe mock on ${mock.url} still serves the contract as it was.` : text;
    });
    options.print(`${new Date().toTimeString().slice(0, 8)} ${report}`);
  }

  // Rounds follow each other; saves during one make one more.
  let timer: NodeJS.Timeout | undefined;
  let queue = run();
  const watcher = watch(path.dirname(options.contract), { recursive: true }, () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      queue = queue.then(run);
    }, quietMs);
  });
  await queue;
  return {
    async close() {
      watcher.close();
      clearTimeout(timer);
      await queue;
      await mock?.close();
    },
  };
}

if (process.argv[1] === import.meta.filename) {
  const { values } = parseArgs({ options: { port: { type: 'string', default: '4010' } } });
  const dev = await startDev({
    contract: contractPath,
    out: path.join(root, 'generated'),
    tsconfig: path.join(root, 'tsconfig.json'),
    port: Number(values.port),
    print: console.log,
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => dev.close());
}
