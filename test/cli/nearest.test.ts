import fc from 'fast-check';
import { expect, test } from 'vitest';
import { editDistance, nearest } from '../../src/cli/nearest.ts';

/** The definition, without the table. */
function distance(a: string, b: string): number {
  if (!a || !b) return a.length + b.length;
  const [x, y] = [a.slice(1), b.slice(1)];
  return a[0] === b[0] ? distance(x, y) : 1 + Math.min(distance(x, b), distance(a, y), distance(x, y));
}

test('the edit distance is what its definition says', () => {
  const words = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 6 });
  fc.assert(fc.property(words, words, (a, b) => editDistance(a, b) === distance(a, b)));
  expect(editDistance('kitten', 'sitting')).toBe(3);
});

test('names come nearest first, three at most, and only if they are near', () => {
  const names = [
    'Qwen/Qwen3-235B',
    'Qwen/Qwen3-32B',
    'Qwen/Qwen3-4B',
    'Qwen/Qwen3-8B',
    'meta-llama/Llama-3.1-8B',
  ];
  expect(nearest('qwen3-8b', names)).toEqual(['Qwen/Qwen3-8B', 'Qwen/Qwen3-4B', 'Qwen/Qwen3-32B']);
  expect(nearest('Llama-3.1-8', names)).toEqual(['meta-llama/Llama-3.1-8B']);
  expect(nearest('gpt', names)).toEqual([]);
  expect(nearest('', names)).toEqual([]);
});
