/** Bundles an entry of the consumer's, as those do who deploy to the browser or the edge. */
import path from 'node:path';
import { type OutputChunk, rolldown } from 'rolldown';
import type { Consumer } from '../consumer.ts';

/** @returns The code of each chunk by its file name; the entry is the first. */
export async function bundle({ folder }: Consumer, entry: string): Promise<[string, string][]> {
  const build = await rolldown({ input: path.join(folder, entry), cwd: folder, platform: 'browser' });
  const { output } = await build.generate({ format: 'esm', minify: true });
  await build.close();
  return (output as OutputChunk[]).map(({ fileName, code }) => [fileName, code]);
}
