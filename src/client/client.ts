/** The typed client: the methods of the catalog, and the call of any operation. */
import { list_training_catalog_endpoint as operation } from '../../generated/operations.ts';
import type { Operation } from '../../generated/types.ts';
import { checkObject, readOptions, wholeNumber } from '../transport/check.ts';
import { usage } from '../transport/errors.ts';
import { type CallOptions, callRules } from '../transport/options.ts';
import { createCall, partWords } from './call.ts';
import { isCatalogError } from './errors.ts';
import { listAll } from './list-all.ts';
import type { AnyRequest, CallArguments, DataOf, ResponseInfo } from './operation-types.ts';
import { type ClientOptions, resolveOptions } from './options.ts';
import { answerFields, responseError } from './reply.ts';
import type { CatalogQuery, TrainingCatalog, TrainingModel } from './types.ts';

/** Options of `listAllModels`. */
export interface ListAllOptions extends CallOptions {
  /**
   * How many calls to make at most. A list of 10,000 models takes some 300.
   * @default 1000
   */
  maxCalls?: number | undefined;
}

/** The client's methods, plain functions. Each rejects with a {@link CatalogError} and with nothing else. */
export interface TrainingCatalogClient {
  /**
   * One page of the models that match.
   *
   * @example
   * const { models, total } = await client.listModels({ family: 'qwen', min_size_b: 7 });
   */
  listModels: (query?: CatalogQuery, call?: CallOptions) => Promise<TrainingCatalog>;
  /**
   * Every model that matches, over as many calls as it takes. If the list can't be proven to be complete, it throws
   * an `incomplete` error that holds the models that were found.
   *
   * @example
   * const models = await client.listAllModels({ algorithm: 'ppo' });
   */
  listAllModels: (query?: Omit<CatalogQuery, 'limit'>, call?: ListAllOptions) => Promise<TrainingModel[]>;
  /**
   * The model of exactly this id, or undefined.
   *
   * @example
   * if (!(await client.findModel('Qwen/Qwen3-8B'))) throw new Error('cannot be trained');
   */
  findModel: (tinkerId: string, call?: CallOptions) => Promise<TrainingModel | undefined>;
  /**
   * Any operation of the contract, as `training-catalog-contract/operations` has it: the request is checked before it
   * is sent, the answer after. `data` is the JSON of a success, a text for other media types, undefined where there is
   * no body.
   *
   * @example
   * import { list_training_catalog_endpoint } from 'training-catalog-contract/operations';
   * const { data, response } = await client.call(list_training_catalog_endpoint, { query: { family: 'qwen' } });
   * console.log(data.total, response.headers['x-request-id']);
   */
  call: <O extends Operation>(
    operation: O,
    ...request: CallArguments<O>
  ) => Promise<{ data: DataOf<O>; response: ResponseInfo }>;
}

/** As many models as a page may hold. */
const limit = operation.parameters.query.limit.schema.maximum;

const listAllRules = { ...callRules, maxCalls: wholeNumber(1) };

/**
 * Makes a client of the training catalog.
 *
 * @throws a `usage` error that names the option that is wrong
 * @example
 * const client = createTrainingCatalogClient({ apiKey: process.env.DREADNODE_API_KEY });
 * const { models } = await client.listModels({ family: 'qwen' });
 */
export function createTrainingCatalogClient(options: ClientOptions = {}): TrainingCatalogClient {
  const settings = resolveOptions(options);
  const checkedCall = createCall(settings);

  async function listModels(query?: CatalogQuery, call?: CallOptions): Promise<TrainingCatalog> {
    const { data, context } = await checkedCall(operation, { query }, call);
    const page = data as TrainingCatalog | null;
    // An absent list is an empty one, but only where the total says so.
    if (page?.total === 0) page.models ??= [];
    if (!Array.isArray(page?.models)) {
      const problem = { loc: ['body', 'models'], msg: 'Field required', type: 'missing' };
      throw responseError(context, 'models: Field required', { errors: [problem] });
    }
    if (settings.validate) for (const model of page.models) model.extended_context ??= false;
    return page;
  }

  async function listAllModels(
    query?: Omit<CatalogQuery, 'limit'>,
    options: ListAllOptions = {},
  ): Promise<TrainingModel[]> {
    const { maxCalls = 1000, ...call } = readOptions(options, listAllRules);
    const filters: CatalogQuery = query ?? {};
    checkObject(filters, 'query', partWords('query'));
    if (filters.limit != null) throw usage('limit', 'listAllModels takes no limit: it gives all.');
    return await listAll((part) => listModels({ ...filters, ...part, limit }, call), filters, maxCalls);
  }

  async function findModel(tinkerId: string, call?: CallOptions): Promise<TrainingModel | undefined> {
    if (typeof tinkerId !== 'string' || tinkerId === '') {
      throw usage('tinkerId', 'findModel takes the id of a model, such as "Qwen/Qwen3-8B".');
    }
    const find = (models: readonly TrainingModel[]) => models.find((model) => model?.tinker_id === tinkerId);
    const page = await listModels({ query: tinkerId, limit }, call);
    const model = find(page.models);
    if (model) return model;
    // A server may search other fields than the id, so only the complete list can show that there is no such model.
    try {
      return find(await listAllModels({}, call));
    } catch (error) {
      const model = isCatalogError(error, 'incomplete') && find(error.models);
      if (model) return model;
      throw error;
    }
  }

  function call<O extends Operation>(
    operation: O,
    ...request: CallArguments<O>
  ): Promise<{ data: DataOf<O>; response: ResponseInfo }>;
  async function call(operation: Operation, request?: AnyRequest, options?: CallOptions) {
    const { data, context } = await checkedCall(operation, request, options);
    const { status, headers, url } = answerFields(context.reply);
    return { data, response: { status, headers, url } };
  }

  return { listModels, listAllModels, findModel, call };
}
