/** The client's failures: one error class whose kinds are a closed list, and the guards that tell them apart. */
import type { ErrorCode, ErrorType, TrainingModel, ValidationErrorItem } from './types.ts';

/** Marks our errors across copies of the package, where `instanceof` would say no. */
const brand: unique symbol = Symbol.for('training-catalog-contract.error') as never;

interface Failure<K extends string> extends Error {
  readonly name: 'CatalogError';
  /** What sort of failure this is; narrows the type. */
  readonly kind: K;
}

/** What is known of an answer that came with an error. */
interface Answered {
  /** The HTTP status. */
  readonly status: number;
  /** The response's headers by lower-case name, `set-cookie` left out. */
  readonly headers: Readonly<Record<string, string>>;
  /** What `Retry-After` asked for, in milliseconds. */
  readonly retryAfterMs?: number;
  /** How many attempts were made. */
  readonly attempts: number;
}

/** The API refused, in its canonical envelope. */
export interface ApiError extends Failure<'api'>, Answered {
  /** The `code` of the envelope; where it differs, `status` is the truth. */
  readonly code: ErrorCode;
  /** The stable word for what went wrong. */
  readonly type: ErrorType;
  /** The API's own words. */
  readonly detail: string;
  /** Each problem of a request that failed validation; empty for other errors. */
  readonly errors: readonly ValidationErrorItem[];
}

/** Something arrived that is not the contract: a gateway's page, nothing, a redirect, a mistyped field. */
export interface ResponseError extends Failure<'response'>, Answered {
  /** The start of the body, at most 200 characters. */
  readonly snippet: string;
  /** Where the body breaks the contract, and how. */
  readonly errors: readonly ValidationErrorItem[];
}

/** No answer, or one that broke off: refused, reset, unresolvable, cut. */
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

/** A mistake in the options or the query, found before anything was sent. */
export interface UsageError extends Failure<'usage'> {
  /** For a query: each problem as the API would have reported it. */
  readonly errors: readonly ValidationErrorItem[];
}

/** The full list could not be proven; what was had is here. */
export interface IncompleteError extends Failure<'incomplete'> {
  /** How many different models were had. */
  readonly got: number;
  /** How many there should be. */
  readonly total: number;
  /** The models that were had. */
  readonly models: readonly TrainingModel[];
}

/** Every failure of the client. */
export type CatalogError =
  | ApiError
  | ResponseError
  | NetworkError
  | TimeoutError
  | AbortedError
  | UsageError
  | IncompleteError;

/** The closed list of kinds. */
export type Kind = CatalogError['kind'];

/** The fields that a kind has beyond those of every error. */
export type Fields<K extends Kind> = Omit<Extract<CatalogError, { kind: K }>, keyof Error | 'kind'>;

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

  constructor(message: string, fields: object, options?: ErrorOptions) {
    super(clip(message, messageLimit), options);
    Object.assign(this, fields);
  }

  /** `JSON.stringify` leaves out an error's message without this. */
  toJSON(): object {
    return Object.assign({ name: this.name, message: this.message }, this);
  }
};

/** Makes an error of a kind. The fields must be free of secrets: they are printed and serialised. */
export function failure<K extends Kind>(
  kind: K,
  message: string,
  fields: Fields<K>,
  options?: ErrorOptions,
): CatalogError {
  return new CatalogErrorClass(message, { kind, ...fields }, options) as unknown as CatalogError;
}

/** A mistake of the caller, found before sending. */
export function usage(
  message: string,
  errors: ValidationErrorItem[] = [],
  options?: ErrorOptions,
): CatalogError {
  return failure('usage', message, { errors }, options);
}

/**
 * Tells whether a caught value is one of the client's errors, of a kind if one is named. Works across
 * copies of the package, where `instanceof` does not.
 *
 * @example
 * try {
 *   await client.listModels();
 * } catch (error) {
 *   if (isCatalogError(error, 'timeout')) console.error(`gave up after ${error.attempts} attempts`);
 *   else throw error;
 * }
 */
export function isCatalogError(error: unknown): error is CatalogError;
export function isCatalogError<K extends Kind>(
  error: unknown,
  kind: K,
): error is Extract<CatalogError, { kind: K }>;
export function isCatalogError(error: unknown, kind?: Kind): boolean {
  const candidate = error as { [brand]?: boolean; kind?: Kind } | null | undefined;
  return candidate?.[brand] === true && (kind === undefined || candidate.kind === kind);
}

/**
 * Tells whether a caught value is an error that the API reported, of a type if one is named.
 *
 * @example
 * if (isApiError(error, 'expired_token_error')) await signInAgain();
 */
export function isApiError(error: unknown): error is ApiError;
export function isApiError<T extends ErrorType>(
  error: unknown,
  type: T,
): error is ApiError & { readonly type: T };
export function isApiError(error: unknown, type?: ErrorType): boolean {
  return isCatalogError(error, 'api') && (type === undefined || error.type === type);
}

/** The start of a text, marked where it was cut. */
export function clip(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}
