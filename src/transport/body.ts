/** Reads the body of a response, up to a limit. */
import type { FetchResponse } from './fetch.ts';

/** A body as bytes, or as a text where it was no web stream. */
export type Body = Uint8Array<ArrayBuffer> | string;

/** What is used of a stream's reader. */
interface BodyReader {
  read(): Promise<{ done: boolean; value?: Uint8Array<ArrayBuffer> | undefined }>;
  cancel(): Promise<unknown>;
}

/**
 * The whole body; undefined if it is larger than the limit, in bytes. Of a text, which has no more characters than bytes,
 * those are counted.
 */
export async function readBody(response: FetchResponse, limit: number): Promise<Body | undefined> {
  const { body } = response;
  if (!body || !isWebStream(body)) {
    // There is none, or it is no web stream, such as node-fetch's.
    const text = await response.text();
    return text.length <= limit ? text : undefined;
  }
  const reader = body.getReader();
  let bytes = new Uint8Array(0);
  let size = 0;
  for (let reads = 1; ; reads += 1) {
    const { done, value } = await reader.read();
    if (done || !value) return bytes.subarray(0, size);
    const end = size + value.byteLength;
    // Reads are counted as well: empty chunks may come without an end, and faster than any timer.
    if (end > limit || reads > limit) {
      reader.cancel().catch(() => {});
      return undefined;
    }
    if (size === 0) bytes = value;
    else {
      // Chunks are copied at once, as millions of small ones take far more memory than what is in them.
      if (end > bytes.byteLength) bytes = grown(bytes, size, Math.min(limit, Math.max(end, 2 * size)));
      bytes.set(value, size);
    }
    size = end;
  }
}

function isWebStream(body: object): body is { getReader(): BodyReader } {
  return 'getReader' in body;
}

function grown(bytes: Uint8Array, size: number, capacity: number): Uint8Array<ArrayBuffer> {
  const longer = new Uint8Array(capacity);
  longer.set(bytes.subarray(0, size));
  return longer;
}
