/** One exchange: the attempts that one call of the caller may take, and the waits between them. */
import { attempt, type Head, type Outgoing } from './attempt.ts';
import type { Content } from './body.ts';
import { notify } from './callback.ts';
import type { TransportError } from './errors.ts';
import type { InitOptions, Signal } from './fetch.ts';
import type { Settings } from './options.ts';
import { retryDelay } from './retry.ts';
import { Secrets } from './secrets.ts';
import { showHeaders } from './shown.ts';
import { aborted, wait } from './within.ts';

/** The last answer of an exchange. */
export interface Reply extends Head {
  /** The body; undefined if it is larger than allowed. */
  readonly content: Content | undefined;
  /** How many attempts there were. */
  readonly attempts: number;
  /** What has to be hidden wherever a part of the answer is shown. */
  readonly secrets: Secrets;
}

/** The options of a call that an exchange needs. */
interface Call {
  signal?: Signal | undefined;
  timeoutMs?: number | undefined;
  /** As `readInit` gives it. */
  init?: InitOptions | undefined;
}

/**
 * Sends a request, again where that may help, and gives the last answer, whatever its status.
 *
 * @throws the last attempt's error, if it had no answer
 */
export async function exchange(
  settings: Settings,
  request: Outgoing,
  { signal, timeoutMs = settings.timeoutMs, init = {} }: Call,
): Promise<Reply> {
  const secrets = new Secrets(settings.formsOf);
  // What was meant for one server must not reach another, such as one that middleware has put into the URL.
  const atHome = request.url.startsWith(`${settings.origin}/`);
  const headers = { ...(atHome && settings.headers), ...request.headers };
  const deadline = performance.now() + settings.totalTimeoutMs;

  for (let number = 1; ; number += 1) {
    if (signal?.aborted) throw aborted(signal, number - 1);
    const start = performance.now();
    // At least 1: a wait that ended late may have used up the time.
    const leftMs = Math.max(1, Math.ceil(deadline - start));
    // Set once the outcome is known: at the headers of an answer, or by an error.
    let delayMs: number | undefined;
    const planRetry = (outcome: Head | TransportError) => {
      const planned = retryDelay(settings.retry, request, number, outcome);
      const isInTime = planned !== undefined && performance.now() + planned < deadline;
      delayMs = isInTime ? planned : undefined;
      return isInTime;
    };

    const outcome = await attempt({
      settings,
      request,
      headers,
      atHome,
      number,
      timeoutMs: Math.min(timeoutMs, leftMs),
      signal,
      init,
      secrets,
      isFollowed: planRetry,
    }).catch((error: TransportError) => {
      planRetry(error);
      return error;
    });
    const durationMs = performance.now() - start;
    if (settings.onAttempt) {
      notify(settings.onAttempt, {
        attempt: number,
        url: secrets.hide(request.url),
        ...('status' in outcome
          ? { status: outcome.status, headers: showHeaders(outcome.headers, secrets) }
          : { failure: outcome.kind }),
        durationMs,
        ...(delayMs !== undefined && { delayMs }),
      });
    }
    if (delayMs !== undefined) {
      if ('status' in outcome) request.onFollowed?.(outcome);
      await wait(delayMs, signal);
    } else if ('status' in outcome) return { ...outcome, attempts: number, secrets };
    else throw outcome;
  }
}
