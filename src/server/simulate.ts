/** Simulates a slow or failing API, so that a UI can be seen waiting and recovering. */
import { list_training_catalog_endpoint as examples } from '../../generated/examples.ts';
import type { Intercept } from './handler.ts';
import { respond, respondJson } from './respond.ts';

/** What the simulated API does wrong. */
export interface Simulated {
  /**
   * How long each answer takes, in milliseconds; at most a minute.
   *
   * @default 0
   */
  delayMs?: number | undefined;
  /**
   * Statuses of failures, one after the other: the first request gets the first of them. The catalog answers once they
   * are used up. A status of the contract comes with the contract's example, any other without a body; a 429 asks to
   * wait for a second.
   *
   * @default none
   */
  fail?: readonly number[] | undefined;
}

const maxDelayMs = 60_000;

/**
 * Makes an `intercept` for `createCatalogHandler`.
 *
 * @throws RangeError for a delay or a status that can't be simulated
 * @example
 * createCatalogHandler({ intercept: simulate({ delayMs: 800, fail: [429, 503] }) });
 */
export function simulate({ delayMs = 0, fail = [] }: Simulated): Intercept {
  if (!(delayMs >= 0 && delayMs <= maxDelayMs)) {
    throw new RangeError(`delayMs must be a number from 0 to ${maxDelayMs}, not ${delayMs}.`);
  }
  for (const [index, status] of fail.entries()) {
    if (Number.isInteger(status) && status >= 400 && status <= 599) continue;
    throw new RangeError(`fail[${index}] must be a status from 400 to 599, not ${status}.`);
  }
  const bodies: Readonly<Record<string, object>> = examples;
  return async ({ signal }, n) => {
    if (delayMs > 0) await wait(delayMs, signal);
    const status = fail[n];
    if (status === undefined) return undefined;
    const [example] = Object.values(bodies[status] ?? {});
    return example === undefined ? respond(status, null) : respondJson(status, JSON.stringify(example));
  };
}

/** Resolves after this time, or as soon as nobody waits any more. */
function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
