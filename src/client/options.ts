/** The client's options: their types, their checks and their defaults. */
import { serverUrl } from '../../generated/constants.ts';
import { type CatalogError, usage } from './errors.ts';

/** The platform's own AbortSignal where there is one (a DOM library or Node's types), else what is used of it. */
export type Signal = typeof globalThis extends { AbortSignal: { prototype: infer Platform } }
  ? Platform
  : {
      readonly aborted: boolean;
      readonly reason: unknown;
      addEventListener(type: 'abort', listener: () => void): void;
      removeEventListener(type: 'abort', listener: () => void): void;
    };

/** What `fetch` is given beside the URL. Keys that some edge workers refuse (`mode`, `cache`, `credentials`) are never set. */
export interface FetchInit {
  method: string;
  /** By lower-case name. */
  headers: Record<string, string>;
  /** The API has no redirects, and a key must not travel to where one points. */
  redirect: 'manual';
  signal: Signal;
}

/** What is used of a `Response`. */
export interface FetchResponse {
  readonly status: number;
  readonly headers: Iterable<[string, string]> & { get(name: string): string | null };
  readonly body: { getReader(): BodyReader } | null;
  text(): Promise<string>;
}

/** What is used of a stream's reader. */
export interface BodyReader {
  read(): Promise<{ done: boolean; value?: Uint8Array | undefined }>;
  cancel(reason?: unknown): Promise<unknown>;
}

/** A `fetch` called with a string URL and a plain init. */
export type Fetch = (url: string, init: FetchInit) => Promise<FetchResponse>;

/** Headers in any of the forms that `fetch` takes; null or undefined removes one. */
export type HeadersInput =
  | Readonly<Record<string, string | null | undefined>>
  | Iterable<readonly [string, string | null | undefined] | readonly string[]>;

/** An API key, or what gets one. */
export type ApiKey = string | null | undefined;

/** Happens once for each value that is newer than the contract. */
export interface Drift {
  /** Where it was met, such as `models[3].family`, `status` or `code`. */
  readonly at: string;
  /** The value. */
  readonly value: unknown;
}

/** Happens once for each attempt, when it has ended. */
export interface AttemptEvent {
  /** 1 for the first. */
  readonly attempt: number;
  /** The HTTP status, where a complete answer came. */
  readonly status?: number;
  /** The kind of failure, where none came. */
  readonly failure?: CatalogError['kind'];
  /** From the start of the request to the end of the body, in milliseconds. */
  readonly durationMs: number;
  /** The wait before the next attempt in milliseconds; absent if this was the last. */
  readonly delayMs?: number;
}

/** How failures that may heal are tried again. */
export interface RetryOptions {
  /**
   * How many attempts follow the first at most.
   * @default 2
   */
  limit?: number | undefined;
  /**
   * The upper end of the first wait in milliseconds. It doubles each time; the wait itself is drawn
   * between zero and that end ("full jitter"), so that callers do not come back in step.
   * @default 500
   */
  minDelayMs?: number | undefined;
  /**
   * What the doubling stops at, in milliseconds.
   * @default 8000
   */
  maxDelayMs?: number | undefined;
  /**
   * The longest `Retry-After` to wait for, in milliseconds. If the server asks for more, the error is
   * thrown at once with `retryAfterMs`.
   * @default 60000
   */
  maxRetryAfterMs?: number | undefined;
}

/** Options of {@link createTrainingCatalogClient}. */
export interface ClientOptions {
  /**
   * The server: an absolute http or https URL; a path prefix is kept.
   * @default the environment's DREADNODE_SERVER, else the contract's server
   * @example 'http://127.0.0.1:4010'
   */
  baseUrl?: string | undefined;
  /**
   * The API key, or a function that gets one for each attempt. With null no key is sent.
   * @default the environment's DREADNODE_API_KEY, else none
   * @example () => vault.read('dreadnode')
   */
  apiKey?: ApiKey | (() => ApiKey | Promise<ApiKey>);
  /**
   * Headers for every request. They win over the client's own, `authorization` included; null removes one.
   * @example { 'x-request-source': 'nightly' }
   */
  headers?: HeadersInput | undefined;
  /**
   * What to send requests with; called with a string URL and a plain init.
   * @default globalThis.fetch, looked up at each call
   */
  fetch?: Fetch | undefined;
  /**
   * The time for one attempt, body included, in milliseconds.
   * @default 30000
   */
  timeoutMs?: number | undefined;
  /**
   * The time for a whole call, all attempts and waits included, in milliseconds.
   * @default 120000
   */
  totalTimeoutMs?: number | undefined;
  /**
   * How to try again after failures that may heal: no connection, a cut body, an attempt that timed
   * out, status 408 or 503, and those that the contract marks as retried. False: never.
   */
  retry?: RetryOptions | boolean | undefined;
  /**
   * The largest body to read, in bytes.
   * @default 10485760
   */
  maxResponseBytes?: number | undefined;
  /**
   * Whether to check each page against the contract. Without it a body is taken as it comes.
   * @default true
   */
  validate?: boolean | undefined;
  /**
   * Told of values that are newer than the contract. They are passed on all the same.
   * @example (drift) => console.warn(`new ${drift.at}: ${drift.value}`)
   */
  onDrift?: ((drift: Drift) => unknown) | undefined;
  /**
   * Told of each attempt when it has ended. Never sees the key.
   * @example ({ attempt, status, durationMs }) => metrics.record(attempt, status, durationMs)
   */
  onAttempt?: ((event: AttemptEvent) => unknown) | undefined;
  /**
   * Allows to send a key over plain http to a host that is not this machine.
   * @default false
   */
  allowInsecureHttp?: boolean | undefined;
}

/** Options of a single call. */
export interface CallOptions {
  /** Ends the call, in whatever state it is. */
  signal?: Signal | undefined;
  /** Replaces the client's `timeoutMs`. */
  timeoutMs?: number | undefined;
  /** Added to the client's headers, and stronger. */
  headers?: HeadersInput | undefined;
}

/** By lower-case name; null where a header is to be left out. */
export type PlainHeaders = Record<string, string | null>;

/** Options with every default in place. */
export interface Settings extends Defined<typeof defaults>, Defined<typeof retryDefaults> {
  readonly baseUrl: string;
  readonly apiKey: ClientOptions['apiKey'];
  readonly headers: PlainHeaders;
  readonly fetch?: Fetch;
  readonly onDrift?: NonNullable<ClientOptions['onDrift']>;
  readonly onAttempt?: NonNullable<ClientOptions['onAttempt']>;
  /** Whether a key may be sent to `baseUrl` at all. */
  readonly secure: boolean;
}

type Defined<T> = { readonly [Name in keyof T]: T[Name] };

/** What every request asks for, unless the caller says otherwise. */
export const accept = 'application/json';

const defaults = {
  timeoutMs: 30_000,
  totalTimeoutMs: 120_000,
  maxResponseBytes: 10 * 1024 * 1024,
  validate: true,
};
const retryDefaults = { limit: 2, minDelayMs: 500, maxDelayMs: 8_000, maxRetryAfterMs: 60_000 };

/** What a value must be: of a type, or a whole number from this one up. */
type Rules<Options> = Record<keyof Options, string | number>;

/** The longest delay that timers take, in milliseconds; beyond it they fire at once. */
const longest = 2 ** 31 - 1;

const clientRules: Rules<ClientOptions> = {
  baseUrl: 'string',
  apiKey: 'string or function',
  headers: 'object',
  fetch: 'function',
  timeoutMs: 1,
  totalTimeoutMs: 1,
  retry: 'object or boolean',
  maxResponseBytes: 1,
  validate: 'boolean',
  onDrift: 'function',
  onAttempt: 'function',
  allowInsecureHttp: 'boolean',
};
const retryRules: Rules<RetryOptions> = { limit: 0, minDelayMs: 0, maxDelayMs: 0, maxRetryAfterMs: 0 };
/** The rules of a call's options. */
export const callRules: Rules<CallOptions> = { signal: 'object', timeoutMs: 1, headers: 'object' };

/**
 * The options that are set, checked by name and type. Values are never shown: one could be a key.
 *
 * @throws a `usage` error that names the option
 */
export function checkOptions<Options extends object>(options: Options, rules: Rules<Options>): Options {
  if (typeof options !== 'object' || !options) throw usage('Options must be an object.');
  const set = Object.entries(options).filter(([, value]) => value != null);
  const known = Object.keys(rules);
  for (const [name, value] of set) {
    if (!known.includes(name)) throw usage(`Unknown option ${name}; known are ${known.join(', ')}.`);
    const rule = rules[name as keyof Options];
    const number = typeof rule === 'number';
    if (
      number ? !(Number.isInteger(value) && value >= rule && value <= longest) : !rule.includes(typeof value)
    ) {
      throw usage(
        `Option ${name} must be ${number ? `a whole number from ${rule} to ${longest}` : `of type ${rule}`}.`,
      );
    }
  }
  return Object.fromEntries(set) as Options;
}

/** @throws a `usage` error that names the option */
export function resolveOptions(options: ClientOptions): Settings {
  const { baseUrl, headers, retry, allowInsecureHttp, ...set } = checkOptions(options, clientRules);
  const url = parseBaseUrl(baseUrl ?? readEnvironment('DREADNODE_SERVER') ?? serverUrl);
  const settings: Settings = {
    ...defaults,
    ...retryDefaults,
    ...((typeof retry === 'object' && checkOptions(retry, retryRules)) as Partial<Settings>),
    ...(retry === false && { limit: 0 }),
    ...(set as Partial<Settings>),
    // Null says: no key. Only where nothing is said the environment is asked.
    apiKey: options.apiKey === undefined ? readEnvironment('DREADNODE_API_KEY') : options.apiKey,
    baseUrl: url.origin + url.pathname.replace(/\/+$/, ''),
    headers: { accept, ...plainHeaders(headers) },
    secure: url.protocol === 'https:' || loopback.test(url.hostname) || !!allowInsecureHttp,
  };
  const { apiKey } = settings;
  if (apiKey == null) return settings;
  const authorization = authorize(settings, typeof apiKey === 'function' ? 'x' : apiKey);
  if (typeof apiKey === 'function') return settings;
  // Once, not for each attempt.
  return { ...settings, headers: { authorization, ...settings.headers } };
}

/**
 * The value of the `authorization` header for a key.
 *
 * @throws a `usage` error that does not show the key
 */
export function authorize({ secure }: Settings, key: unknown): string {
  if (!secure) throw usage('No key is sent over plain http; see allowInsecureHttp.');
  if (typeof key !== 'string' || !/^[!-~]+$/.test(key)) {
    throw usage('Option apiKey (or DREADNODE_API_KEY) must be visible ASCII without spaces.');
  }
  return `Bearer ${key}`;
}

/** @throws a `usage` error that names the header but not its value */
export function plainHeaders(input: HeadersInput = []): PlainHeaders {
  const plain: PlainHeaders = {};
  for (const pair of Symbol.iterator in input ? input : Object.entries(input)) {
    // A flat list of names and values would be taken letter by letter.
    const [name = '', value] = Array.isArray(pair) ? pair : [];
    if (!/^[\w!#$%&'*+.^`|~-]+:[\t -~\x80-\xff]*$/.test(`${name}:${value ?? ''}`)) {
      throw usage(`Option headers: HTTP can't carry "${name}" or its value.`);
    }
    plain[`${name}`.toLowerCase()] = value ?? null;
  }
  return plain;
}

const loopback = /^(localhost|.*\.localhost|127\.[\d.]+|\[::1\])$/;

function parseBaseUrl(baseUrl: string): URL {
  try {
    const url = new URL(baseUrl);
    if (/^https?:$/.test(url.protocol) && !url.username && !url.password && !/[?#]/.test(baseUrl)) return url;
  } catch {}
  throw usage(
    'Option baseUrl (or DREADNODE_SERVER) must be an http or https URL without user, query or hash.',
  );
}

/** Where there is no environment, or it must not be read (Deno asks for permission), there is no default. */
function readEnvironment(name: string): string | undefined {
  try {
    return (globalThis as { process?: { env?: Record<string, string> } }).process?.env?.[name] || undefined;
  } catch {
    return undefined;
  }
}
