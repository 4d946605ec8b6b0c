/** Separates the words of a contract, which only people read, from what programs depend on. */
import { escapeKey } from '../contract/pointer.ts';
import { canonical } from './canonical.ts';

interface Word {
  text: string;
  pointer: string;
}

/** Texts by keyword. There are several if a schema is combined from several. */
export type Words = ReadonlyMap<string, readonly Word[]>;

/**
 * The keywords that no program of a caller depends on. Besides these, all `x-` fields. `discriminator` is one,
 * since the alternatives themselves decide.
 */
const kinds = new Set([
  'summary',
  'description',
  'title',
  'tags',
  'externalDocs',
  'example',
  'examples',
  'discriminator',
  'xml',
  'links',
  '$comment',
]);

export const isWord = (key: string): boolean => kinds.has(key) || key.startsWith('x-');

export function wordsOf(node: object, pointer: string): Words {
  const found = Object.entries(node).filter(([key, value]) => isWord(key) && value !== undefined);
  return new Map(
    found.map(([key, value]) => [key, [{ text: canonical(value), pointer: `${pointer}/${escapeKey(key)}` }]]),
  );
}

/** Combines words; equal texts of one keyword are one. */
export function joinWords(...all: Words[]): Words {
  const joined = new Map<string, readonly Word[]>();
  for (const [key, words] of all.flatMap((some) => [...some])) {
    const known = joined.get(key) ?? [];
    joined.set(key, [...known, ...words.filter(({ text }) => !known.some((word) => word.text === text))]);
  }
  return joined;
}
