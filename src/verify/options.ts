/** The options of a run: their types and defaults, and how they are checked. */
import { isFailure } from '../transport/errors.ts';
import type { Fetch, Signal } from '../transport/fetch.ts';
import type { HeadersInput } from '../transport/headers.ts';
import { type Settings, toSettings, transportRules } from '../transport/options.ts';
import { abortSignal, ofType, type Rules, readOptions, wholeNumber } from '../transport/read-options.ts';
import type { Code } from './report.ts';
import { clean } from './shown.ts';

/** What a run tells while it goes on. */
export interface Progress {
  /** How many requests were sent. */
  readonly calls: number;
  /** How many checks were made. */
  readonly made: number;
  /** How many checks there are; 0 until the first answer. */
  readonly all: number;
  /** How many of those that were made fail the run. */
  readonly failed: number;
  /** What the run waits for, if it does, as a sentence. */
  readonly waiting?: string;
}

/** Options of {@link verifyServer}. */
export interface VerifyOptions {
  /**
   * The API key. It goes to the given origin only, and no report shows it.
   * @default none: a stand-in is sent, which mocks and servers in development take
   */
  apiKey?: string | null | undefined;
  /**
   * Headers for every request, such as those for a gateway in front. They win over the headers that the run sends,
   * `authorization` too; null removes one. No report shows their values in requests.
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
   * Whether notes fail the run, too: checks of what neither the contract nor the API reference says.
   * @default false
   */
  strict?: boolean | undefined;
  /**
   * Whether to call operations of other methods than GET and HEAD, too. They may change data on the server.
   * @default false
   */
  unsafe?: boolean | undefined;
  /** Ends the run; the report has what was found until then, and the code `stopped`. */
  signal?: Signal | undefined;
  /**
   * How long the first answer may take to come, in milliseconds. Until then a server that refuses connections or
   * answers 502, 503 or 504 is asked again.
   * @default 30000
   */
  waitMs?: number | undefined;
  /**
   * The time for one answer, body included, in milliseconds.
   * @default 10000
   */
  timeoutMs?: number | undefined;
  /**
   * Whether a key may go over plain http to another machine.
   * @default false
   */
  allowInsecureHttp?: boolean | undefined;
  /** Told after each request, and before each wait what the run waits for. */
  onProgress?: ((progress: Progress) => void) | undefined;
}

const { headers, fetch, timeoutMs, allowInsecureHttp } = transportRules;

const rules: Rules<VerifyOptions> = {
  apiKey: { ...ofType('string'), nullable: true },
  headers,
  fetch,
  strict: ofType('boolean'),
  unsafe: ofType('boolean'),
  signal: abortSignal,
  waitMs: wholeNumber(0),
  timeoutMs,
  allowInsecureHttp,
  onProgress: ofType('function'),
};

/** What messages call the two. */
const names = { baseUrl: 'The address', apiKey: 'The key' };

export interface Run extends Pick<VerifyOptions, 'signal' | 'onProgress'> {
  readonly apiKey: string | undefined;
  readonly strict: boolean;
  readonly unsafe: boolean;
  readonly waitMs: number;
  /** Without a slash at its end; empty for an invalid address, as it may hold a password. */
  readonly address: string;
  /** How to send, or why that can't be done with this address or key. */
  readonly start: { readonly settings: Settings } | { readonly code: Code; readonly reason: string };
}

/**
 * Reads the options of a run. An address or a key that cannot be used is a reason, as both depend on where the run
 * is made. Any other mistake is thrown.
 *
 * @throws a `usage` error that names an option which is unknown or invalid
 */
export function readRun(url: string, options: VerifyOptions): Run {
  const {
    apiKey,
    strict = false,
    unsafe = false,
    signal,
    waitMs = 30_000,
    onProgress,
    ...set
  } = readOptions(options, rules);
  const run = { apiKey: apiKey ?? undefined, strict, unsafe, signal, waitMs, onProgress };
  // A page of 100 models takes some 40 kB.
  const transport = { timeoutMs: 10_000, ...set, retry: { limit: 0 }, maxResponseBytes: 2 * 1024 * 1024 };
  // Throws for the other options, whatever the address.
  toSettings({ ...transport, baseUrl: 'https://localhost' }, names);
  let address = '';
  try {
    address = toSettings({ ...transport, baseUrl: url }, names).baseUrl;
    toSettings({ ...transport, apiKey, baseUrl: url }, names);
    return { ...run, address, start: { settings: toSettings({ ...transport, baseUrl: url }, names) } };
  } catch (error) {
    if (!isFailure(error)) throw error;
    const code = address === '' ? 'address' : /plain http/.test(error.message) ? 'insecure-http' : 'key';
    return { ...run, address, start: { code, reason: clean(error.message, 500) } };
  }
}
