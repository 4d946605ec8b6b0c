/** Compares values of JSON by their content, and tells the words of a document from the rest. */
import { createHash } from 'node:crypto';
import { isObject } from '../contract/resolve.ts';

export type Node = Record<string, unknown>;

export const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** A set of words: `set('a b')`. */
export const set = (names: string): ReadonlySet<string> => new Set(names.split(' '));

/** Each member once, sorted. */
export const unique = (values: readonly unknown[]): unknown[] => [...new Set(values)].sort();

/** Equal for equal values, whatever the order of their keys: `{ b: 1, a: [2] }` gives `{"a":[2],"b":1}`. */
export function canonical(value: unknown, except?: string): string {
  const sorted = (_: string, part: unknown) =>
    isObject(part)
      ? Object.fromEntries(
          Object.entries(part)
            .filter(([key]) => key !== except)
            .sort(([a], [b]) => (a < b ? -1 : 1)),
        )
      : part;
  return JSON.stringify(value, sorted) ?? 'undefined';
}

export const hash = (text: string): string => createHash('md5').update(text).digest('hex').slice(0, 16);

const words = set(
  'summary description title tags externalDocs example examples xml links $comment contact license termsOfService',
);

/** Whether no program of a caller depends on a field: only people read it. */
const isWord = (key: string): boolean => words.has(key) || key.startsWith('x-');

/** What people read, by its field in the form, `x-word-title`: a list, since it may have several sources. */
export type Words = Map<string, { value: unknown; pointer: string }>;

export function wordsOf(node: Node, pointer: string): Words {
  const found = Object.entries(node).filter(([key, value]) => isWord(key) && value !== undefined);
  const textOf = (value: unknown) => (typeof value === 'string' ? value : canonical(value));
  return new Map(
    found.map(([key, value]) => [`x-word-${key}`, { value: [textOf(value)], pointer: `${pointer}/${key}` }]),
  );
}

/** Equal words are kept once. */
export function joinWords(all: readonly Words[]): Words {
  const joined: Words = new Map();
  for (const [field, { value, pointer }] of all.flatMap((words) => [...words])) {
    const known = joined.get(field);
    const texts = unique([...list(known?.value), ...list(value)]);
    joined.set(field, { value: texts, pointer: known?.pointer ?? pointer });
  }
  return joined;
}
