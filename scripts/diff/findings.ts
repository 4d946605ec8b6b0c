/** Collects what differs between two contracts, until it can be rated all at once. */
import { type Change, describePresence, describeWords } from './changes.ts';
import type { Keyword } from './keywords.ts';
import { type Direction, type Presence, ratePresence, type Subject } from './ratings.ts';
import type { Words } from './words.ts';

/** Keywords of something that both contracts have, one of which differs. */
export interface Difference {
  of: Subject;
  direction: Direction;
  /** What has them, as in "property `family`". */
  subject: string;
  base: Keywords;
  revision: Keywords;
}

/** Only primitives and lists of them, which is what `redocly diff` compares. */
export type Keywords = ReadonlyMap<string, Keyword>;

/** Something that has a place. */
export interface Located {
  pointer: string;
}

export class Findings {
  readonly differences: Difference[] = [];
  /** What is on one side only is rated at once. */
  readonly changes: Change[] = [];
  readonly words: Change[] = [];

  differ(of: Subject, direction: Direction, subject: string, base: Keywords, revision: Keywords): void {
    const text = (keywords: Keywords) =>
      JSON.stringify([...keywords].map(([key, { value }]) => [key, value]).sort());
    if (text(base) !== text(revision)) this.differences.push({ of, direction, subject, base, revision });
  }

  /** @param lacking what has it no more, where that is not to be seen from where it was */
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

/** What has the same key, and what is on one side only. */
export function pairUp<T>(
  base: ReadonlyMap<string, T>,
  revision: ReadonlyMap<string, T>,
): [before: T | undefined, after: T | undefined, key: string][] {
  const keys = new Set([...base.keys(), ...revision.keys()]);
  return [...keys].map((key) => [base.get(key), revision.get(key), key]);
}

export function keyed<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T> {
  const found = new Map<string, T>();
  // None is lost where a document has two of a kind.
  for (const item of items) {
    let key = keyOf(item);
    while (found.has(key)) key += ' again';
    found.set(key, item);
  }
  return found;
}
