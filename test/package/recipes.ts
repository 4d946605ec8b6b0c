/** Reads the recipes of `docs/recipes.md`: the blocks of code that have a file name. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { root } from './consumer.ts';

/** The code by file name. */
export async function readRecipes(): Promise<Record<string, string>> {
  const text = await readFile(path.join(root, 'docs/recipes.md'), 'utf8');
  const blocks = [...text.matchAll(/^```\w+ (?<name>\S+)\n(?<code>.*?)^```$/gms)];
  return Object.fromEntries(blocks.map(({ groups }) => [groups?.['name'], groups?.['code']]));
}
