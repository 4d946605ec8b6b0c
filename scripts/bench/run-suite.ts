/** Runs one suite as a process, unaffected by other suites, and prints its result as JSON. */
import type { Effort, Suite } from './suite.ts';

const [, , name, effort] = process.argv as unknown as [string, string, string, string];
const { run }: { run: Suite } = await import(`./${name}.ts`);
console.log(JSON.stringify(await run(JSON.parse(effort) as Effort)));
