/** Tells which files a program loaded, out of what Node writes where `NODE_V8_COVERAGE` says. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** @returns The base name of each file, sorted, and how many processes wrote a report to the folder. */
export async function loadedFiles(folder: string): Promise<{ files: string[]; processes: number }> {
  const reports = await Promise.all(
    (await readdir(folder)).map(async (file) => JSON.parse(await readFile(path.join(folder, file), 'utf8'))),
  );
  const urls: string[] = reports.flatMap(({ result }) => result.map(({ url }: { url: string }) => url));
  const files = urls.filter((url) => url.startsWith('file:')).map((url) => path.basename(url));
  return { files: [...new Set(files)].sort(), processes: reports.length };
}
