/** The one class of this package's errors, with the kinds of failure that an exchange can end in. */
import type { Problem } from '../violations.ts';

/** Marks our errors across copies of the package, where `instanceof` would say no. */
const brand: unique symbol = Symbol.for('training-catalog-contract.error') as never;

/** What all kinds have in common. */
export interface Failure<Kind extends string> extends Error {
  readonly name: 'CatalogError';
  /** What sort of failure this is; narrows the type. */
  readonly kind: Kind;
}

/** No answer, or one that broke off: refused, reset, unresolvable, cut, not to be trusted. */
export interface NetworkError extends Failure<'network'> {
  /** How many attempts were made. */
  readonly attempts: number;
}

/** No complete answer in time. */
export interface TimeoutError extends Failure<'timeout'> {
  /** The time that the last attempt had, in milliseconds: its own limit, or what was left of the call's. */
  readonly timeoutMs: number;
  /** How many attempts were made. */
  readonly attempts: number;
}

/** The caller's signal ended the call; its reason is the `cause`. */
export interface AbortedError extends Failure<'aborted'> {
  /** How many attempts were begun. */
  readonly attempts: number;
}

/** A mistake of the caller: in the options, in the query, or in a function that was passed as an option. */
export interface UsageError extends Failure<'usage'> {
  /** For a query: each problem as the API would have reported it. Empty for other mistakes. */
  readonly errors: readonly Problem[];
}

/** Every way in which an exchange can fail. */
export type TransportError = NetworkError | TimeoutError | AbortedError | UsageError;

/** The fields that an error has beyond those of every error. */
export type FieldsOf<E extends Failure<string>> = Omit<E, keyof Error>;

/** The longest message, in characters. A server's words must not flood a log. */
const messageLimit = 499;

/** Its inner name is what Node prints; the outer one is free for the union of the kinds. */
const CatalogErrorClass = class CatalogError extends Error {
  // Getters live on the prototype, so that these are not repeated in every printed error.
  override get name() {
    return 'CatalogError';
  }

  get [brand]() {
    return true;
  }

  constructor(message: string, fields: object, cause: ErrorOptions) {
    super(clip(message, messageLimit), cause);
    Object.assign(this, fields);
  }

  /** `JSON.stringify` leaves out an error's message without this. */
  toJSON(): object {
    return Object.assign({ name: this.name, message: this.message }, this);
  }
};

/** Makes an error. Message, fields and cause must be free of secrets: they are printed and serialised. */
export function failure<E extends Failure<string>>(
  message: string,
  fields: FieldsOf<E>,
  cause: ErrorOptions = {},
): E {
  return new CatalogErrorClass(message, fields, cause) as unknown as E;
}

/** Makes the error for a mistake of the caller. */
export function usage(message: string, errors: readonly Problem[] = [], cause?: ErrorOptions): UsageError {
  return failure<UsageError>(message, { kind: 'usage', errors }, cause);
}

/** Whether a value is an error of this package, whichever copy of it made it. */
export function isFailure(value: unknown): value is Failure<string> {
  try {
    return (value as { [brand]?: boolean } | null | undefined)?.[brand] === true;
  } catch {
    // A revoked proxy may be thrown like anything else, and says nothing at all.
    return false;
  }
}

/** The start of a text, marked where it was cut. */
export function clip(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}
