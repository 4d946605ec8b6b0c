import { describe, expect, test } from 'vitest';
import { exactly, spread } from '../../scripts/bench/measure.ts';
import { formatVerdicts, type Goal, judge } from '../../scripts/bench/verdict.ts';

const ratio = (median: number, goal: Partial<Goal>): Goal => ({
  what: 'ours ÷ theirs',
  figure: { median, q1: median - 0.5, q3: median + 0.5 },
  unit: 'times',
  ...goal,
});

describe('A verdict', () => {
  test.for([
    [1.1, { atMost: 1.1 }, 'met'],
    [1.11, { atMost: 1.1 }, 'missed'],
    [5, { atLeast: 5 }, 'met'],
    [4.99, { atLeast: 5 }, 'missed'],
    [Number.NaN, { atMost: 1 }, 'missed'],
  ] as const)('on a median of %d under %o is %s', ([median, goal, verdict]) => {
    expect(judge(ratio(median, goal)).verdict).toBe(verdict);
  });
});

describe('The table of verdicts', () => {
  test('has a row for each goal, with the spread where a figure has one', () => {
    const bytes: Goal = { what: 'bytes', figure: exactly(6201), unit: 'bytes', atMost: 6144 };
    const small: Goal = { what: 'check', figure: exactly(0.0123), unit: 'times', atMost: 0.1 };
    const table = formatVerdicts([judge(ratio(6, { atLeast: 5 })), judge(bytes), judge(small)]);
    expect(table.split('\n').map((line) => line.replace(/ +/g, ' '))).toEqual([
      '| what | median [middle half] | goal | verdict |',
      expect.stringMatching(/^[| -]+$/),
      '| ours ÷ theirs | 6.00 [5.50 … 6.50] | ≥ 5.00 | met |',
      '| bytes | 6,201 bytes | ≤ 6,144 | missed |',
      '| check | 0.012 | ≤ 0.10 | met |',
    ]);
  });
});

test('the spread of some figures is their middle and where their middle half lies', () => {
  expect(spread([9, 1, 5, 3, 7])).toEqual({ median: 5, q1: 3, q3: 7 });
});
