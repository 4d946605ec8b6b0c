import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { answer, envelope, ok, page, serve } from './fault-server.ts';

const manyCalls = 10_000;

/** Runs a script of `processes/` in a process of its own and gives what it prints. */
async function run(script: string, args: string[], flags: string[] = [], timeout = 60_000): Promise<unknown> {
  const file = fileURLToPath(new URL(`processes/${script}`, import.meta.url));
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [...flags, '--import', 'tsx/esm', file, ...args],
    { timeout },
  );
  return JSON.parse(stdout);
}

// Each timer that could be left is of a day or more, so a process that ends at all has left none.
describe('A process that has nothing else to do ends', { timeout: 70_000 }, () => {
  test('after an abort in back-off', async () => {
    const { url, requests } = await serve(envelope(429, { 'Retry-After': '86400' }));
    expect(await run('abort-in-back-off.ts', [url])).toEqual({ aborted: true, timers: 0 });
    expect(requests).toHaveLength(1);
  });

  test('after a call with a signal that has a long timeout', async () => {
    const { url } = await serve(ok);
    expect(await run('signal-with-timeout.ts', [url])).toEqual({
      total: page.total,
      timers: 0,
      listeners: 0,
    });
  });
});

test('Where code must not be compiled from texts, pages are checked all the same', async () => {
  const { url } = await serve(ok, answer(200, '{"limit":20,"models":[],"total":"1"}'));
  expect(await run('no-code-generation.ts', [url], ['--disallow-code-generation-from-strings'])).toEqual({
    refused: true,
    total: page.total,
    error: 'Status 200, but not an answer of this API: total: Input should be a valid integer.',
  });
}, 70_000);

test(`After ${manyCalls} calls on one signal nothing is left of them`, async () => {
  const server = await serve(ok);
  const most = { sockets: 0 };
  const watch = setInterval(() => {
    most.sockets = Math.max(most.sockets, server.connections());
  }, 5);
  const left = (await run('many-calls.ts', [server.url, `${manyCalls}`], ['--expose-gc'], 600_000)) as {
    growth: number;
  };
  clearInterval(watch);
  console.log(`after ${manyCalls} calls: ${JSON.stringify({ ...left, ...most })}`);
  expect(left).toMatchObject({ listeners: 0, timers: 0, warnings: 0 });
  // Half a kilobyte a call would show; buffers and compiled code come and go by more than that in all.
  expect(left.growth).toBeLessThan(4 * 1024 * 1024);
  expect(server.requests).toHaveLength(manyCalls);
  expect(most.sockets).toBeLessThanOrEqual(2);
}, 610_000);
