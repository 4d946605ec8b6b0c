/** Prints how large the client is in a browser bundle, module by module. */
import { readCommandLine } from './command-line.ts';
import { bundle, clientEntry, gzip, limit } from './weigh.ts';

readCommandLine({ command: 'npm run size', summary: 'Prints how large the client is in a browser bundle.' });

const line = (bytes: number, what: string) => console.log(`${String(bytes).padStart(5)}  ${what}`);

const { code, modules } = await bundle(clientEntry);
const total = gzip(code);
for (const [name, bytes] of Object.entries(modules).sort(([, a], [, b]) => b - a)) {
  // gzip compresses the modules together, so each module is given its share of the compressed size.
  line(Math.round((bytes / code.length) * total), name.replace(/^.*node_modules\//, ''));
}
line(total, `bytes in all; the guard is ${limit}`);
