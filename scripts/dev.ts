/**
 * Watches the contract: each save is linted, generated from, served by the mock and type-checked.
 *
 * While the contract has problems, the mock serves the last version without any.
 */
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { watch } from 'chokidar';
import { InvalidArgumentError } from 'commander';
import type { OpenAPI3 } from 'openapi-typescript';
import { type Mock, startMock } from '../src/mock/index.ts';
import { readCommandLine } from './command-line.ts';
import { ContractError, contractPath, loadLintRules, readContract, root } from './contract/read.ts';
import { findStale, generateAll, writeGenerated } from './generate.ts';
import { tryNode, tsc } from './run-node.ts';

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

/**
 * Resolves when the contract is watched and has been reported as it stands.
 *
 * @throws if the mock can't start, for instance because its port is taken
 */
export async function startDev({ contract: file, out, tsconfig, port, print }: DevOptions): Promise<Dev> {
  const rules = await loadLintRules();
  let mock: Mock | undefined;
  let served: OpenAPI3 | undefined;
  let typeCheck = new AbortController();
  const report = (text: string) => print(`${new Date().toTimeString().slice(0, 8)} ${text}`);

  /** Keeps the port. If the mock refuses the new document, it serves the old one again. */
  async function serve(document: OpenAPI3): Promise<void> {
    await mock?.close();
    mock = await startMock({ document, port }).catch(async (error: unknown) => {
      if (served) mock = await startMock({ document: served, port });
      throw error;
    });
    served = document;
    port = Number(new URL(mock.url).port);
  }

  async function round(): Promise<void> {
    const start = performance.now();
    const contract = await readContract(file, { rules, frames: true });
    const files = await generateAll(contract, file);
    const stale = await findStale(files, out);
    if (stale.length > 0) await writeGenerated(files, out);
    const tookMs = Math.round(performance.now() - start);
    if (stale.length > 0 || !mock) await serve(contract);
    const changed = stale.map((line) => line.split(' ')[0]).join(', ') || 'nothing';
    report(`Fine: ${changed} changed, generated in ${tookMs} ms, mock on ${mock?.url}. Checking types …`);

    // The round does not wait for the types. A check of what was generated before is of no use any more.
    typeCheck.abort();
    typeCheck = new AbortController();
    const { signal } = typeCheck;
    checkTypes(tsconfig, signal).then((outcome) => signal.aborted || report(outcome));
  }

  function reportProblem({ message }: Error): void {
    report(mock ? `${message}\nThe mock on ${mock.url} still serves the contract as it was.` : message);
  }

  const watcher = watchFile(file);
  let queue = round().catch((error: unknown) => {
    if (!(error instanceof ContractError)) throw error;
    reportProblem(error);
  });
  // Rounds run one after the other. Saves during a round cause one more.
  let waiting = false;
  const changed = () => {
    if (waiting) return;
    waiting = true;
    queue = queue.then(() => {
      waiting = false;
      return round().catch(reportProblem);
    });
  };
  watcher.on('add', changed).on('change', changed).on('unlink', changed);
  watcher.on('error', (error) => report(`The contract is no longer watched: ${error}`));

  async function close(): Promise<void> {
    await watcher.close();
    await queue.catch(() => {});
    typeCheck.abort();
    await mock?.close();
  }
  try {
    await Promise.all([queue, new Promise<void>((resolve) => watcher.once('ready', resolve))]);
  } catch (error) {
    await close();
    throw error;
  }
  return { close };
}

/**
 * Reports a save when the file has not grown for a while, so that no half of it is read.
 *
 * Editors and git replace the file, or its folder, by a new one, and a watcher of the old one is told of no more
 * changes. So the folder above is watched, with everything else in it ignored.
 */
function watchFile(file: string) {
  const folder = path.dirname(file);
  const above = path.dirname(folder);
  const ignored = (name: string) => ![file, folder, above].includes(path.resolve(name));
  const awaitWriteFinish = { stabilityThreshold: 100, pollInterval: 20 };
  return watch(above, { ignored, ignoreInitial: true, awaitWriteFinish });
}

/** By the compiler in a process of its own, so that the mock goes on answering. */
async function checkTypes(tsconfig: string, signal: AbortSignal): Promise<string> {
  const state = path.join(path.dirname(tsconfig), 'node_modules/.cache/dev.tsbuildinfo');
  const args = ['--project', tsconfig, '--noEmit', '--pretty', '--incremental', '--tsBuildInfoFile', state];
  const { passed, stdout, stderr } = await tryNode([tsc, ...args], { signal });
  if (passed) return 'Types fit.';
  const printed = (process.stdout.isTTY ? stdout : stripVTControlCharacters(stdout)) + stderr;
  return `The contract is fine, the code that uses it is not:\n${printed.trimEnd()}`;
}

function readPort(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) < 65_536) return Number(text);
  throw new InvalidArgumentError('It takes a whole number from 0 to 65535.');
}

if (process.argv[1] === import.meta.filename) {
  const { values } = readCommandLine({
    command: 'npm run dev',
    summary: 'Lints, generates, mocks and type-checks on each save of the contract.',
    options: { port: { value: '<port>', help: 'of the mock, 0 for any free one (4012)', read: readPort } },
  });
  try {
    const dev = await startDev({
      contract: contractPath,
      out: path.join(root, 'generated'),
      tsconfig: path.join(root, 'tsconfig.json'),
      port: values.port ?? 4012,
      print: console.log,
    });
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => dev.close());
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}
