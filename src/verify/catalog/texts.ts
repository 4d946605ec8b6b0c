/** The texts of a model that a search looks at. */
import type { Subject } from '../subject.ts';
import { Skip } from '../verdict.ts';
import { knownModels, type Model } from './pages.ts';

export const textsOf = (model: Model): string[] => [model.tinker_id, model.display_name];

/** Letter case does not count: whether it should is for the check of that name. */
export const contains = (text: string, part: string): boolean =>
  text.toLowerCase().includes(part.toLowerCase());

/** The part of an id before its slash, or all of it. */
export const firstWord = ({ tinker_id }: Model): string => tinker_id.split('/')[0] as string;

/**
 * What many ids have in common: the word that they begin with.
 *
 * @throws Skip if none does
 */
export function commonWord(models: readonly Model[]): string {
  const words = models.map(firstWord);
  const last = words.findLast((word) => /^[\w-]{2,}$/.test(word) && word !== words[0]);
  const word = last ?? words[0] ?? '';
  if (!word.trim()) throw new Skip('no id begins with a word');
  return word;
}

/** The first id or display name that fits, with its model. */
export async function findText(
  subject: Subject,
  fits: (text: string) => boolean,
): Promise<{ text: string; model: Model } | undefined> {
  for (const model of await knownModels(subject)) {
    // What is at the ends may be trimmed off a search.
    const text = textsOf(model).find((text) => text.trim() === text && fits(text));
    if (text !== undefined) return { text, model };
  }
  return undefined;
}
