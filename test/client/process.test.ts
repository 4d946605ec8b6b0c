/** What is left of a client in a process of its own, and what it takes there. */
import { beforeAll, describe, expect, test } from 'vitest';
import { answer, envelope, ok, page, serve } from './fault-server.ts';
import { hostileNames } from './hostile-bodies.ts';
import { runProcess } from './processes.ts';

const manyCalls = 1_500;

// Each timer that could be left is of a day or more, so a process that ends at all has left none.
test('A process that has nothing else to do ends after an abort in back-off', async () => {
  const { url, requests } = await serve(envelope(429, { 'Retry-After': '86400' }));
  expect(await runProcess('abort-in-back-off.ts', [url])).toEqual({ aborted: true, timers: 0 });
  expect(requests).toHaveLength(1);
});

test('Where code must not be compiled from texts, pages are checked all the same', async () => {
  const { url } = await serve(ok, answer(200, '{"limit":20,"models":[],"total":"1"}'));
  const flags = ['--disallow-code-generation-from-strings'];
  expect(await runProcess('no-code-generation.ts', [url], { flags })).toEqual({
    refused: true,
    total: page.total,
    error: 'Status 200, but not an answer of this API: total: Input should be a valid integer.',
  });
});

test(`After ${manyCalls} calls on one signal nothing is left of them`, async () => {
  const server = await serve(ok);
  let sockets = 0;
  const watch = setInterval(() => {
    sockets = Math.max(sockets, server.connections());
  }, 5);
  const left = await runProcess('many-calls.ts', [server.url, `${manyCalls}`], { flags: ['--expose-gc'] });
  clearInterval(watch);
  console.log(`after ${manyCalls} calls: ${JSON.stringify(left)}, ${sockets} sockets at most`);
  expect(left).toMatchObject({ listeners: 0, timers: 0, warnings: 0 });
  // A kilobyte a call would show; buffers and compiled code come and go by more than that in all.
  expect((left as { growth: number }).growth).toBeLessThan(1_500 * 1024);
  expect(server.requests).toHaveLength(manyCalls);
  expect(sockets).toBeLessThanOrEqual(2);
});

interface Result {
  name: string;
  kind: string;
  problems: number;
  shown: number;
  drifts: number;
  seconds: number;
}

describe('A hostile body of 5 MB takes seconds and little memory, and is an error of ours or a page:', () => {
  let outcomes: Result[];
  let peak: number;
  beforeAll(async () => {
    // JSON.parse alone takes two thirds of this heap. Some of these took minutes once.
    const result = await runProcess('hostile-bodies.ts', [], { flags: ['--max-old-space-size=220'] });
    ({ outcomes, peak } = result as { outcomes: Result[]; peak: number });
  });

  test.for(hostileNames)('%s', (name) => {
    const own = outcomes.filter((outcome) => outcome.name === name);
    expect(own).toHaveLength(2);
    for (const { kind, problems, shown, drifts, seconds } of own) {
      expect(kind).toMatch(/^(resolved|api|response)$/);
      expect(drifts).toBeLessThanOrEqual(50);
      expect(problems).toBeLessThanOrEqual(100);
      expect(shown).toBeLessThan(100_000);
      expect(seconds).toBeLessThan(20);
    }
  });

  test('all of them together less than 500 MB, with what is outside of the heap', () => {
    expect(peak).toBeLessThan(500_000_000);
  });
});
