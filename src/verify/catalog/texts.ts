/** The texts of models that a search compares with. */
import { Skip } from '../check.ts';
import type { Subject } from '../subject.ts';
import { knownModels, type Model } from './pages.ts';

export const textsOf = (model: Model): string[] => [model.tinker_id, model.display_name];

/** Letter case does not count: `search-case` checks whether a search ignores it. */
export const contains = (text: string, part: string): boolean =>
  text.toLowerCase().includes(part.toLowerCase());

/** Whether the id or the display name of a model contains a text. */
export const mentions = (model: Model, text: string): boolean =>
  textsOf(model).some((each) => contains(each, text));

/** The part of an id before its slash, or all of it. */
export const firstWord = ({ tinker_id }: Model): string => tinker_id.split('/')[0] as string;

/**
 * A word that ids begin with.
 *
 * @throws Skip if no id begins with a word
 */
export function commonWord(models: readonly Model[]): string {
  const words = models.map(firstWord);
  const last = words.findLast((word) => /^[\w-]{2,}$/.test(word) && word !== words[0]);
  const word = last ?? words[0] ?? '';
  if (!word.trim()) throw new Skip('no id begins with a word');
  return word;
}

/** An id or a display name, with its model. */
interface FoundText {
  readonly text: string;
  readonly model: Model;
}

/** The first id or display name that fits; undefined if none does. */
export async function findText(
  subject: Subject,
  fits: (text: string) => boolean,
): Promise<FoundText | undefined> {
  for (const model of await knownModels(subject)) {
    // A server may trim a search, so a text with spaces at its ends shows nothing.
    const text = textsOf(model).find((text) => text.trim() === text && fits(text));
    if (text !== undefined) return { text, model };
  }
  return undefined;
}

/**
 * @param missing - What no text has, for the reason: `has a space`.
 * @throws Skip if no id or display name fits
 */
export async function needText(
  subject: Subject,
  fits: (text: string) => boolean,
  missing: string,
): Promise<FoundText> {
  const found = await findText(subject, fits);
  if (!found) throw new Skip(`no id or display name ${missing}`);
  return found;
}
