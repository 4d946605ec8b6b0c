/** Prints how large the client is in a browser bundle, and fails if it is larger than promised. */
import path from 'node:path';
import { readCommandLine } from './command-line.ts';
import { root } from './contract/read.ts';
import { bundle, clientEntry, gzip, limit } from './weigh.ts';

readCommandLine({ command: 'npm run size', summary: 'Prints how large the client is in a browser bundle.' });

const line = (bytes: number, what: string) => console.log(`${String(bytes).padStart(5)}  ${what}`);

const [entry, ...later] = await bundle(clientEntry, true);
const [readable] = await bundle(clientEntry, false);
const total = gzip(entry.code);
// Modules share what gzip has seen before, so each one's share is scaled from what it would be alone.
const alone = Object.entries(readable.modules).map(([id, { code }]) => ({
  module: path.relative(root, id).replace(/^.*node_modules\//, ''),
  bytes: gzip(code ?? ''),
}));
const sum = alone.reduce((bytes, module) => bytes + module.bytes, 0);
for (const { module, bytes } of alone.sort((a, b) => b.bytes - a.bytes)) {
  line(Math.round((bytes / sum) * total), module);
}
line(total, `bytes to load, of ${limit} allowed`);
for (const { fileName, code } of later) line(gzip(code), `bytes more when it is first used: ${fileName}`);
if (total > limit) process.exitCode = 1;
