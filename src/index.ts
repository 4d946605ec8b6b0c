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
  type TrainingCatalogClient,
} from './client/client.ts';
export {
  type AbortedError,
  type ApiError,
  type CatalogError,
  type IncompleteError,
  isApiError,
  isCatalogError,
  type Kind,
  type NetworkError,
  type ResponseError,
  type TimeoutError,
  type UsageError,
} from './client/errors.ts';
export type { ListAllOptions } from './client/list-all.ts';
export type {
  ApiKey,
  AttemptEvent,
  BodyReader,
  CallOptions,
  ClientOptions,
  Drift,
  Fetch,
  FetchInit,
  FetchResponse,
  HeadersInput,
  RetryOptions,
  Signal,
} from './client/options.ts';
export type {
  Algorithm,
  CatalogQuery,
  ErrorCode,
  ErrorType,
  Family,
  ModelType,
  Open,
  TrainingCatalog,
  TrainingModel,
  TrainingModelPricing,
  ValidationErrorItem,
} from './client/types.ts';
