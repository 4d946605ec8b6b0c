/** Small questions about values of JSON, as the forms of documents need them. */
import { createHash } from 'node:crypto';

export type Node = Record<string, unknown>;

export const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** Equal for equal values, whatever the order of their keys: `{ b: 1, a: [2] }` gives `{"a":[2],"b":1}`. */
export function canonical(value: unknown): string {
  return (
    JSON.stringify(value, (_, part: unknown) =>
      typeof part === 'object' && part !== null && !Array.isArray(part)
        ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
        : part,
    ) ?? 'undefined'
  );
}

export const hash = (text: string): string => createHash('md5').update(text).digest('hex').slice(0, 16);

/**
 * Whether no program of a caller depends on a field: only people read it. Besides these, all `x-` fields.
 */
export const isWord = (key: string): boolean => words.has(key) || key.startsWith('x-');

const words = new Set([
  'summary',
  'description',
  'title',
  'tags',
  'externalDocs',
  'example',
  'examples',
  'xml',
  'links',
  '$comment',
]);
