/**
 * Code as callers write it against `training-catalog-contract`: what compiles here compiles until the
 * next major version. `npm run diff` compiles the last release's copy of this file against today's code,
 * so nothing here asks for more than a caller would: no exact shapes, no complete lists.
 */
import { describe, test } from 'vitest';
import { list_training_catalog_endpoint } from '../../generated/operations.ts';
import {
  type AbortedError,
  type Algorithm,
  type ApiError,
  type ApiKey,
  type AttemptEvent,
  algorithms,
  type CallArguments,
  type CallOptions,
  type CatalogError,
  type CatalogQuery,
  type ClientOptions,
  createTrainingCatalogClient,
  type DataOf,
  type Drift,
  type ErrorCode,
  type ErrorType,
  errorCodes,
  errorTypes,
  type Family,
  type Fetch,
  type FetchInit,
  type FetchResponse,
  families,
  type HeadersInput,
  type IncompleteError,
  type IncompleteReason,
  type InitOptions,
  isApiError,
  isCatalogError,
  type Kind,
  type ListAllOptions,
  type ModelType,
  modelTypes,
  type NetworkError,
  type NetworkReason,
  type Open,
  type RequestOf,
  type ResponseError,
  type ResponseInfo,
  type RetryOptions,
  type Signal,
  type TimeoutError,
  type TrainingCatalog,
  type TrainingCatalogClient,
  type TrainingModel,
  type TrainingModelPricing,
  type UsageError,
  type ValidationErrorItem,
} from '../../src/index.ts';

/** Says that a value can be used as a `T`. */
const use = <T>(_value: T): void => {};

describe('what callers write', () => {
  test('a client with every option', () => {
    const key: ApiKey = 'key';
    const headers: HeadersInput = { 'x-team': 'a' };
    const retry: RetryOptions = {
      limit: 3,
      minDelayMs: 1,
      maxDelayMs: 2,
      maxRetryAfterMs: 3,
      methods: ['GET'],
    };
    const ownFetch: Fetch = async (url: string, init: FetchInit): Promise<FetchResponse> => {
      use<string>(init.method);
      use<Record<string, string>>(init.headers);
      use<Signal>(init.signal);
      return fetch(url, { method: init.method, headers: init.headers });
    };
    const options: ClientOptions = {
      baseUrl: 'https://catalog.example',
      apiKey: async () => key,
      headers,
      fetch: ownFetch,
      init: { keepalive: true },
      timeoutMs: 1,
      totalTimeoutMs: 1,
      retry,
      maxResponseBytes: 1,
      validate: true,
      onDrift: (drift: Drift) => use<string>(drift.at),
      onAttempt: ({ attempt, url, durationMs, status, headers, delayMs, failure }: AttemptEvent) => {
        use<string>(url + (headers?.['x-request-id'] ?? ''));
        use<number>(attempt);
        use<number>(durationMs);
        use<number | undefined>(status);
        use<number | undefined>(delayMs);
        use<Kind | undefined>(failure);
      },
      secretHeaders: ['x-team'],
      allowInsecureHttp: true,
    };
    use<TrainingCatalogClient>(createTrainingCatalogClient(options));
    use<TrainingCatalogClient>(createTrainingCatalogClient());
    createTrainingCatalogClient({ apiKey: null, retry: false });
    use<InitOptions>({ cache: 'no-store', next: { revalidate: 60 } });
  });

  test('calls and what comes back', async () => {
    const client = createTrainingCatalogClient();
    const query: CatalogQuery = {
      query: 'qwen',
      family: null,
      algorithm: undefined,
      min_size_b: 1,
      max_size_b: 70,
      limit: 100,
    };
    const call: CallOptions = { signal: new AbortController().signal, timeoutMs: 1, headers: {} };
    const all: ListAllOptions = { ...call, maxCalls: 3 };
    use<TrainingCatalog>(await client.listModels());
    const { models, total, limit } = await client.listModels(query, call);
    use<number>(total + limit);
    const { data, response } = await client.call(list_training_catalog_endpoint, { query }, call);
    use<string | undefined>(data.models?.[0]?.tinker_id);
    use<ResponseInfo>(response);
    use<string>(response.url + response.status + (response.headers['x-request-id'] ?? ''));
    use<DataOf<typeof list_training_catalog_endpoint>>(data);
    use<RequestOf<typeof list_training_catalog_endpoint>>({ query: { family: 'newer' } });
    const [request]: CallArguments<typeof list_training_catalog_endpoint> = [{ query }];
    use<CatalogQuery | null | undefined>(request?.query);
    use<TrainingModel[]>(await client.listAllModels({ family: 'llama' }, all));
    use<TrainingModel | undefined>(await client.findModel('id', call));
    for (const model of models) {
      use<string>(model.tinker_id + model.display_name + model.family + model.type);
      use<number>(model.size_b + model.context_length);
      use<boolean>(model.extended_context);
      use<string[]>(model.supported_algorithms);
      use<Family>(model.family);
      use<ModelType>(model.type);
      use<Algorithm[]>(model.supported_algorithms);
      const pricing: TrainingModelPricing | null | undefined = model.pricing;
      use<number>((pricing?.prefill ?? 0) + (pricing?.sample ?? 0) + (pricing?.train ?? 0));
    }
  });

  test('errors told apart', () => {
    const error: unknown = undefined;
    if (isApiError(error, 'validation_error')) use<readonly ValidationErrorItem[]>(error.errors);
    if (isCatalogError(error, 'timeout')) use<string>(error.url + error.timeoutMs);
    if (!isCatalogError(error)) return;
    use<Error>(error);
    use<CatalogError>(error);
    switch (error.kind) {
      case 'api':
        use<ApiError>(error);
        use<number>(error.status + error.code + error.attempts + (error.retryAfterMs ?? 0));
        use<string>(error.type + error.detail);
        use<ErrorType>(error.type);
        use<ErrorCode>(error.code);
        for (const { loc, msg, type } of error.errors) use<string>([...loc, msg, type].join());
        break;
      case 'response':
        use<ResponseError>(error);
        use<string>(error.snippet);
        break;
      case 'network':
        use<NetworkError>(error);
        use<NetworkReason>(error.reason);
        use<string>(error.url + error.attempts);
        break;
      case 'timeout':
        use<TimeoutError>(error);
        break;
      case 'aborted':
        use<AbortedError>(error);
        break;
      case 'usage':
        use<UsageError>(error);
        use<string>(error.option);
        use<number | undefined>(error.attempts);
        use<readonly ValidationErrorItem[]>(error.errors);
        break;
      case 'incomplete':
        use<IncompleteError>(error);
        use<IncompleteReason>(error.reason);
        use<number>(error.got + error.total);
        use<readonly TrainingModel[]>(error.models);
        break;
    }
  });

  test('the value lists', () => {
    use<readonly string[]>([...families, ...algorithms, ...modelTypes, ...errorTypes]);
    use<readonly number[]>(errorCodes);
    use<Open<'known' | 'listed'>>('newer');
  });
});
