/** The transport's options: their types, their defaults and their checks. */

import type { AttemptEvent } from './attempt-event.ts';
import { abortSignal, checkObject, ofType, type Rules, readOptions, textList, wholeNumber } from './check.ts';
import { usage } from './errors.ts';
import type { Fetch, FetchInit, InitOptions, Signal } from './fetch.ts';
import { type HeadersInput, type PlainHeaders, readHeaders } from './headers.ts';

/** An API key, or none. */
export type ApiKey = string | null | undefined;

/** When and how often a request is sent again. */
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
   * The most that this upper end grows to, in milliseconds.
   * @default 8000
   */
  maxDelayMs?: number | undefined;
  /**
   * The longest `Retry-After` to wait for, in milliseconds. If the server asks for more, the error is
   * thrown at once with `retryAfterMs`.
   * @default 60000
   */
  maxRetryAfterMs?: number | undefined;
  /**
   * The methods that are sent again after any retryable failure: the idempotent ones (RFC 9110, section 9.2.2).
   * The others are sent again after a 429 only.
   * @default ['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE']
   */
  methods?: readonly string[] | undefined;
}

/** How a server is reached, by any client of this package. */
export interface TransportOptions {
  /**
   * The server: an absolute http or https URL; a path prefix is kept.
   * @default the environment's DREADNODE_SERVER, else the contract's server
   * @example 'http://127.0.0.1:4010'
   */
  baseUrl?: string | undefined;
  /**
   * The API key, or a function that gets one for each attempt. With null no key is sent. It goes to
   * `baseUrl`'s origin only.
   * @default the environment's DREADNODE_API_KEY, else none
   * @example () => vault.read('dreadnode')
   */
  apiKey?: ApiKey | (() => ApiKey | Promise<ApiKey>);
  /**
   * Headers for every request. They replace those that the client sets, `authorization` included; null removes one.
   * @example { 'x-request-source': 'nightly' }
   */
  headers?: HeadersInput | undefined;
  /**
   * Further headers that hold a secret, so that no error shows their values. Known by their names are all with auth,
   * cookie, credential, key, password, secret, session, signature or token in them.
   * @example ['x-tenant']
   */
  secretHeaders?: readonly string[] | undefined;
  /**
   * What to send requests with; called with a string URL and a plain init. It has to give every answer as a Response,
   * whatever its status.
   * @default globalThis.fetch, looked up at each call
   */
  fetch?: Fetch | undefined;
  /**
   * What else the platform's `fetch` takes, passed on to it as it is: `cache`, `credentials`, `keepalive`, and
   * what some platforms add, such as `next`, `cf` or `dispatcher`.
   * @throws a `usage` error for `method`, `body`, `headers`, `signal` and `redirect`
   * @example { cache: 'no-store' }
   */
  init?: InitOptions | undefined;
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
   * How to try again after a retryable failure: no connection, a cut body, an attempt that timed out, status 408
   * or 503, and the statuses that the contract marks as retryable. False: never.
   */
  retry?: RetryOptions | boolean | undefined;
  /**
   * The largest body to read, in bytes.
   * @default 10485760
   */
  maxResponseBytes?: number | undefined;
  /**
   * Told of each attempt when it has ended. Never sees the key.
   * @example ({ attempt, status, durationMs }) => metrics.record(attempt, status, durationMs)
   */
  onAttempt?: ((event: AttemptEvent) => unknown) | undefined;
  /**
   * Whether a key may be sent over plain http to another machine.
   * @default false
   */
  allowInsecureHttp?: boolean | undefined;
}

/** Options of a single call. */
export interface CallOptions {
  /** Ends the call at any moment: before an attempt, during one, or in a wait. May be shared by any number of calls. */
  signal?: Signal | undefined;
  /** Replaces the client's `timeoutMs`. */
  timeoutMs?: number | undefined;
  /** Added to the client's headers; replaces those of the same name. */
  headers?: HeadersInput | undefined;
  /**
   * Added to the client's `init`; replaces what has the same name.
   * @example { next: { revalidate: 60 } }
   */
  init?: InitOptions | undefined;
}

/** The options of a transport with every default in place. */
export interface Settings {
  /** Without a slash at its end. */
  readonly baseUrl: string;
  /** That of `baseUrl`. The raw client sends the key and the headers nowhere else. */
  readonly origin: string;
  readonly apiKey?: TransportOptions['apiKey'];
  readonly headers: PlainHeaders;
  readonly secretHeaders: readonly string[];
  readonly fetch?: TransportOptions['fetch'];
  readonly init: InitOptions;
  readonly timeoutMs: number;
  readonly totalTimeoutMs: number;
  readonly retry: Readonly<{ [Name in keyof RetryOptions]-?: NonNullable<RetryOptions[Name]> }>;
  readonly maxResponseBytes: number;
  readonly onAttempt?: TransportOptions['onAttempt'];
}

/** The rules of the transport's options. */
export const transportRules: Rules<TransportOptions> = {
  baseUrl: ofType('string'),
  apiKey: { ...ofType('string', 'function'), nullable: true },
  headers: ofType('object'),
  secretHeaders: textList,
  fetch: ofType('function'),
  init: ofType('object'),
  timeoutMs: wholeNumber(1),
  totalTimeoutMs: wholeNumber(1),
  retry: ofType('object', 'boolean'),
  maxResponseBytes: wholeNumber(1),
  onAttempt: ofType('function'),
  allowInsecureHttp: ofType('boolean'),
};

const retryRules: Rules<RetryOptions> = {
  limit: wholeNumber(0),
  minDelayMs: wholeNumber(0),
  maxDelayMs: wholeNumber(0),
  maxRetryAfterMs: wholeNumber(0),
  methods: textList,
};

/** The rules of a call's options. */
export const callRules: Rules<CallOptions> = {
  signal: abortSignal,
  timeoutMs: wholeNumber(1),
  headers: ofType('object'),
  init: ofType('object'),
};

/** The idempotent methods (RFC 9110, section 9.2.2). */
const idempotent = ['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE'];

function readRetry(retry: RetryOptions | boolean): Settings['retry'] {
  const given = typeof retry === 'object' ? retry : {};
  const {
    limit = retry ? 2 : 0,
    minDelayMs = 500,
    maxDelayMs = 8_000,
    maxRetryAfterMs = 60_000,
    methods = idempotent,
  } = readOptions(given, retryRules, 'retry as an object, such as { limit: 1 }');
  return { limit, minDelayMs, maxDelayMs, maxRetryAfterMs, methods };
}

/** What messages call the options that may come from elsewhere, such as the environment. */
export interface Names {
  baseUrl: string;
  apiKey: string;
}

/**
 * Turns checked options into settings.
 *
 * @throws a `usage` error that names the option
 */
export function toSettings(options: TransportOptions & { baseUrl: string }, names: Names): Settings {
  const {
    apiKey,
    headers = {},
    secretHeaders = [],
    init = {},
    timeoutMs = 30_000,
    totalTimeoutMs = 120_000,
    maxResponseBytes = 10 * 1024 * 1024,
    retry = true,
  } = options;
  const url = readBaseUrl(options.baseUrl, names.baseUrl);
  if (typeof apiKey === 'string') checkKey(apiKey, names.apiKey);
  if (apiKey != null && !isConfidential(url) && !options.allowInsecureHttp) {
    const insecure = `No key is sent over plain http to ${url.hostname}: use https, or set allowInsecureHttp.`;
    throw usage('allowInsecureHttp', insecure);
  }
  return {
    ...options,
    baseUrl: url.origin + url.pathname.replace(/\/+$/, ''),
    origin: url.origin,
    headers: readHeaders(headers),
    secretHeaders: secretHeaders.map((name) => name.toLowerCase()),
    init: readInit(init),
    timeoutMs,
    totalTimeoutMs,
    maxResponseBytes,
    retry: readRetry(retry),
  };
}

/** What `init` may not hold. */
const refusedInit: readonly (keyof FetchInit)[] = ['method', 'headers', 'body', 'redirect', 'signal'];

/** @throws a `usage` error that names what `init` may not hold */
export function readInit(init: InitOptions): InitOptions {
  checkObject(init, 'init', 'option init as an object, such as { keepalive: true }');
  for (const name of refusedInit) {
    if (init[name] !== undefined) {
      throw usage(
        'init',
        `Option init takes no ${name}: the client sets it. Headers and signal have options of their own.`,
      );
    }
  }
  return init;
}

/**
 * The key, if a header can carry it.
 *
 * @param name - What to call it in a message.
 * @throws a `usage` error that does not show the key
 */
export function checkKey(key: unknown, name: string): string {
  if (typeof key !== 'string') throw usage('apiKey', `${name} must be a text.`);
  if (key === '') throw usage('apiKey', `${name} is empty: pass a key, or null to send none.`);
  if (/^bearer /i.test(key)) throw usage('apiKey', `${name} is the key alone: leave out "Bearer ".`);
  if (!/^[!-~]+$/.test(key)) throw usage('apiKey', `${name} must be visible ASCII without spaces.`);
  return key;
}

/** Hosts that are this machine: what is sent to them goes over no wire. */
const loopback = /^(localhost|.*\.localhost|127\.[\d.]+|\[::1\])$/;

/** Whether nobody on the way can read what is sent there. */
function isConfidential(url: URL): boolean {
  return url.protocol === 'https:' || loopback.test(url.hostname);
}

/**
 * The address without slashes at its end; a path prefix is kept.
 *
 * @param name - What to call it in a message.
 * @throws a `usage` error that does not show the address, which may hold a password
 */
function readBaseUrl(text: string, name: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const known = url?.protocol === 'http:' || url?.protocol === 'https:';
  if (!url && /^https?:/i.test(text))
    throw usage('baseUrl', `${name} must have a host and a port that exist.`);
  // `localhost:4010` is read as a URL whose scheme is `localhost:`.
  if (!url || (!known && /^[\w.-]+:\d/.test(text))) {
    throw usage('baseUrl', `${name} must be an absolute URL: write https:// or http:// before the host.`);
  }
  if (!known || url.username || url.password || /[?#]/.test(text)) {
    throw usage('baseUrl', `${name} must be an http or https URL without user, query or hash.`);
  }
  return url;
}
