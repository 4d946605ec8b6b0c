/** Reads the body of a response, up to a limit, and lets go of one that nobody needs. */
import type { BodyReader, FetchResponse } from './fetch.ts';

/** For how long the rest of a body that nobody needs is read, in milliseconds. */
const graceMs = 50;

/** How much of it is read at most, in bytes. */
const graceBytes = 65_536;

/** The reader of a body. Undefined for one that is no web stream, such as node-fetch's. */
export function readerOf(response: FetchResponse): BodyReader | undefined {
  return response.body?.getReader?.();
}

/** The text without its byte-order mark; undefined if it has more bytes than the limit. */
export async function readText(reader: BodyReader, limit: number): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done || !value) break;
    size += value.byteLength;
    if (size > limit) return undefined;
    chunks.push(value);
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  // Made when it is needed: Jest's jsdom has none, and should be able to import this.
  return new TextDecoder().decode(bytes);
}

/** Lets go of a body at once, which closes its connection. */
export function cancel(reader: BodyReader | undefined): void {
  reader?.cancel().catch(() => {});
}

/** Reads what is left of a body for a moment, as a connection that was read to its end can be used again. */
export async function drain(reader: BodyReader): Promise<void> {
  const timer = setTimeout(() => cancel(reader), graceMs);
  try {
    await readText(reader, graceBytes);
  } catch {
    // It broke off, and that is as good as its end.
  } finally {
    clearTimeout(timer);
    cancel(reader);
  }
}
