/** The options of a run: their types and defaults, and how they are checked. */
import { isCatalogError } from '../client/errors.ts';
import { abortSignal, ofType, type Rules, readOptions, wholeNumber } from '../transport/check.ts';
import type { Signal } from '../transport/fetch.ts';
import { type Settings, type TransportOptions, toSettings, transportRules } from '../transport/options.ts';
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

type Shared = 'headers' | 'secretHeaders' | 'fetch' | 'allowInsecureHttp';

/** Options of {@link verifyServer}. */
export interface VerifyOptions extends Pick<TransportOptions, Shared> {
  /**
   * The API key. It goes to the given origin only, and no report shows it.
   * @default none: a stand-in is sent, which mocks and servers in development take
   */
  apiKey?: string | null | undefined;
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
  /** Told after each request, at least once a second, and before each wait what the run waits for. */
  onProgress?: ((progress: Progress) => void) | undefined;
}

const { headers, secretHeaders, fetch, timeoutMs, allowInsecureHttp } = transportRules;

const rules: Rules<VerifyOptions> = {
  apiKey: { ...ofType('string'), nullable: true },
  ...{ headers, secretHeaders, fetch, timeoutMs, allowInsecureHttp },
  strict: ofType('boolean'),
  unsafe: ofType('boolean'),
  signal: abortSignal,
  waitMs: wholeNumber(0),
  onProgress: ofType('function'),
};

/** What messages call the two. */
const names = { baseUrl: 'The address', apiKey: 'The key' };

/** Options whose mistakes are a report, as they depend on where a run is made. */
const codes: Readonly<Record<string, Code>> = {
  baseUrl: 'address',
  apiKey: 'key',
  allowInsecureHttp: 'insecure-http',
};

/**
 * Reads the options of a run.
 *
 * @returns How to send; or why that can't be done, for an address or a key that can't be used.
 * @throws a `usage` error that names any other option which is unknown or invalid
 */
export function readRun(
  baseUrl: string,
  options: VerifyOptions,
): { run: VerifyOptions; settings: Settings } | { run: VerifyOptions; code: Code; reason: string } {
  const run = readOptions(options, rules);
  const { strict, unsafe, signal, waitMs, onProgress, ...transport } = run;
  try {
    // A page of 100 models takes some 40 kB.
    const limits = { timeoutMs: 10_000, retry: false, maxResponseBytes: 2 * 1024 * 1024 };
    return { run, settings: toSettings({ ...limits, ...transport, baseUrl }, names) };
  } catch (error) {
    const code = isCatalogError(error, 'usage') ? codes[error.option] : undefined;
    if (code === undefined) throw error;
    return { run, code, reason: clean((error as Error).message, 500) };
  }
}
