/** The class of this package's errors, and the kinds of failure that an exchange can end in. */
import type { Problem } from '../violations.ts';

/** Marks our errors. `instanceof` would not know those of another copy of the package. */
const brand = Symbol.for('training-catalog-contract.error');

/** What all kinds have in common. */
export interface Failure<Kind extends string> extends Error {
  readonly name: 'CatalogError';
  /** What sort of failure this is; narrows the type. */
  readonly kind: Kind;
}

/** What every error has that came after a request was made. */
export interface Attempted {
  /** Where the request went, with its query, without secrets. */
  readonly url: string;
  /** How many attempts were made. */
  readonly attempts: number;
}

/** Why there was no complete answer. `other`: the platform does not say, as in a browser. */
export type NetworkReason = 'certificate' | 'dns' | 'other' | 'refused' | 'reset' | 'tls' | 'unreachable';

/** No complete answer: the connection was refused, reset or cut, the name not found, the certificate not trusted. */
export interface NetworkError extends Failure<'network'>, Attempted {
  /** Why, as a code. */
  readonly reason: NetworkReason;
}

/** No complete answer in time. */
export interface TimeoutError extends Failure<'timeout'>, Attempted {
  /** The time that the last attempt had, in milliseconds: its own limit, or what was left of the call's. */
  readonly timeoutMs: number;
}

/** The caller's signal ended the call; its reason is the `cause`. */
export interface AbortedError extends Failure<'aborted'>, Attempted {}

/** A mistake of the caller: in the options, in the query, or in a function that was passed as an option. */
export interface UsageError extends Failure<'usage'> {
  /** What was wrong: the name of an option, or `query`, `path`, `header` or `body`. */
  readonly option: string;
  /** For a part of a request: each problem in the form in which the API reports it. Empty for other mistakes. */
  readonly errors: readonly Problem[];
  /** Where the request went, if the mistake was found after one was made: in a key, or in a `fetch` of your own. */
  readonly url?: string;
  /** How many attempts were made, if any. */
  readonly attempts?: number;
}

/** Every way in which an exchange can fail. */
export type TransportError = NetworkError | TimeoutError | AbortedError | UsageError;

/** The longest message, in characters. A server's words must not flood a log. */
const messageLimit = 499;

class CatalogError extends Error {
  // A getter, as Node would print a property in every error.
  override get name(): 'CatalogError' {
    return 'CatalogError';
  }

  get [brand](): true {
    return true;
  }

  constructor(message: string, cause: ErrorOptions | undefined) {
    super(clip(message, messageLimit), cause);
  }

  /** `JSON.stringify` leaves out an error's message without this. */
  toJSON(): object {
    return Object.assign({ name: this.name, message: this.message }, this);
  }
}

/** Makes an error. Message, fields and cause must be free of secrets: they are printed and serialised. */
export function failure<const Fields extends { kind: string }>(
  message: string,
  fields: Fields,
  cause?: ErrorOptions,
): CatalogError & Fields {
  return Object.assign(new CatalogError(message, cause), fields);
}

/**
 * Makes the error for a mistake of the caller.
 *
 * @param option - The name of what was wrong.
 */
export function usage(
  option: string,
  message: string,
  errors: readonly Problem[] = [],
  cause?: Error,
): UsageError {
  return failure(message, { kind: 'usage', option, errors }, cause && { cause });
}

/** Whether a value is an error of this package, whichever copy of it made it. */
export function isFailure(value: unknown): value is Failure<string> {
  return typeof value === 'object' && value !== null && brand in value;
}

export type WithCode = Error & { code?: unknown };

/** The error and its causes, the outermost first. */
export function causesOf(error: unknown): WithCode[] {
  return error instanceof Error ? [error, ...causesOf(error.cause)] : [];
}

/** The start of a text, marked where it was cut. */
export function clip(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}
