/** The public surface of the package: re-exports only. */
export {
  apiErrorPayloadCode as errorCodes,
  apiErrorPayloadType as errorTypes,
  trainingModelFamily as families,
  trainingModelSupportedAlgorithms as algorithms,
  trainingModelType as modelTypes,
} from '../generated/constants.ts';
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
