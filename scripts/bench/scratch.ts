/** A folder in which bare imports find what the benchmarks have installed. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { root } from '../contract/read.ts';

/** Hands out a folder of this kind and removes it when the work is done. */
export async function inScratch<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const parent = path.join(root, 'scripts/bench/node_modules/.scratch');
  await mkdir(parent, { recursive: true });
  const folder = await mkdtemp(path.join(parent, 'run-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}
