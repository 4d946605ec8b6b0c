/** Reads the body of a response, up to a limit, and lets go of one that nobody needs. */
import type { BodyReader, FetchResponse } from './fetch.ts';

/** For how long the rest of a body that nobody needs is read, in milliseconds. */
const graceMs = 50;

/** How much of it is read at most, in bytes. */
const graceBytes = 65_536;

/**
 * The reader of a body. Undefined for one that is no web stream, such as node-fetch's, and where nothing could
 * decode what it reads, as under jsdom.
 */
export function readerOf({ body }: FetchResponse): BodyReader | undefined {
  if (typeof TextDecoder === 'undefined') return undefined;
  return (body as { getReader?(): BodyReader } | null)?.getReader?.();
}

/** A body as its bytes, or as a text where nothing gave the bytes. */
export type Content = Uint8Array<ArrayBuffer> | string;

/** The text of a body, without its byte-order mark. */
export function textOf(content: Content): string {
  return typeof content === 'string' ? content : new TextDecoder().decode(content);
}

/** All bytes; undefined if there are more than the limit. */
export async function readBytes(
  reader: BodyReader,
  limit: number,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  let bytes = new Uint8Array(0);
  let size = 0;
  for (let reads = 1; ; reads += 1) {
    const { done, value } = await reader.read();
    if (done || !value) return bytes.subarray(0, size);
    // Its size could not be counted.
    if (!ArrayBuffer.isView(value)) throw new TypeError('a chunk of the body is no Uint8Array');
    const end = size + value.byteLength;
    // Chunks are counted as well: empty ones may come without an end, and faster than any timer.
    if (end > limit || reads > limit) return undefined;
    // Each chunk is copied at once, as millions of small ones take far more memory than what is in them.
    if (end > bytes.byteLength) bytes = grow(bytes, Math.min(limit, Math.max(end, 2 * size)));
    bytes.set(value, size);
    size = end;
  }
}

function grow(bytes: Uint8Array, size: number): Uint8Array<ArrayBuffer> {
  const longer = new Uint8Array(size);
  longer.set(bytes);
  return longer;
}

/** Lets go of a body at once, which closes its connection. Never rejects. */
export async function cancel(reader: BodyReader | undefined): Promise<void> {
  try {
    await reader?.cancel();
  } catch {}
}

/** Reads what is left of a body for a moment, as a connection that was read to its end can be used again. */
export async function drain(reader: BodyReader): Promise<void> {
  const timer = setTimeout(() => cancel(reader), graceMs);
  try {
    await readBytes(reader, graceBytes);
  } catch {
    // It broke off, and that is as good as its end.
  } finally {
    clearTimeout(timer);
    cancel(reader);
  }
}
