/** Starts the mock as `training-catalog mock` does, and warns if it serves an older contract than the working copy. */
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { contractPath, readContract, root } from './contract/read.ts';
import { findStale, generateAll } from './generate.ts';

/** Why the mock, which is made from the generated files, does not serve this contract; undefined if it does. */
export async function describeStale(contract: string, directory: string): Promise<string | undefined> {
  try {
    const stale = await findStale(await generateAll(await readContract(contract), contract), directory);
    if (stale.length === 0) return undefined;
    return 'generated/ is stale, so the mock serves an older contract. Run: npm run generate';
  } catch (error) {
    const [problem] = (error as Error).message.split('\n', 1);
    return `The mock serves the last contract that was generated; this one has problems: ${problem}`;
  }
}

if (process.argv[1] === import.meta.filename) {
  process.argv.splice(2, 0, 'mock');
  await import('../src/cli/main.ts');
  await setImmediate();
  // No mock runs after a mistake on the command line, or after `--help`.
  if (process.exitCode === undefined) {
    const problem = await describeStale(contractPath, path.join(root, 'generated'));
    if (problem) console.error(problem);
  }
}
