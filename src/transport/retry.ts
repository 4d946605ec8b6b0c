/** Decides whether an attempt is followed by another, and after what wait. */
import type { TransportError } from './errors.ts';
import type { ResponseHeaders } from './fetch.ts';
import type { Settings } from './options.ts';

/** Gateways send these whatever the contract says, and they mean: again, later (RFC 9110, section 15). */
const gatewayStatuses: readonly number[] = [408, 503];

/** Refused before anything was done, so any method may be sent again. */
const tooManyRequests = 429;

/** What a request says of being sent again. */
interface Retried {
  readonly method: string;
  /** Whether it may be sent again after this status, as its contract says. */
  isRetryable(status: number): boolean;
}

/** The wait before the next attempt in milliseconds; undefined if there is to be none. */
export function delayAfterAnswer(
  rules: Settings['retry'],
  { method, isRetryable }: Retried,
  attempt: number,
  status: number,
  retryAfterMs: number | undefined,
): number | undefined {
  if (attempt > rules.limit || !(isRetryable(status) || gatewayStatuses.includes(status))) return undefined;
  if (!rules.methods.includes(method) && status !== tooManyRequests) return undefined;
  if (retryAfterMs === undefined) return backOff(rules, attempt);
  return retryAfterMs <= rules.maxRetryAfterMs ? retryAfterMs : undefined;
}

/** The same after an attempt that had no complete answer. */
export function delayAfterError(
  rules: Settings['retry'],
  { method }: Retried,
  attempt: number,
  error: TransportError,
): number | undefined {
  // Another attempt does not change a certificate.
  const mayPass = error.kind === 'timeout' || (error.kind === 'network' && error.reason !== 'certificate');
  return mayPass && attempt <= rules.limit && rules.methods.includes(method)
    ? backOff(rules, attempt)
    : undefined;
}

/** Full jitter: drawn between zero and an end that doubles. */
function backOff({ minDelayMs, maxDelayMs }: Settings['retry'], attempt: number): number {
  return Math.random() * Math.min(maxDelayMs, minDelayMs * 2 ** (attempt - 1));
}

/**
 * The wait that `Retry-After` asks for in milliseconds, never negative (RFC 9110, section 10.2.3). A date counts from
 * the answer's own `Date`, as the clock here may be wrong. Undefined for anything but whole seconds or an HTTP date.
 */
export function parseRetryAfter(headers: ResponseHeaders): number | undefined {
  const value = headers.get('retry-after') ?? '';
  if (/^\d+$/.test(value)) return Math.min(Number(value) * 1000, Number.MAX_SAFE_INTEGER);
  const until = parseDate(value);
  if (until === undefined) return undefined;
  return Math.max(0, until - (parseDate(headers.get('date') ?? '') ?? Date.now()));
}

/** Without a zone a date would be read as one of here. */
function parseDate(value: string): number | undefined {
  const date = value.endsWith(' GMT') ? Date.parse(value) : Number.NaN;
  return Number.isNaN(date) ? undefined : date;
}
