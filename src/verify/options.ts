/** The options of a run: their types and defaults, and how they are checked. */
import { isFailure, type UsageError } from '../transport/errors.ts';
import type { Fetch, Signal } from '../transport/fetch.ts';
import type { HeadersInput } from '../transport/headers.ts';
import { type Settings, toSettings, transportRules } from '../transport/options.ts';
import { abortSignal, ofType, type Rules, readOptions } from '../transport/read-options.ts';

/** Options of {@link verifyServer}. */
export interface VerifyOptions {
  /**
   * The API key. It goes to the given origin only, and no report shows it.
   * @default none: a stand-in is sent, which mocks and servers in development take
   */
  apiKey?: string | null | undefined;
  /**
   * Headers for every request, such as those for a gateway in front. They win over the headers that the run sends,
   * `authorization` too; null removes one. No report shows their values.
   * @example { 'cf-access-client-id': id, 'cf-access-client-secret': secret }
   */
  headers?: HeadersInput | undefined;
  /**
   * Sends the requests; called with a string URL and a plain init.
   * @default globalThis.fetch
   * @example (url, init) => handler(new Request(url, init))
   */
  fetch?: Fetch | undefined;
  /**
   * Whether advice counts, too: the checks of what the contract is silent on.
   * @default false
   */
  strict?: boolean | undefined;
  /**
   * Whether to call operations of other methods than GET and HEAD, too. They may change data on the server.
   * @default false
   */
  unsafe?: boolean | undefined;
  /** Ends the run; the promise then rejects with the signal's reason. */
  signal?: Signal | undefined;
  /**
   * The time for one request, body included, in milliseconds.
   * @default 10000
   */
  timeoutMs?: number | undefined;
  /**
   * Whether a key may go over plain http to another machine.
   * @default false
   */
  allowInsecureHttp?: boolean | undefined;
}

const { headers, fetch, timeoutMs, allowInsecureHttp } = transportRules;

const rules: Rules<VerifyOptions> = {
  apiKey: { ...ofType('string'), nullable: true },
  headers,
  fetch,
  strict: ofType('boolean'),
  unsafe: ofType('boolean'),
  signal: abortSignal,
  timeoutMs,
  allowInsecureHttp,
};

/** `methods` is empty, so only a 429 is retried. Any other failure is what the run is to find. */
const retry = { limit: 12, minDelayMs: 1_000, maxDelayMs: 15_000, maxRetryAfterMs: 60_000, methods: [] };

/** What messages call the two. */
const names = { baseUrl: 'The address', apiKey: 'The key' };

export interface Run {
  /** Without a slash at its end; empty for an invalid address, as it may hold a password. */
  readonly address: string;
  readonly apiKey: string | undefined;
  readonly strict: boolean;
  readonly unsafe: boolean;
  readonly signal: Signal | undefined;
  /** Undefined if the address or the key cannot be used. */
  readonly settings: Settings | undefined;
  /** Why there are no settings. */
  readonly reason: string | undefined;
}

/**
 * Reads the options of a run. An address or a key that cannot be used is a reason, as both depend on where the run
 * is made. Any other mistake is thrown.
 *
 * @throws a `usage` error that names an option which is unknown or invalid
 */
export function readRun(url: string, options: VerifyOptions): Run {
  const { apiKey, strict = false, unsafe = false, signal, ...set } = readOptions(options, rules);
  const run = { apiKey: apiKey ?? undefined, strict, unsafe, signal };
  const transport = { timeoutMs: 10_000, ...set, retry };
  // Throws for the other options, whatever the address.
  toSettings({ ...transport, baseUrl: 'https://localhost' }, names);
  let address = '';
  try {
    address = toSettings({ ...transport, baseUrl: url }, names).baseUrl;
    const settings = toSettings({ ...transport, apiKey, baseUrl: url }, names);
    return { ...run, address, settings, reason: undefined };
  } catch (error) {
    if (!isFailure(error)) throw error;
    return { ...run, address, settings: undefined, reason: (error as UsageError).message };
  }
}
