import path from 'node:path';
import { expect, test } from 'vitest';
import { root, run } from './run.ts';

test('a global set-up of vitest gives one mock to all test files', async () => {
  const vitest = path.join(root, 'node_modules/vitest/vitest.mjs');
  const running = run(
    process.execPath,
    [vitest, 'run', '--reporter=json'],
    path.join(root, 'test/mock/global-setup'),
  );
  const code = await running.ended;
  const { stdout, stderr } = running.output();
  expect(code, stdout + stderr).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ numPassedTests: 1, numTotalTests: 1 });
});
