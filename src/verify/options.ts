/** The options of a run: their types, their defaults and their checks. */
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
   * Headers for every request, such as those that a gateway in front wants. They win over the run's own,
   * `authorization` included; null removes one. No report shows their values.
   * @example { 'cf-access-client-id': id, 'cf-access-client-secret': secret }
   */
  headers?: HeadersInput | undefined;
  /**
   * What to send requests with; called with a string URL and a plain init.
   * @default globalThis.fetch
   * @example (url, init) => handler(new Request(url, init))
   */
  fetch?: Fetch | undefined;
  /**
   * Whether the run also fails on advice: the checks of what the contract leaves open.
   * @default false
   */
  strict?: boolean | undefined;
  /**
   * Whether to call operations by other methods than GET and HEAD, too. They may change what the server holds.
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
   * Allows to send a key over plain http to a host that is not this machine.
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

/** Those of the package's client, but only what the server asks to be sent again is sent again: a 429. */
const retry = { limit: 12, minDelayMs: 1_000, maxDelayMs: 15_000, maxRetryAfterMs: 60_000, methods: [] };

const names = { baseUrl: 'The address', apiKey: 'The key' };

export interface Run {
  /** Without a slash at its end; empty for what is no address, which may hold a password. */
  readonly address: string;
  readonly apiKey: string | undefined;
  readonly strict: boolean;
  readonly unsafe: boolean;
  readonly signal: Signal | undefined;
  /** Undefined where no server can be asked in this way; the reason says why. */
  readonly settings: Settings | undefined;
  readonly reason: string | undefined;
}

/**
 * Reads the options of a run. What depends on where it runs, so the address and the key, gives a reason; a mistake
 * in the program is thrown.
 *
 * @throws a `usage` error that names an option which is unknown, or of the wrong type
 */
export function readRun(url: string, options: VerifyOptions): Run {
  const { apiKey, strict = false, unsafe = false, signal, ...set } = readOptions(options, rules);
  const run = { apiKey: apiKey ?? undefined, strict, unsafe, signal };
  const transport = { timeoutMs: 10_000, ...set, retry };
  // What is wrong with these is wrong wherever the run goes.
  toSettings({ ...transport, baseUrl: 'https://localhost' });
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
