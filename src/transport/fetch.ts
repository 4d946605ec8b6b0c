/** The parts of the platform's `fetch` that the transport uses, as types that any platform's own fits. */

/**
 * What the platform's `fetch` takes beside the URL, where there is one (a DOM library, or the types of Node or of
 * a worker). It is found by the function, as what is declared as a class can't be found on `globalThis`.
 */
type PlatformInit = typeof globalThis extends { fetch: (url: never, init?: infer Init) => unknown }
  ? NonNullable<Init>
  : unknown;

/** The platform's own AbortSignal where there is one, else what is used of it. */
export type Signal = PlatformInit extends { signal?: infer Platform }
  ? NonNullable<Platform>
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
  /** Undefined where the request has none. */
  // biome-ignore lint/suspicious/noExplicitAny: whatever a platform calls its bodies must take it.
  body?: any;
  /** A key must not travel to where a redirect points. */
  redirect: 'manual';
  signal: Signal;
}

/**
 * What else a platform's `fetch` takes: its own options (`cache`, `keepalive`) complete and are checked, any other
 * (`next`, `cf`) passes. A `dispatcher` may come from any version of undici.
 */
export type InitOptions = Readonly<Omit<PlatformInit, keyof FetchInit | 'dispatcher'>> & {
  readonly [Name in keyof FetchInit]?: never;
} & { readonly [name: string]: unknown };

/** What is used of a `Response`. */
export interface FetchResponse {
  readonly status: number;
  readonly statusText?: string;
  /** Where the answer came from. */
  readonly url?: string;
  readonly headers: ResponseHeaders;
  /** Read as a stream where it is a web stream; of any other, such as node-fetch's, the text is taken. */
  readonly body: object | null;
  text(): Promise<string>;
}

/** What is used of a response's headers. */
export type ResponseHeaders = Iterable<[string, string]> & { get(name: string): string | null };

/** A `fetch` called with a string URL and a plain init. */
export type Fetch = (url: string, init: FetchInit) => Promise<FetchResponse>;
