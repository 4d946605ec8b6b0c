/** Prints how large the client is in a browser bundle, and fails if it is larger than promised. */
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { type OutputChunk, rolldown } from 'rolldown';
import { root } from './contract/read.ts';

/** The promise, in bytes after minify and gzip: what a page loads before it can call. */
const limit = 6144;

const gzip = (code: string) => gzipSync(code, { level: 9 }).length;
const line = (bytes: number, what: string) => console.log(`${String(bytes).padStart(5)}  ${what}`);

const build = await rolldown({ input: path.join(root, 'src/client/client.ts'), platform: 'browser' });
const minified = await build.generate({ minify: true });
const readable = await build.generate();
await build.close();

const [entry, ...later] = minified.output as [OutputChunk, ...OutputChunk[]];
const total = gzip(entry.code);
// Modules share what gzip has seen before, so each one's share is scaled from what it would be alone.
const alone = Object.entries(readable.output[0].modules).map(([id, { code }]) => ({
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
