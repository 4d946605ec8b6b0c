/**
 * Watches the contract: each save is linted, generated from, served by the mock and type-checked.
 *
 * All of it happens in one process, which keeps its modules and the compiler loaded. While the contract has
 * problems, the mock serves the last version without any.
 */
import path from 'node:path';
import { watch } from 'chokidar';
import type { OpenAPI3 } from 'openapi-typescript';
import { type Mock, startMock } from '../src/mock/index.ts';
import { port, readCommandLine } from './command-line.ts';
import { ContractError, contractPath, loadLintRules, readContract, root } from './contract/read.ts';
import { createTypeChecker } from './dev/type-check.ts';
import { findStale, generateAll, writeGenerated } from './generate.ts';

interface DevOptions {
  contract: string;
  /** Where generated files go. */
  out: string;
  /** The project to type-check. */
  tsconfig: string;
  /** The mock's port; 0 for any free one, which is kept from then on. */
  port: number;
  print(text: string): void;
}

export interface Dev {
  close(): Promise<void>;
}

/** Editors write a file in several steps. A save is over when nothing has changed for this time, in ms. */
const quietMs = 20;

/** Resolves after the first round. */
export async function startDev(options: DevOptions): Promise<Dev> {
  const rules = await loadLintRules();
  const checkTypes = createTypeChecker(options.tsconfig);
  let mock: Mock | undefined;
  let served: OpenAPI3 | undefined;
  let { port } = options;

  /** Keeps the port. If the mock refuses the new document, it serves the old one again. */
  async function restartMock(contract: OpenAPI3): Promise<void> {
    await mock?.close();
    mock = await startMock({ document: contract, port }).catch(async (error: unknown) => {
      if (served) mock = await startMock({ document: served, port });
      throw error;
    });
    served = contract;
    port = Number(new URL(mock.url).port);
  }

  async function round(): Promise<string> {
    const start = performance.now();
    const contract = await readContract(options.contract, { rules, frames: true });
    const files = await generateAll(contract, options.contract);
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
    const outcome = await round().catch((error: Error) => {
      const text = error instanceof ContractError ? error.message : error.stack;
      return mock ? `${text}\nThe mock on ${mock.url} still serves the contract as it was.` : text;
    });
    options.print(`${new Date().toTimeString().slice(0, 8)} ${outcome}`);
  }

  // Rounds run one after the other. Saves during a round cause one more.
  let timer: NodeJS.Timeout | undefined;
  let queue = run();
  const changed = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      queue = queue.then(run);
    }, quietMs);
  };
  const watcher = watchFolder(path.dirname(options.contract)).on('all', changed);
  watcher.on('error', (error) => options.print(`The contract is no longer watched: ${error}`));
  await Promise.all([queue, new Promise<void>((resolve) => watcher.once('ready', resolve))]);
  return {
    async close() {
      await watcher.close();
      clearTimeout(timer);
      await queue;
      await mock?.close();
    },
  };
}

/**
 * Editors and git replace a file, or its folder, by a new one, and a watcher of the old one is told of no more
 * changes. So the parent folder is watched, with everything else in it ignored.
 */
function watchFolder(folder: string) {
  const above = path.dirname(folder);
  const ignored = (name: string) => {
    const file = path.resolve(name);
    return file !== above && file !== folder && !file.startsWith(folder + path.sep);
  };
  return watch(above, { ignored, ignoreInitial: true });
}

if (process.argv[1] === import.meta.filename) {
  const { values } = readCommandLine({
    command: 'npm run dev',
    summary: 'Lints, generates, mocks and type-checks on each save of the contract.',
    options: { port },
  });
  console.log('Checking contract and code for the first time, which takes longer than a save …');
  const dev = await startDev({
    contract: contractPath,
    out: path.join(root, 'generated'),
    tsconfig: path.join(root, 'tsconfig.json'),
    port: values.port ?? 4010,
    print: console.log,
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => dev.close());
}
