/** What a hostile body costs, each in a process of its own, beside what `JSON.parse` of it costs. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { hostileNames } from './hostile-bodies.ts';

const script = fileURLToPath(new URL('processes/hostile-body.ts', import.meta.url));

/** What the body itself takes in a few copies, and garbage that is not yet collected, in bytes. */
const slack = 150_000_000;

describe('A body of 10 MB takes about what JSON.parse does, and is an error of ours or a page:', () => {
  test.for(hostileNames)('%s', async (name) => {
    // Some of these took minutes.
    const run = promisify(execFile)(process.execPath, ['--import', 'tsx/esm', script, name], {
      timeout: 60_000,
    });
    const { outcomes, parse, client } = JSON.parse((await run).stdout);
    expect(outcomes).toHaveLength(2);
    for (const { kind, problems, shown, drifts } of outcomes) {
      expect(kind).toMatch(/^(resolved|api|response)$/);
      expect(drifts).toBeLessThanOrEqual(50);
      expect(problems).toBeLessThanOrEqual(100);
      expect(shown).toBeLessThan(100_000);
    }
    expect(client).toBeLessThan(3 * parse + slack);
  });
});
