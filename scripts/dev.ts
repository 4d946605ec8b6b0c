/**
 * Watches the contract: on each save it lints, generates, restarts the mock and checks the types.
 *
 * All of it happens in this process, which stays warm. While the contract has problems the last good
 * mock keeps answering.
 */
import path from 'node:path';
import { watch } from 'chokidar';
import type { OpenAPI3 } from 'openapi-typescript';
import { type Mock, startMock } from '../src/mock/index.ts';
import { port, readCommandLine } from './command-line.ts';
import { ContractError, contractPath, loadLintRules, locate, readContract, root } from './contract/read.ts';
import { createTypeChecker } from './dev/type-check.ts';
import { findStale, type GeneratedFiles, generate, Incomplete, writeGenerated } from './generate.ts';

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
    const files = await generateLocated(contract, options.contract);
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
  const changed = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      queue = queue.then(run);
    }, quietMs);
  };
  const watcher = watchFolder(path.dirname(options.contract)).on('all', changed);
  // Whoever edits has to know that nobody listens any more.
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
 * Editors and git put a new file, or a new folder, in the place of the old one, and what watched the old one hears
 * nothing more. So the folder is watched from the one above, of which nothing else is looked at.
 */
function watchFolder(folder: string) {
  const above = path.dirname(folder);
  const ignored = (name: string) => {
    const file = path.resolve(name);
    return file !== above && file !== folder && !file.startsWith(folder + path.sep);
  };
  return watch(above, { ignored, ignoreInitial: true });
}

async function generateLocated(contract: OpenAPI3, file: string): Promise<GeneratedFiles> {
  try {
    return await generate(contract);
  } catch (error) {
    throw error instanceof Incomplete ? new ContractError(await locate(file, error.problems)) : error;
  }
}

if (process.argv[1] === import.meta.filename) {
  const { values } = readCommandLine({
    command: 'npm run dev',
    summary: 'Lints, generates, mocks and type-checks on each save of the contract.',
    options: { port },
  });
  const dev = await startDev({
    contract: contractPath,
    out: path.join(root, 'generated'),
    tsconfig: path.join(root, 'tsconfig.json'),
    port: values.port ?? 4010,
    print: console.log,
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => dev.close());
}
