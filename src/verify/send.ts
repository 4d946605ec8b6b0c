/** Sends one request over the client's transport, once. */

import { isFailure } from '../transport/errors.ts';
import { exchange } from '../transport/exchange.ts';
import type { ResponseHeaders, Signal } from '../transport/fetch.ts';
import type { Settings } from '../transport/options.ts';
import { parseRetryAfter } from '../transport/retry-after.ts';

export interface Reply {
  readonly status: number;
  readonly headers: ResponseHeaders;
  /** Undefined if it is larger than allowed. */
  readonly body: Uint8Array | undefined;
  readonly retryAfterMs: number | undefined;
}

interface Outgoing {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: ArrayBuffer | undefined;
}

export async function send(
  settings: Settings,
  request: Outgoing,
  call: { signal: Signal | undefined; timeoutMs: number },
): Promise<Reply> {
  const reply = await exchange(
    { ...settings, totalTimeoutMs: 2 ** 31 - 1 },
    { ...request, isRetried: () => false },
    call,
  );
  const { content } = reply;
  return {
    status: reply.status,
    headers: reply.headers,
    body: typeof content === 'string' ? new TextEncoder().encode(content) : content,
    retryAfterMs: parseRetryAfter(reply.headers.get('retry-after')),
  };
}

export function whyNot(thrown: unknown): { kind: string; reason?: string; message: string } | undefined {
  if (!isFailure(thrown)) return undefined;
  const codes: string[] = [];
  for (let error: unknown = thrown; error instanceof Error; error = error.cause)
    codes.push(`${(error as { code?: unknown }).code} ${error.message}`);
  const text = codes.join(' ');
  const reason = /CERT|UNABLE_TO_|certificate/.test(text)
    ? 'certificate'
    : /EPROTO|ERR_SSL/.test(text)
      ? 'tls'
      : /ECONNREFUSED/.test(text)
        ? 'refused'
        : /ENOTFOUND|EAI_AGAIN/.test(text)
          ? 'dns'
          : /EHOSTUNREACH|ENETUNREACH/.test(text)
            ? 'unreachable'
            : /ECONNRESET|UND_ERR_SOCKET|other side closed/.test(text)
              ? 'reset'
              : 'other';
  return { kind: thrown.kind, message: thrown.message, ...(thrown.kind === 'network' && { reason }) };
}
