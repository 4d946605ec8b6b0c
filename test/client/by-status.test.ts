import { expect, test } from 'vitest';
import { byStatus } from '../../src/client/by-status.ts';

const entries = { 404: 'its own', '4XX': 'its class', default: 'the rest' };

test.each([
  [404, 'its own'],
  [400, 'its class'],
  [499, 'its class'],
  [399, 'the rest'],
  [500, 'the rest'],
])('Status %i has %s', (status, entry) => {
  expect(byStatus(entries, status)).toBe(entry);
});

test('A status that no entry is for has none', () => {
  expect(byStatus({ 404: 'its own', '5XX': 'its class' }, 400)).toBeUndefined();
});
