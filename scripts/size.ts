/** Prints how large the client is in a browser bundle, module by module, and whether it is within the guard. */
import { readCommandLine } from './command-line.ts';
import { bundle, clientEntry, gzip, limit } from './weigh.ts';

readCommandLine({ command: 'npm run size', summary: 'Prints how large the client is in a browser bundle.' });

const line = (bytes: number, what: string) => console.log(`${String(bytes).padStart(5)}  ${what}`);

const { code, modules } = await bundle(clientEntry);
const total = gzip(code);
for (const [name, bytes] of Object.entries(modules).sort(([, a], [, b]) => b - a)) {
  // Modules share what gzip has seen before, so each has its share of the whole.
  line(Math.round((bytes / code.length) * total), name.replace(/^.*node_modules\//, ''));
}
line(total, `bytes in all; the guard is ${limit}`);
