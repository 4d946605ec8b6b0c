/** One attempt: a request and the whole of its answer, within one time limit and one size limit. */
import { type CatalogError, clip, failure, isCatalogError, usage } from './errors.ts';
import {
  accept,
  authorize,
  type BodyReader,
  type Fetch,
  type FetchResponse,
  type PlainHeaders,
  type Settings,
  type Signal,
} from './options.ts';
import { hide, type Scrub } from './secrets.ts';
import { within } from './within.ts';

/** A complete answer, read to its end. */
export interface Reply {
  /** The HTTP status; 0 for a redirect that a browser hides. */
  readonly status: number;
  readonly headers: FetchResponse['headers'];
  /** The body without its byte-order mark; undefined if it is larger than allowed. */
  readonly text: string | undefined;
  /** Takes secrets out of a text, should the server have sent one back. */
  readonly scrub: Scrub;
  /** How many attempts there were, this one included. */
  readonly attempts: number;
}

const utf8 = new TextDecoder();

/**
 * Sends a request and reads its answer.
 *
 * @throws `network`, `timeout` and `aborted` errors; `usage` for a key that can't be sent or a `fetch`
 *   that gives no response
 */
export function attempt(
  settings: Settings,
  url: string,
  method: string,
  own: PlainHeaders,
  timeoutMs: number,
  signal: Signal | undefined,
  attempts: number,
): Promise<Reply> {
  const controller = new AbortController();
  // A copy, which a custom fetch may change. Null takes a header away.
  const headers = { ...own } as Record<string, string>;
  for (const name in headers) if (headers[name] == null) delete headers[name];
  // Any header of the caller's may be a secret.
  const scrub: Scrub = (text) =>
    hide(
      text,
      Object.values(headers).filter((value) => value !== accept),
    );
  let reader: BodyReader | undefined;

  const send = async (): Promise<Reply> => {
    const { apiKey } = settings;
    if (typeof apiKey === 'function' && own['authorization'] === undefined) {
      const key = await readKey(apiKey, scrub);
      // The key may have come too late.
      controller.signal.throwIfAborted();
      if (key != null) headers['authorization'] = authorize(settings, key);
    }
    const { fetch = globalThis.fetch as unknown as Fetch } = settings;
    const response = await fetch(url, { method, headers, redirect: 'manual', signal: controller.signal });
    if (typeof response?.status !== 'number') throw usage('Option fetch gave no Response.');
    // The bodies of node-fetch have no reader; `text()` has no size limit.
    reader = response.body?.getReader?.();
    // A custom fetch that does not care about its signal may come back when all is over.
    if (controller.signal.aborted) discard(reader);
    const text = await (reader ? readText(reader, settings.maxResponseBytes) : response.text());
    if (text === undefined) discard(reader);
    return { status: response.status, headers: response.headers, text, scrub, attempts };
  };

  return within(timeoutMs, signal, send(), () =>
    failure('timeout', `No complete answer within ${timeoutMs} ms.`, { timeoutMs, attempts: 0 }),
  ).catch((thrown) => {
    const error = isCatalogError(thrown) ? thrown : networkError(thrown, url, scrub);
    controller.abort(error);
    discard(reader);
    throw error;
  });
}

/** Lets go of a body, so that its connection is freed. */
function discard(reader: BodyReader | undefined): void {
  reader?.cancel().catch(() => {});
}

async function readKey(apiKey: () => unknown, scrub: Scrub): Promise<string> {
  try {
    return (await apiKey()) as string;
  } catch (thrown) {
    throw usage('Option apiKey threw an error.', [], { cause: plainCause(thrown, scrub) });
  }
}

async function readText(reader: BodyReader, limit: number): Promise<string | undefined> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  for (let size = 0; ; ) {
    const { done, value } = await reader.read();
    // Decoded once: a decoder that streams is slower than all the rest of the client.
    if (done || !value) return chunks.length === 1 ? utf8.decode(chunks[0]) : new Blob(chunks).text();
    size += value.byteLength;
    if (size > limit) return undefined;
    chunks.push(value as Uint8Array<ArrayBuffer>);
  }
}

function networkError(thrown: unknown, url: string, scrub: Scrub): CatalogError {
  const cause = plainCause(thrown, scrub);
  const reason = (cause.cause as Error | undefined)?.message || cause.message || 'no reason given';
  return failure(
    'network',
    `No complete answer from ${new URL(url).origin}: ${clip(reason, 200)}. Is it up? (A proxy needs NODE_USE_ENV_PROXY=1.)`,
    { attempts: 0 },
    { cause },
  );
}

/**
 * What was thrown, as a new error with nothing but texts. A custom fetch may throw an error that holds
 * the request, and with it the key.
 */
export function plainCause(thrown: unknown, scrub: Scrub, depth = 4): Error {
  const copy = new Error();
  const from: Record<string, unknown> = typeof thrown === 'string' ? { message: thrown } : Object(thrown);
  try {
    for (const name of ['name', 'message', 'stack', 'code']) {
      const text = from[name];
      if (typeof text === 'string') Object.defineProperty(copy, name, { value: scrub(text) });
    }
    if (from['cause'] && depth) copy.cause = plainCause(from['cause'], scrub, depth - 1);
  } catch {
    // A getter of what was thrown may throw in turn.
  }
  return copy;
}
