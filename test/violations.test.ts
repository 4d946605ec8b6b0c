import { expect, test } from 'vitest';
import { describeViolation, formatPath } from '../src/violations.ts';

test.for<[rule: string, expected: string | number, msg: string]>([
  ['required', '', 'Field required'],
  ['additionalProperties', '', 'Extra inputs are not permitted'],
  ['minimum', 1, 'Input should be greater than or equal to 1'],
  ['maximum', 100, 'Input should be less than or equal to 100'],
  ['type', 'string or null', 'Input should be a valid string or null'],
  ['pattern', '^a', 'Input breaks the rule pattern ^a'],
])('A broken %s is described in the words of the hosted API', ([rule, expected, msg]) => {
  expect(describeViolation('/query/limit', rule, expected)).toEqual({
    loc: ['query', 'limit'],
    type: rule,
    msg,
  });
});

test('The place of a violation has its indexes as numbers', () => {
  expect(describeViolation('/body/models/3/size_b', 'required').loc).toEqual(['body', 'models', 3, 'size_b']);
  expect(describeViolation('/body', 'required').loc).toEqual(['body']);
  expect(describeViolation('/query/1a/a1/10', 'required').loc).toEqual(['query', '1a', 'a1', 10]);
});

test('A path is written as people write it', () => {
  expect(formatPath('/models/3/supported_algorithms/10')).toBe('models[3].supported_algorithms[10]');
  expect(formatPath('/limit')).toBe('limit');
  expect(formatPath('')).toBe('');
});
