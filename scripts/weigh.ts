/** Weighs modules as a page would load them: bundled for the browser, minified, compressed. */
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { type OutputChunk, rolldown } from 'rolldown';
import { root } from './contract/read.ts';

/** What the client may weigh at first, in bytes. */
export const limit = 6144;

export const clientEntry = path.join(root, 'src/client/client.ts');

export const gzip = (code: string): number => gzipSync(code, { level: 9 }).length;

/** The chunks of a bundle: what is loaded at once comes first. */
export async function bundle(input: string, minify: boolean): Promise<[OutputChunk, ...OutputChunk[]]> {
  const build = await rolldown({ input, platform: 'browser', logLevel: 'silent' });
  const { output } = await build.generate({ minify });
  await build.close();
  return output as [OutputChunk, ...OutputChunk[]];
}
