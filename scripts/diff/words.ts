/** Tells the words of a contract, which only people read, from what programs go by. */
import { escapeKey } from '../contract/pointer.ts';
import { canonical } from './canonical.ts';

/** One text, as it is compared and where it stands. */
interface Word {
  text: string;
  pointer: string;
}

/** Texts by what they are: `description`, `title`. Several where a reference brings its own along. */
export type Words = ReadonlyMap<string, readonly Word[]>;

/**
 * What no caller's program goes by. `discriminator` is among them, since the alternatives themselves decide;
 * so are all `x-` fields, which are the house's own.
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

/** All of them, each text once. */
export function joinWords(...all: Words[]): Words {
  const joined = new Map<string, readonly Word[]>();
  for (const [key, words] of all.flatMap((some) => [...some])) {
    const known = joined.get(key) ?? [];
    joined.set(key, [...known, ...words.filter(({ text }) => !known.some((word) => word.text === text))]);
  }
  return joined;
}
