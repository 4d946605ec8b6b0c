/** Decides whether an attempt is followed by another, and after what wait. */
import type { Head, Outgoing } from './attempt.ts';
import type { TransportError } from './errors.ts';
import { isCertificateProblem } from './network.ts';
import type { Settings } from './options.ts';
import { parseRetryAfter } from './retry-after.ts';
import { readHeader } from './shown.ts';

/** Gateways send these whatever the contract says, and they mean: again, later (RFC 9110, section 15). */
const gatewayStatuses: readonly number[] = [408, 503];

/** This was refused before anything was done, so any method may be sent again. */
const tooManyRequests = 429;

/** The wait before the next attempt in milliseconds; undefined if another would not help. */
export function retryDelay(
  rules: Settings['retry'],
  request: Outgoing,
  attempt: number,
  outcome: Head | TransportError,
): number | undefined {
  if (attempt > rules.limit || !mayHeal(request, outcome)) return undefined;
  const isAnswer = 'status' in outcome;
  if (!rules.methods.includes(request.method) && !(isAnswer && outcome.status === tooManyRequests))
    return undefined;
  const asked = isAnswer ? parseRetryAfter(readHeader(outcome.headers, 'retry-after')) : undefined;
  if (asked !== undefined) return asked <= rules.maxRetryAfterMs ? asked : undefined;
  return Math.random() * Math.min(rules.maxDelayMs, rules.minDelayMs * 2 ** (attempt - 1));
}

function mayHeal(request: Outgoing, outcome: Head | TransportError): boolean {
  if ('status' in outcome)
    return request.isRetried(outcome.status) || gatewayStatuses.includes(outcome.status);
  return outcome.kind === 'timeout' || (outcome.kind === 'network' && !isCertificateProblem(outcome.cause));
}
