/** What the client's tests share: a client that does not wait long, and the error that a call ends with. */
import { inspect } from 'node:util';
import { createTrainingCatalogClient, type TrainingCatalogClient } from '../../src/client/client.ts';
import { type CatalogError, isCatalogError, type Kind } from '../../src/client/errors.ts';
import type { ClientOptions, Drift } from '../../src/client/options.ts';
import type { AttemptEvent } from '../../src/transport/attempt-event.ts';
import type { Fetch, FetchInit, FetchResponse } from '../../src/transport/fetch.ts';
import { page } from './fault-server.ts';

/** Waits of no length, so that a test of retries takes none. */
export const atOnce = { limit: 2, minDelayMs: 0, maxDelayMs: 0 };

export interface Watched extends TrainingCatalogClient {
  readonly events: AttemptEvent[];
  readonly drifts: Drift[];
}

/** A client without a key or retries, unless the options say so, which records its events. */
export function clientOf(baseUrl: string | undefined, options: ClientOptions = {}): Watched {
  const events: AttemptEvent[] = [];
  const drifts: Drift[] = [];
  const client = createTrainingCatalogClient({
    baseUrl,
    apiKey: null,
    retry: false,
    onAttempt: (event) => events.push(event),
    onDrift: (drift) => drifts.push(drift),
    ...options,
  });
  return { ...client, events, drifts };
}

type ErrorOf<K extends Kind> = Extract<CatalogError, { kind: K }>;

/** The error of this kind that a call ends with; anything else fails the test. */
export async function failureOf<K extends Kind>(kind: K, call: Promise<unknown>): Promise<ErrorOf<K>> {
  const outcome = await call.catch((error: unknown) => error);
  if (isCatalogError(outcome, kind)) return outcome;
  throw new Error(`expected an error of the kind ${kind}, not ${inspect(outcome, { depth: 1 })}`);
}

/** The usage error that is thrown on the spot. */
export function usageErrorOf(act: () => unknown): Promise<ErrorOf<'usage'>> {
  return failureOf('usage', new Promise((resolve) => resolve(act())));
}

/** A fetch without a network: it answers by a function of the call and records what it was given. */
export function recordingFetch(
  respond: (url: string, init: FetchInit, n: number) => FetchResponse | Promise<FetchResponse> = () =>
    Response.json(page),
): Fetch & { readonly calls: { url: string; init: FetchInit }[] } {
  const calls: { url: string; init: FetchInit }[] = [];
  const fetch = async (url: string, init: FetchInit) => {
    calls.push({ url, init });
    return respond(url, init, calls.length);
  };
  return Object.assign(fetch, { calls });
}
