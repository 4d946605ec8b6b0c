import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createCatalogHandler, type Simulated, simulate } from '../../src/server/index.ts';
import { errorStatuses, exampleOf, models, newTrouble, undocumentedStatus } from '../contract/from-yaml.ts';
import { ask, askCatalog } from './ask.ts';

const handlerOf = (simulated: Simulated) => createCatalogHandler({ intercept: simulate(simulated) });

describe('simulated failures', () => {
  test('come one after the other, then the catalog', async () => {
    const handler = handlerOf({ fail: errorStatuses });
    for (const status of errorStatuses) {
      const answer = await ask('?limit=1', { handler });
      expect([answer.status, await answer.json()]).toEqual([status, exampleOf(status)]);
      expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    }
    expect(await askCatalog('?limit=1', { handler })).toMatchObject({ total: models.length });
  });

  test('of a status that the contract does not have come without a body', async () => {
    const handler = handlerOf({ fail: [newTrouble, undocumentedStatus] });
    for (const status of [newTrouble, undocumentedStatus]) {
      const answer = await ask('', { handler });
      expect([answer.status, await answer.text()]).toEqual([status, '']);
    }
  });

  test('ask to wait after a 429, as one preferred from the catalog does', async () => {
    const simulated = await ask('', { handler: handlerOf({ fail: [429] }) });
    const preferred = await ask('', { headers: { prefer: 'code=429' } });
    for (const { status, headers } of [simulated, preferred]) {
      expect([status, headers.get('retry-after')]).toEqual([429, '1']);
    }
    expect((await ask('', { headers: { prefer: 'code=500' } })).headers.has('retry-after')).toBe(false);
  });
});

describe('a simulated delay', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('is waited for before any answer, failures too', async () => {
    const handler = handlerOf({ delayMs: 800, fail: [500] });
    for (const status of [500, 200]) {
      const settled = vi.fn();
      const answer = ask('', { handler }).finally(settled);
      await vi.advanceTimersByTimeAsync(799);
      expect(settled).not.toHaveBeenCalled();
      await vi.advanceTimersByTimeAsync(1);
      expect((await answer).status).toBe(status);
    }
  });

  test('ends when the caller leaves, so that it keeps no process running', async () => {
    const controller = new AbortController();
    const answer = ask('', { handler: handlerOf({ delayMs: 60_000 }), signal: controller.signal });
    expect(vi.getTimerCount()).toBe(1);
    controller.abort();
    expect(vi.getTimerCount()).toBe(0);
    await answer;
  });
});

test.each<[Simulated, message: string]>([
  [{ delayMs: -1 }, 'delayMs must be a number from 0 to 60000, not -1.'],
  [{ delayMs: 60_001 }, 'delayMs must be a number from 0 to 60000, not 60001.'],
  [{ delayMs: Number.NaN }, 'delayMs must be a number from 0 to 60000, not NaN.'],
  [{ fail: [429, 99] }, 'fail[1] must be a status from 400 to 599, not 99.'],
  [{ fail: [200] }, 'fail[0] must be a status from 400 to 599, not 200.'],
  [{ fail: [404.5] }, 'fail[0] must be a status from 400 to 599, not 404.5.'],
])('%j is refused, saying what would be right', (simulated, message) => {
  expect(() => simulate(simulated)).toThrow(new RangeError(message));
});
