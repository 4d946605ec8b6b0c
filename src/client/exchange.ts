/** One exchange: the attempts that one call of the caller may take, and the waits between them. */
import { retriedStatuses } from '../../generated/constants.ts';
import { attempt, type Reply } from './attempt.ts';
import { type CatalogError, usage } from './errors.ts';
import { type CallOptions, callRules, checkOptions, plainHeaders, type Settings } from './options.ts';
import { parseRetryAfter } from './retry-after.ts';
import { aborted, within } from './within.ts';

/** 408 and 503 are not in the contract, but gateways send them, and they mean: again, later (RFC 9110, section 15). */
const healing: readonly number[] = [...retriedStatuses, 408, 503];

/**
 * Sends a request, again where that may help, and gives the last answer, whatever its status.
 *
 * @throws the last attempt's error, if it had no answer
 */
export async function exchange(
  settings: Settings,
  url: string,
  call?: CallOptions,
  method = 'GET',
): Promise<Reply> {
  const {
    signal,
    timeoutMs = settings.timeoutMs,
    headers,
  } = call === undefined ? ({} as CallOptions) : checkOptions(call, callRules);
  // Passing the controller is an easy slip, and would be noticed only when the call does not end.
  if (signal && !('aborted' in signal)) throw usage('Option signal must be an AbortSignal.');
  const own = headers ? { ...settings.headers, ...plainHeaders(headers) } : settings.headers;
  let start = performance.now();
  const deadline = start + settings.totalTimeoutMs;

  for (let attempts = 0; ; start = performance.now()) {
    if (signal?.aborted) throw aborted(signal, attempts);
    attempts += 1;
    let reply: Reply | undefined;
    let error: CatalogError | undefined;
    try {
      // A wait that ended late may have left nothing.
      const leftMs = Math.max(1, Math.ceil(deadline - start));
      reply = await attempt(settings, url, method, own, Math.min(timeoutMs, leftMs), signal, attempts);
    } catch (thrown) {
      error = Object.assign(thrown as CatalogError, { attempts });
    }
    const end = performance.now();
    const delayMs = attempts > settings.limit ? undefined : delay(settings, attempts, reply, error);
    const again = delayMs !== undefined && end + delayMs < deadline;
    notify(settings.onAttempt, {
      attempt: attempts,
      ...(reply ? { status: reply.status } : { failure: (error as CatalogError).kind }),
      durationMs: end - start,
      ...(again && { delayMs }),
    });
    // If the signal ends the wait, the loop's start says so.
    if (again) await within(delayMs, signal).catch(() => {});
    else if (reply) return reply;
    else throw error;
  }
}

/** How long to wait before the next attempt in milliseconds; undefined if another would not help. */
function delay(
  settings: Settings,
  attempts: number,
  reply?: Reply,
  error?: CatalogError,
): number | undefined {
  const heals = reply ? healing.includes(reply.status) : /network|timeout/.test((error as CatalogError).kind);
  if (!heals) return undefined;
  const asked = parseRetryAfter(reply?.headers.get('retry-after'));
  if (asked !== undefined) return asked > settings.maxRetryAfterMs ? undefined : asked;
  return Math.random() * Math.min(settings.maxDelayMs, settings.minDelayMs * 2 ** (attempts - 1));
}

/** Calls back without letting what happens there change the call: not a throw, not a rejection. */
export function notify<T>(callback: ((event: T) => unknown) | undefined, event: T): void {
  try {
    (callback?.(event) as Promise<unknown> | undefined)?.catch?.(() => {});
  } catch {}
}
