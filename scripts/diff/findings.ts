/** Collects the differences of two contracts, which are rated together later. */
import { type Change, describePresence, describeWords } from './changes.ts';
import type { Keyword } from './keywords.ts';
import { type Direction, type Presence, ratePresence, type Subject } from './ratings.ts';
import type { Words } from './words.ts';

/** The keywords of something that both contracts have, if one of them differs. */
export interface Difference {
  of: Subject;
  direction: Direction;
  /** What has the keywords: "property `family`". */
  subject: string;
  base: Keywords;
  revision: Keywords;
}

/** Their values are primitives and lists of these, which is what `redocly diff` compares. */
export type Keywords = ReadonlyMap<string, Keyword>;

export interface Located {
  pointer: string;
}

export class Findings {
  readonly differences: Difference[] = [];
  /** Already rated: what only one contract has. */
  readonly changes: Change[] = [];
  readonly words: Change[] = [];

  differ(of: Subject, direction: Direction, subject: string, base: Keywords, revision: Keywords): void {
    const text = (keywords: Keywords) =>
      JSON.stringify([...keywords].map(([key, { value }]) => [key, value]).sort());
    if (text(base) !== text(revision)) this.differences.push({ of, direction, subject, base, revision });
  }

  /** @param lacking what lacks it in the revision, if its place in the base does not tell */
  presence(
    presence: Omit<Presence, 'kind'>,
    subject: string,
    base: Located | undefined,
    revision: Located | undefined,
    lacking?: Located,
  ): void {
    const kind = base ? 'removed' : 'added';
    this.changes.push({
      ...ratePresence({ ...presence, kind }),
      message: describePresence(subject, kind, presence),
      ...(base && { base: base.pointer }),
      ...(revision && { revision: revision.pointer }),
      ...(base && lacking && { lacking: lacking.pointer }),
    });
  }

  compareWords(subject: string, base: Words, revision: Words): void {
    this.words.push(...describeWords(subject, base, revision));
  }
}

/** Pairs values of equal keys; one of a pair is undefined where only one side has the key. */
export function pairUp<T>(
  base: ReadonlyMap<string, T>,
  revision: ReadonlyMap<string, T>,
): [before: T | undefined, after: T | undefined, key: string][] {
  const keys = new Set([...base.keys(), ...revision.keys()]);
  return [...keys].map((key) => [base.get(key), revision.get(key), key]);
}

export function keyed<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T> {
  const found = new Map<string, T>();
  // Two items of one key are both kept.
  for (const item of items) {
    let key = keyOf(item);
    while (found.has(key)) key += ' again';
    found.set(key, item);
  }
  return found;
}
