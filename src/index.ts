/** The public surface of the package: re-exports only. */
export {
  APIErrorPayload_code as errorCodes,
  APIErrorPayload_type as errorTypes,
  TrainingModel_family as families,
  TrainingModel_supported_algorithms as algorithms,
  TrainingModel_type as modelTypes,
} from '../generated/values.ts';
export {
  createTrainingCatalogClient,
  type ListAllOptions,
  type TrainingCatalogClient,
} from './client/client.ts';
export {
  type ApiError,
  type CatalogError,
  type IncompleteError,
  type IncompleteReason,
  isApiError,
  isCatalogError,
  type Kind,
  type ResponseError,
} from './client/errors.ts';
export type { Open } from './client/open.ts';
export type { CallArguments, DataOf, RequestOf, ResponseInfo } from './client/operation-types.ts';
export type { ClientOptions, Drift } from './client/options.ts';
export type {
  Algorithm,
  CatalogQuery,
  ErrorCode,
  ErrorType,
  Family,
  ModelType,
  TrainingCatalog,
  TrainingModel,
  TrainingModelPricing,
  ValidationErrorItem,
} from './client/types.ts';
export type { AttemptEvent } from './transport/attempt-event.ts';
export type {
  AbortedError,
  NetworkError,
  NetworkReason,
  TimeoutError,
  UsageError,
} from './transport/errors.ts';
export type { Fetch, FetchInit, FetchResponse, InitOptions, Signal } from './transport/fetch.ts';
export type { HeadersInput } from './transport/headers.ts';
export type { ApiKey, CallOptions, RetryOptions } from './transport/options.ts';
