/** Runs one suite as a process, unaffected by other suites, and prints its result as JSON. */
import type { Suite } from './suite.ts';

const { run }: { run: Suite } = await import(`./${process.argv[2]}.ts`);
console.log(JSON.stringify(await run()));
