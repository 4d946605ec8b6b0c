/** The client's failures: their kinds are a closed list, and two guards tell them apart. */
import { type Attempted, type Failure, isFailure, type TransportError } from '../transport/errors.ts';
import type { Problem } from '../violations.ts';
import type { ErrorCode, ErrorType, TrainingModel, ValidationErrorItem } from './types.ts';

/** What is known of an answer that came with an error. */
interface Answered extends Attempted {
  /** The HTTP status. */
  readonly status: number;
  /** The response's headers by lower-case name, `set-cookie` left out. */
  readonly headers: Readonly<Record<string, string>>;
  /** What `Retry-After` asked for, in milliseconds. */
  readonly retryAfterMs?: number;
}

/** The API refused, in its canonical envelope. */
export interface ApiError extends Failure<'api'>, Answered {
  /** The `code` of the envelope; where it differs, `status` is the truth. */
  readonly code: ErrorCode;
  /** The stable word for what went wrong. */
  readonly type: ErrorType;
  /** The API's own words, at most 10,000 characters. */
  readonly detail: string;
  /** Each problem of a request that failed validation, at most 100; empty for other errors. */
  readonly errors: readonly ValidationErrorItem[];
}

/** An answer that breaks the contract: a gateway's page, an empty body, a redirect, a field of a wrong type. */
export interface ResponseError extends Failure<'response'>, Answered {
  /** The start of the body, at most 200 characters. */
  readonly snippet: string;
  /** The problems that the server lists outside of the envelope, at most 100; if none, where the body breaks the contract. */
  readonly errors: readonly Problem[];
}

/**
 * Why a list is not proven to be complete:
 * - `changed`: the catalog changed while it was listed
 * - `max-calls`: `maxCalls` was not enough
 * - `indistinguishable`: more models than a page holds have the same size, family and algorithms
 * - `duplicate-ids`: the server lists some ids more than once
 * - `malformed-models`: the server shows a model without an id and a size
 * - `empty-page`: the server shows no models where it counts some
 * - `bounds-ignored`: the server ignores the bounds of sizes
 */
export type IncompleteReason =
  | 'bounds-ignored'
  | 'changed'
  | 'duplicate-ids'
  | 'empty-page'
  | 'indistinguishable'
  | 'malformed-models'
  | 'max-calls';

/** The list could not be proven to be complete. The models that were found are here. */
export interface IncompleteError extends Failure<'incomplete'> {
  /** Why, as a code. */
  readonly reason: IncompleteReason;
  /** How many different models were found. */
  readonly got: number;
  /** How many the server counted at first. */
  readonly total: number;
  /** The models that were found. */
  readonly models: readonly TrainingModel[];
}

/** Every failure of the client. */
export type CatalogError = ApiError | ResponseError | IncompleteError | TransportError;

/** The closed list of kinds. */
export type Kind = CatalogError['kind'];

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
  return isFailure(error) && (kind === undefined || error.kind === kind);
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
