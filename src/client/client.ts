/** The typed client: what each of its methods asks, and what it gives. */
import createClient from 'openapi-fetch';
import { list_training_catalog_endpoint as operation } from '../../generated/operations.ts';
import type { paths } from '../../generated/schema.ts';
import type { Response as Facts } from '../../generated/types.ts';
import { TrainingModel_family, TrainingModel_supported_algorithms } from '../../generated/values.ts';
import { usage } from '../transport/errors.ts';
import { exchange, type Reply } from '../transport/exchange.ts';
import { readHeaders } from '../transport/headers.ts';
import { type CallOptions, callRules } from '../transport/options.ts';
import { readOptions, wholeNumber } from '../transport/read-options.ts';
import { readAnswer } from './answer.ts';
import { byStatus } from './by-status.ts';
import { isCatalogError } from './errors.ts';
import { listAll } from './list-all.ts';
import { type ClientOptions, resolveOptions } from './options.ts';
import { checkQuery } from './query.ts';
import type { CatalogQuery, TrainingCatalog, TrainingModel } from './types.ts';

/** Options of `listAllModels`. */
export interface ListAllOptions extends CallOptions {
  /**
   * How many calls to make at most. A list of 10,000 models takes some 300.
   * @default 1000
   */
  maxCalls?: number | undefined;
}

/** The client's methods. Each rejects with a {@link CatalogError} and with nothing else. */
export interface TrainingCatalogClient {
  /**
   * One page of the models that match.
   *
   * @example
   * const { models, total } = await client.listModels({ family: 'qwen', min_size_b: 7 });
   */
  listModels(query?: CatalogQuery, call?: CallOptions): Promise<TrainingCatalog>;
  /**
   * Every model that matches, over as many calls as it takes. Throws `incomplete`, with what was had,
   * rather than give a list that is short in silence.
   *
   * @example
   * const models = await client.listAllModels({ algorithm: 'ppo' });
   */
  listAllModels(query?: Omit<CatalogQuery, 'limit'>, call?: ListAllOptions): Promise<TrainingModel[]>;
  /**
   * The model of exactly this id, or undefined.
   *
   * @example
   * if (!(await client.findModel('Qwen/Qwen3-8B'))) throw new Error('cannot be trained');
   */
  findModel(tinkerId: string, call?: CallOptions): Promise<TrainingModel | undefined>;
}

/** As many models as a page may hold. */
const limit = operation.parameters.query.limit.schema.maximum;

const known = { families: TrainingModel_family, algorithms: TrainingModel_supported_algorithms };

const whatCall = 'the options of a call as an object, such as { signal }';
const listAllRules = { ...callRules, maxCalls: wholeNumber(1) };

/** All that openapi-fetch has to hand over; a real Request would add a fifth to a call. */
class PlainRequest {
  readonly url: string;
  readonly method: string;

  constructor(url: string, init: { method: string }) {
    this.url = url;
    this.method = init.method;
  }
}

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
  const { GET } = createClient<paths>({
    baseUrl: settings.baseUrl,
    Request: PlainRequest as unknown as typeof Request,
  });

  async function send({ url, method }: PlainRequest, call: CallOptions): Promise<Response> {
    const headers = readHeaders(call.headers ?? {});
    const isRetried = (status: number) => byStatus<Facts>(operation.responses, status)?.retry === true;
    const reply = await exchange(settings, { url, method, headers, isRetried }, call);
    // openapi-fetch reads of what is not ok, and it reads without bounds.
    return { ...reply, ok: true } as unknown as Response;
  }

  async function listModels(query?: CatalogQuery, options?: CallOptions): Promise<TrainingCatalog> {
    const call = readOptions(options ?? {}, callRules, whatCall);
    const { response } = await GET(operation.path, {
      params: { query: checkQuery(query) },
      fetch: (request) => send(request, call),
      parseAs: 'stream',
    });
    return readAnswer(settings, response as unknown as Reply);
  }

  async function listAllModels(
    query?: Omit<CatalogQuery, 'limit'>,
    options?: ListAllOptions,
  ): Promise<TrainingModel[]> {
    const { maxCalls = 1000, ...call } = readOptions(options ?? {}, listAllRules, whatCall);
    const filters = checkQuery(query);
    if ('limit' in filters) throw usage('listAllModels takes no limit: it gives all.');
    return listAll((part) => listModels({ ...part, limit }, call), filters, maxCalls, known);
  }

  async function findModel(tinkerId: string, call?: CallOptions): Promise<TrainingModel | undefined> {
    if (typeof tinkerId !== 'string' || tinkerId === '') throw usage('findModel takes the id of a model.');
    const find = (models: readonly TrainingModel[]) => models.find((model) => model.tinker_id === tinkerId);
    const { models } = await listModels({ query: tinkerId, limit }, call);
    // What a search matches is the server's own business; only the complete list can say no.
    return (
      find(models) ??
      listAllModels({}, call).then(find, (error) => {
        const model = isCatalogError(error, 'incomplete') && find(error.models);
        if (model) return model;
        throw error;
      })
    );
  }

  return { listModels, listAllModels, findModel };
}
