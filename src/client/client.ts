/** The typed client: what each of its methods asks, and what it gives. */
import createClient from 'openapi-fetch';
import { list_training_catalog_endpoint as operation } from '../../generated/operations.ts';
import type { paths } from '../../generated/schema.ts';
import type { Response as Facts } from '../../generated/types.ts';
import { TrainingModel_family, TrainingModel_supported_algorithms } from '../../generated/values.ts';
import { textOf } from '../transport/body.ts';
import { usage } from '../transport/errors.ts';
import { exchange } from '../transport/exchange.ts';
import { readHeaders } from '../transport/headers.ts';
import { readInit } from '../transport/init.ts';
import { type CallOptions, callRules } from '../transport/options.ts';
import { readOptions, wholeNumber } from '../transport/read-options.ts';
import { showHeaders } from '../transport/shown.ts';
import { readAnswer, type TextReply } from './answer.ts';
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

/** What is known of an answer that was good. */
export interface ResponseInfo {
  /** The HTTP status. */
  readonly status: number;
  /** The response's headers by lower-case name, `set-cookie` left out. */
  readonly headers: Readonly<Record<string, string>>;
  /** Where the answer came from, with the query. */
  readonly url: string;
}

/** The type of `listModels`. */
export interface ListModels {
  /**
   * One page of the models that match.
   *
   * @example
   * const { models, total } = await client.listModels({ family: 'qwen', min_size_b: 7 });
   */
  (query?: CatalogQuery, call?: CallOptions): Promise<TrainingCatalog>;
  /**
   * The same page, and what is known of the answer that it came in.
   *
   * @example
   * const { data, response } = await client.listModels.withResponse({ family: 'qwen' });
   * console.log(data.total, response.headers['x-request-id']);
   */
  withResponse(
    query?: CatalogQuery,
    call?: CallOptions,
  ): Promise<{ data: TrainingCatalog; response: ResponseInfo }>;
}

/** The client's methods. Each rejects with a {@link CatalogError} and with nothing else. */
export interface TrainingCatalogClient {
  /**
   * One page of the models that match.
   *
   * @example
   * const { models, total } = await client.listModels({ family: 'qwen', min_size_b: 7 });
   */
  listModels: ListModels;
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

const noHeaders = new Map<string, string>();

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
    const init = readInit(call.init);
    const reply = await exchange(settings, { url, method, headers, isRetried }, { ...call, init });
    const text = reply.content === undefined ? undefined : textOf(reply.content);
    // openapi-fetch hands over the body of a good answer unread; of any other it would read the text.
    return { ok: true, headers: noHeaders, body: { ...reply, text } } as unknown as Response;
  }

  async function ask(query?: CatalogQuery, options?: CallOptions): Promise<TextReply> {
    const call = readOptions(options ?? {}, callRules, whatCall);
    const { data } = await GET(operation.path, {
      params: { query: checkQuery(query) },
      fetch: (request) => send(request, call),
      parseAs: 'stream',
    }).catch((thrown: Error) => {
      // openapi-fetch needs a Headers, which Jest's jsdom does not have.
      throw isCatalogError(thrown)
        ? thrown
        : usage(`This platform lacks what fetch needs: ${thrown.message}`);
    });
    return data as unknown as TextReply;
  }

  async function listModels(query?: CatalogQuery, call?: CallOptions): Promise<TrainingCatalog> {
    return readAnswer(settings, await ask(query, call));
  }

  async function withResponse(query?: CatalogQuery, call?: CallOptions) {
    const reply = await ask(query, call);
    const { status, url, headers, secrets } = reply;
    return {
      data: readAnswer(settings, reply),
      response: { status, headers: showHeaders(headers, secrets), url: secrets.hide(url) },
    };
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
    const find = (models: readonly TrainingModel[]) => models.find((model) => model?.tinker_id === tinkerId);
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

  return { listModels: Object.assign(listModels, { withResponse }), listAllModels, findModel };
}
