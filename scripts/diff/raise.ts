/** Writes a version into every file that states it and generates, all or nothing. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { isScalar, parseDocument } from 'yaml';
import { readContract } from '../contract/read.ts';
import { type GeneratedFiles, generateAll, writeGenerated } from '../generate.ts';
import { contractFile } from './document.ts';
import { Undo } from './undo.ts';

/** The places of the version in each file. */
const stated: [file: string, places: string[][]][] = [
  [contractFile, [['info', 'version']]],
  ['package.json', [['version']]],
  ['package-lock.json', [['version'], ['packages', '', 'version']]],
];

/**
 * Sets the version of contract, package and lockfile, and generates.
 *
 * @param make replaces `generateAll` in tests
 * @throws what went wrong, after all files are restored
 */
export async function setVersion(
  directory: string,
  version: string,
  make: (
    contract: Awaited<ReturnType<typeof readContract>>,
    file: string,
  ) => Promise<GeneratedFiles> = generateAll,
): Promise<void> {
  const texts = new Map<string, string>();
  for (const [name, places] of stated) {
    const file = path.join(directory, name);
    const text = await readFile(file, 'utf8').catch(() => undefined);
    if (text !== undefined) texts.set(file, withVersion(text, places, version, name));
  }
  const source = path.join(directory, contractFile);
  const contract = await readContract(source);
  // Before any file is written: a contract that can't be generated from gets no version.
  const files = await make({ ...contract, info: { ...contract.info, version } }, source);
  const out = path.join(directory, 'generated');
  const undo = await Undo.start(directory, [...texts.keys(), out]);
  try {
    for (const [file, text] of texts) await undo.write(file, text);
    await writeGenerated(files, out);
  } catch (error) {
    await undo.restore();
    throw error;
  }
  await undo.end();
}

/** Replaces the version alone, so that comments and layout stay. */
function withVersion(text: string, places: string[][], version: string, name: string): string {
  const parsed = parseDocument(text);
  const ranges = places.flatMap((keys) => {
    const node = parsed.getIn(keys, true);
    return isScalar(node) && node.range ? [{ start: node.range[0], end: node.range[1] }] : [];
  });
  if (ranges.length === 0) throw new Error(`${name} has no ${places[0]?.join('.')}.`);
  let changed = text;
  for (const { start, end } of ranges.sort((a, b) => b.start - a.start)) {
    const quote = /^["']/.exec(text.slice(start, end))?.[0] ?? '';
    changed = changed.slice(0, start) + quote + version + quote + changed.slice(end);
  }
  return changed;
}
