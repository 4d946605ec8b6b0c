/** The parts of the platform's `fetch` that the transport uses, as types that any platform's own fits. */

/** The platform's own AbortSignal where there is one (a DOM library or Node's types), else what is used of it. */
export type Signal = typeof globalThis extends { AbortSignal: { prototype: infer Platform } }
  ? Platform
  : {
      readonly aborted: boolean;
      readonly reason: unknown;
      addEventListener(type: 'abort', listener: () => void): void;
      removeEventListener(type: 'abort', listener: () => void): void;
    };

/** What `fetch` is given beside the URL. Keys that some edge workers refuse (`mode`, `cache`, `credentials`) are never set. */
export interface FetchInit {
  method: string;
  /** By lower-case name. */
  headers: Record<string, string>;
  /** Only where the request has a body. */
  body?: ArrayBuffer;
  /** A key must not travel to where a redirect points. */
  redirect: 'manual';
  signal: Signal;
}

/** What is used of a `Response`. */
export interface FetchResponse {
  readonly status: number;
  readonly headers: ResponseHeaders;
  readonly body: { getReader(): BodyReader } | null;
  text(): Promise<string>;
}

/** What is used of a response's headers. */
export type ResponseHeaders = Iterable<[string, string]> & { get(name: string): string | null };

/** What is used of a stream's reader. */
export interface BodyReader {
  read(): Promise<{ done: boolean; value?: Uint8Array | undefined }>;
  cancel(reason?: unknown): Promise<unknown>;
}

/** A `fetch` called with a string URL and a plain init. */
export type Fetch = (url: string, init: FetchInit) => Promise<FetchResponse>;
