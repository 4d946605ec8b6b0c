/** The typed client: openapi-fetch for path, query and types over an exchange that keeps its promises. */
import { createFinalURL } from 'openapi-fetch';
import {
  trainingModelSupportedAlgorithms as algorithms,
  catalogPath,
  trainingModelFamily as families,
  limitBounds,
} from '../../generated/constants.ts';
import { readAnswer } from './answer.ts';
import { plainCause } from './attempt.ts';
import { failure, usage } from './errors.ts';
import { exchange } from './exchange.ts';
import type { ListAllOptions } from './list-all.ts';
import { type CallOptions, type ClientOptions, checkOptions, resolveOptions } from './options.ts';
import { writeQuery } from './query.ts';
import type { CatalogQuery, TrainingCatalog, TrainingModel } from './types.ts';

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

/** Loaded at its first use: it would be a sixth of the bundle, and most pages never need it. */
const loadListAll = () =>
  import('./list-all.ts').catch((thrown) => {
    throw failure(
      'network',
      'listAllModels could not be loaded.',
      { attempts: 0 },
      { cause: plainCause(thrown, String) },
    );
  });

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

  const listModels = async (query: CatalogQuery = {}, call?: CallOptions): Promise<TrainingCatalog> => {
    const url = createFinalURL(catalogPath, {
      baseUrl: settings.baseUrl,
      params: { query },
      querySerializer: writeQuery,
      // The path has no parameters.
      pathSerializer: String,
    });
    return readAnswer(settings, await exchange(settings, url, call));
  };

  const listAllModels: TrainingCatalogClient['listAllModels'] = async (query, options) =>
    (await loadListAll()).listAll(
      { listModels, checkOptions, failure, limitBounds, families, algorithms },
      query,
      options,
    );

  const findModel = async (tinkerId: string, call?: CallOptions): Promise<TrainingModel | undefined> => {
    if (typeof tinkerId !== 'string' || !tinkerId) throw usage('findModel takes the id of a model.');
    const find = (models: readonly TrainingModel[]) => models.find((model) => model.tinker_id === tinkerId);
    const { models } = await listModels({ query: tinkerId, limit: limitBounds.maximum }, call);
    // What a search matches is the server's own business; only the complete list can say no.
    return find(models) ?? find(await listAllModels({}, call));
  };

  return { listModels, listAllModels, findModel };
}
