/**
 * Ordinary changes of the contract, as a FastAPI backend causes them. Each is an edit of today's contract, with
 * values that fit and values that do not.
 */

import { newTrouble, unheardOf } from '../contract/from-yaml.ts';

// biome-ignore lint/suspicious/noExplicitAny: an edit reaches into the document at will.
type Contract = any;

/** What a request is checked as. */
export interface Request {
  query?: Record<string, unknown>;
  path?: Record<string, unknown>;
  header?: Record<string, unknown>;
  body?: unknown;
}

export interface Edit {
  /** Unique, and says what is changed. */
  title: string;
  /** The rating that a reviewer gives; several where the edit is several changes. */
  rating: 'major' | 'minor' | 'patch' | 'none';
  change(contract: Contract): void;
  /** Fields of a model that are let through, and tell nothing new. */
  takes?: Record<string, unknown>[];
  /** Fields of a model that are let through as newer than the contract, and where. */
  news?: [fields: Record<string, unknown>, place: string][];
  /** Fields of a model that are refused, and where. */
  refuses?: [fields: Record<string, unknown>, place: string][];
  /** Requests of an operation, by default of the catalog. */
  operation?: string;
  takesRequests?: Request[];
  refusesRequests?: [request: Request, place: string][];
  /** Set where the house's own rules ask for more than the edit brings. */
  lint?: false;
  /** Set where the edit can't be had together with the others. */
  alone?: true;
}

const catalogPath = '/api/v1/training/catalog';

const catalogOf = (contract: Contract) => contract.paths[catalogPath].get;
const schemasOf = (contract: Contract) => contract.components.schemas;

/** Adds optional fields to the model, each with a description. Their names are such that no backend takes them first. */
const addFields =
  (fields: Record<string, object>) =>
  (contract: Contract): void => {
    for (const [name, schema] of Object.entries(fields)) {
      schemasOf(contract).TrainingModel.properties[name] = {
        description: `The ${name} of a model.`,
        ...schema,
      };
    }
  };

/** Adds optional parameters to the catalog. */
const addParameters =
  (...parameters: { name: string; in?: string; schema: object; [key: string]: unknown }[]) =>
  (contract: Contract): void => {
    for (const parameter of parameters) {
      catalogOf(contract).parameters.push({
        in: 'query',
        description: `What ${parameter.name} to keep.`,
        ...parameter,
      });
    }
  };

const ref = (schema: string) => ({ $ref: `#/components/schemas/${schema}` });
const orNull = (schema: object) => ({ anyOf: [schema, { type: 'null' }] });

const jobs = '/api/v1/training/jobs';

/** The errors of the catalog, for an operation beside it. */
function errorsOf(contract: Contract): object {
  const { 200: _, ...errors } = catalogOf(contract).responses;
  return errors;
}

function addJobs(contract: Contract): void {
  schemasOf(contract).JobRequest = {
    description: 'What to train.',
    type: 'object',
    required: ['model'],
    properties: {
      model: { description: 'The id of a model.', type: 'string', minLength: 3, pattern: '^[\\w./:-]+$' },
      algorithm: { description: 'How to train it.', type: 'string', enum: ['sft', 'ppo'], default: 'sft' },
      tags: { description: 'Words to find it by.', type: 'array', maxItems: 2, items: { type: 'string' } },
    },
  };
  schemasOf(contract).Job = {
    description: 'A training job.',
    type: 'object',
    required: ['id'],
    properties: { id: { description: 'Its id.', type: 'string' } },
  };
  contract.paths[jobs] = {
    post: {
      operationId: 'create_job',
      summary: 'Create a job',
      description: 'Starts to train a model.',
      security: [{ bearerAuth: [] }],
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: ref('JobRequest'),
            examples: { smallest: { value: { model: 'Qwen/Qwen3-8B' } } },
          },
        },
      },
      responses: {
        201: {
          description: 'It was created.',
          content: {
            'application/json': { schema: ref('Job'), examples: { first: { value: { id: 'job-1' } } } },
          },
        },
        ...errorsOf(contract),
      },
    },
  };
}

/** As `contract-edits` of the field go: by what is changed, simple things first. */
export const edits: Edit[] = [
  {
    title: 'a field: string or null',
    rating: 'minor',
    change: addFields({ grown_note: orNull({ type: 'string' }) }),
    takes: [{}, { grown_note: null }, { grown_note: 'new' }],
    refuses: [[{ grown_note: 5 }, 'models[0].grown_note']],
  },
  {
    title: 'a field: list of values or null',
    alone: true,
    rating: 'minor',
    change: addFields({ grown_tier: orNull({ type: 'string', enum: ['free', 'paid'] }) }),
    takes: [{}, { grown_tier: null }, { grown_tier: 'paid' }],
    news: [[{ grown_tier: 'gold' }, 'models[0].grown_tier']],
    refuses: [[{ grown_tier: 5 }, 'models[0].grown_tier']],
  },
  {
    title: 'a field: a named list of values, or null',
    rating: 'minor',
    change(contract) {
      schemasOf(contract).GrownTier = {
        description: 'What it costs.',
        type: 'string',
        enum: ['free', 'paid'],
      };
      addFields({
        grown_tier: orNull(ref('GrownTier')),
        grown_tiers: { type: 'array', items: ref('GrownTier') },
      })(contract);
    },
    takes: [{ grown_tier: null }, { grown_tier: 'paid', grown_tiers: ['free'] }],
    news: [
      [{ grown_tier: 'gold' }, 'models[0].grown_tier'],
      [{ grown_tiers: ['free', 'gold'] }, 'models[0].grown_tiers[1]'],
    ],
    refuses: [[{ grown_tier: 5 }, 'models[0].grown_tier']],
  },
  {
    title: 'fields with formats, alone and beside null: annotations, not checked',
    rating: 'minor',
    change: addFields({
      grown_created_at: { type: 'string', format: 'date-time' },
      grown_retired_at: orNull({ type: 'string', format: 'date-time' }),
      grown_home: orNull({ type: 'string', format: 'uri', minLength: 1, maxLength: 2083 }),
      grown_serial: { type: 'string', format: 'uuid' },
      grown_share: { type: 'number', format: 'double' },
      grown_rank: { type: 'integer', format: 'int32' },
    }),
    takes: [
      {
        grown_created_at: '2026-01-31T00:00:00Z',
        grown_retired_at: null,
        grown_home: 'https://example.com',
        grown_share: 0.5,
        grown_rank: 1,
      },
      { grown_created_at: 'yesterday', grown_serial: 'none', grown_home: 'nowhere' },
    ],
    refuses: [
      [{ grown_created_at: 5 }, 'models[0].grown_created_at'],
      [{ grown_rank: 1.5 }, 'models[0].grown_rank'],
    ],
  },
  {
    title: 'a field with pattern, minLength and maxLength',
    rating: 'minor',
    change: addFields({ grown_code: { type: 'string', pattern: '^[a-z]+$', minLength: 2, maxLength: 4 } }),
    takes: [{ grown_code: 'abc' }],
    refuses: [
      [{ grown_code: 'a' }, 'models[0].grown_code'],
      [{ grown_code: 'abcde' }, 'models[0].grown_code'],
      [{ grown_code: 'AB' }, 'models[0].grown_code'],
    ],
  },
  {
    title: 'a schema that takes no other properties',
    rating: 'minor',
    change(contract) {
      schemasOf(contract).TrainingModelPricing.additionalProperties = false;
    },
    takes: [{ pricing: { train: 1 } }],
    refuses: [[{ pricing: { train: 1, tax: 2 } }, 'models[0].pricing.tax']],
  },
  {
    title: 'a map of numbers, and a map of schemas',
    rating: 'minor',
    change: addFields({
      grown_scores: { type: 'object', additionalProperties: { type: 'number' } },
      grown_prices: { type: 'object', additionalProperties: ref('TrainingModelPricing') },
      grown_plans: { type: 'object', additionalProperties: { type: 'string', enum: ['free', 'paid'] } },
    }),
    takes: [
      {
        grown_scores: { mmlu: 0.7 },
        grown_prices: { eu: { train: 1 }, us: {} },
        grown_plans: { eu: 'free' },
      },
    ],
    news: [[{ grown_plans: { eu: 'free', us: 'gold' } }, 'models[0].grown_plans.us']],
    refuses: [
      [{ grown_scores: { mmlu: 'good' } }, 'models[0].grown_scores.mmlu'],
      [{ grown_prices: { eu: { train: 'dear' } } }, 'models[0].grown_prices.eu.train'],
    ],
  },
  {
    title: 'a oneOf of two schemas with a discriminator',
    rating: 'minor',
    change(contract) {
      Object.assign(schemasOf(contract), {
        LocalSource: {
          description: 'A file.',
          type: 'object',
          required: ['kind', 'file'],
          properties: {
            kind: { description: 'Which source.', type: 'string', const: 'local' },
            file: { description: 'Its name.', type: 'string' },
            disk: { description: 'What it lies on.', type: 'string', enum: ['ssd', 'hdd'] },
          },
        },
        RemoteSource: {
          description: 'An address.',
          type: 'object',
          required: ['kind', 'url'],
          properties: {
            kind: { description: 'Which source.', type: 'string', const: 'remote' },
            url: { description: 'Where.', type: 'string' },
          },
        },
      });
      addFields({
        grown_source: {
          oneOf: [ref('LocalSource'), ref('RemoteSource')],
          discriminator: {
            propertyName: 'kind',
            mapping: {
              local: '#/components/schemas/LocalSource',
              remote: '#/components/schemas/RemoteSource',
            },
          },
        },
      })(contract);
    },
    takes: [
      { grown_source: { kind: 'local', file: 'a', disk: 'ssd' } },
      { grown_source: { kind: 'remote', url: 'b' } },
    ],
    news: [[{ grown_source: { kind: 'local', file: 'a', disk: 'tape' } }, 'models[0].grown_source.disk']],
    refuses: [
      [{ grown_source: { kind: 'tape' } }, 'models[0].grown_source'],
      [{ grown_source: { kind: 'remote', url: 5 } }, 'models[0].grown_source.url'],
      [{ grown_source: { kind: 'remote', file: 'a' } }, 'models[0].grown_source.url'],
      [{ grown_source: 'here' }, 'models[0].grown_source'],
    ],
  },
  {
    title: 'allOf around a reference, with a description beside it, and in items',
    alone: true,
    rating: 'none',
    change(contract) {
      const { properties } = schemasOf(contract).TrainingModel;
      properties.pricing.anyOf[0] = { allOf: [properties.pricing.anyOf[0]] };
      const { models } = schemasOf(contract).TrainingCatalogResponse.properties;
      models.items = { allOf: [models.items] };
    },
    takes: [{ pricing: { train: 1 } }, { pricing: null }],
    news: [[{ family: unheardOf }, 'models[0].family']],
    refuses: [[{ pricing: { train: 'dear' } }, 'models[0].pricing.train']],
  },
  {
    title: 'a schema that refers to itself',
    rating: 'minor',
    change: addFields({ grown_base: orNull(ref('TrainingModel')) }),
    takes: [{ grown_base: null }],
    refuses: [[{ grown_base: { tinker_id: 'a' } }, 'models[0].grown_base.context_length']],
  },
  {
    title: 'a tuple',
    rating: 'minor',
    change: addFields({
      grown_range: {
        type: 'array',
        prefixItems: [{ type: 'number' }, { type: 'string', enum: ['open', 'closed'] }],
        minItems: 2,
        maxItems: 2,
      },
    }),
    takes: [{ grown_range: [1, 'open'] }],
    news: [[{ grown_range: [1, 'half'] }, 'models[0].grown_range[1]']],
    refuses: [
      [{ grown_range: ['a', 'open'] }, 'models[0].grown_range[0]'],
      [{ grown_range: [1] }, 'models[0].grown_range'],
    ],
  },
  {
    title: 'lists that hold null, decimals, negative numbers, booleans',
    rating: 'minor',
    change: addFields({
      grown_mode: { type: ['string', 'null'], enum: ['a', 'b', null] },
      grown_step: { type: 'number', enum: [0.5, 1.5] },
      grown_sign: { type: 'integer', enum: [-1, 0, 1] },
      grown_ready: { type: 'boolean', enum: [true] },
    }),
    takes: [{ grown_mode: null, grown_step: 0.5, grown_sign: -1, grown_ready: true }],
    news: [
      [{ grown_mode: 'c' }, 'models[0].grown_mode'],
      [{ grown_step: 2.5 }, 'models[0].grown_step'],
      [{ grown_sign: 2 }, 'models[0].grown_sign'],
    ],
    refuses: [
      [{ grown_mode: 5 }, 'models[0].grown_mode'],
      [{ grown_sign: 0.5 }, 'models[0].grown_sign'],
      [{ grown_ready: false }, 'models[0].grown_ready'],
    ],
  },
  {
    title: 'a list of types in place of anyOf, in a field and in a parameter',
    alone: true,
    rating: 'none',
    change(contract) {
      for (const price of Object.values<Contract>(schemasOf(contract).TrainingModelPricing.properties)) {
        delete price.anyOf;
        price.type = ['number', 'null'];
      }
      contract.components.parameters.query.schema = { type: ['string', 'null'] };
      contract.components.parameters.min_size_b.schema = { type: ['number', 'null'] };
    },
    takes: [{ pricing: { train: null, sample: 1 } }],
    refuses: [[{ pricing: { train: 'dear' } }, 'models[0].pricing.train']],
    takesRequests: [{ query: { query: '70', min_size_b: 7 } }],
    refusesRequests: [[{ query: { min_size_b: 'small' } }, 'query.min_size_b']],
  },
  {
    title: 'query parameters: boolean, list of values, list of values or null, integer from 0',
    rating: 'minor',
    change: addParameters(
      { name: 'grown_priced', schema: { type: 'boolean' } },
      { name: 'grown_order', schema: { type: 'string', enum: ['size', 'name'] } },
      { name: 'grown_tier', schema: orNull({ type: 'string', enum: ['free', 'paid'] }) },
      { name: 'grown_offset', schema: { type: 'integer', minimum: 0, default: 0 } },
    ),
    takesRequests: [
      { query: { grown_priced: true, grown_order: 'size', grown_tier: 'free', grown_offset: 0 } },
    ],
    refusesRequests: [
      [{ query: { grown_priced: 'yes' } }, 'query.grown_priced'],
      [{ query: { grown_order: 'age' } }, 'query.grown_order'],
      [{ query: { grown_tier: 'gold' } }, 'query.grown_tier'],
      [{ query: { grown_offset: -1 } }, 'query.grown_offset'],
    ],
  },
  {
    title: 'a query parameter: list of strings, repeated',
    rating: 'minor',
    change: addParameters({
      name: 'grown_tags',
      style: 'form',
      explode: true,
      schema: { type: 'array', items: { type: 'string' }, maxItems: 2 },
    }),
    takesRequests: [{ query: { grown_tags: ['a', 'b'] } }],
    refusesRequests: [
      [{ query: { grown_tags: 'a,b' } }, 'query.grown_tags'],
      [{ query: { grown_tags: ['a', 'b', 'c'] } }, 'query.grown_tags'],
    ],
  },
  {
    title: 'a header parameter',
    rating: 'minor',
    change: addParameters({ name: 'X-Organization', in: 'header', schema: { type: 'string', minLength: 2 } }),
    takesRequests: [{ header: { 'X-Organization': 'acme' } }, { header: { accept: 'application/json' } }],
    refusesRequests: [
      [{ header: { 'X-Organization': 'a' } }, 'header.X-Organization'],
      [{ query: { 'X-Organization': 'acme' } }, 'query.X-Organization'],
    ],
  },
  {
    title: 'one parameter on the path instead of the operation',
    alone: true,
    rating: 'none',
    change(contract) {
      const item = contract.paths[catalogPath];
      item.parameters = item.get.parameters.splice(1, 1);
    },
    takesRequests: [{ query: { family: 'qwen', limit: 1 } }],
    refusesRequests: [[{ query: { family: 5 } }, 'query.family']],
  },
  {
    title: 'all parameters on the path instead of the operation',
    alone: true,
    rating: 'none',
    change(contract) {
      const item = contract.paths[catalogPath];
      item.parameters = item.get.parameters;
      delete item.get.parameters;
    },
    takesRequests: [{ query: { family: 'qwen', limit: 1 } }],
    refusesRequests: [[{ query: { limit: 0 } }, 'query.limit']],
  },
  {
    title: 'defaults spelled out',
    rating: 'none',
    change(contract) {
      for (const parameter of Object.values<Contract>(contract.components.parameters)) {
        Object.assign(parameter, { required: false, style: 'form', explode: true, allowReserved: false });
      }
      const { TrainingCatalogResponse, TrainingModel } = schemasOf(contract);
      TrainingCatalogResponse.properties.models.minItems = 0;
      TrainingModel.additionalProperties = true;
    },
    takes: [{ more: 1 }],
    takesRequests: [{ query: { limit: 1 } }],
    refusesRequests: [[{ query: { limit: 0 } }, 'query.limit']],
  },
  {
    title: 'oneOf in place of anyOf for "number or null"',
    alone: true,
    rating: 'none',
    change(contract) {
      for (const price of Object.values<Contract>(schemasOf(contract).TrainingModelPricing.properties)) {
        price.oneOf = price.anyOf;
        delete price.anyOf;
      }
    },
    takes: [{ pricing: { train: null, sample: 1 } }],
    refuses: [[{ pricing: { train: 'dear' } }, 'models[0].pricing.train']],
  },
  {
    title: 'all parameters without descriptions and with titles',
    alone: true,
    rating: 'patch',
    lint: false,
    change(contract) {
      for (const [name, parameter] of Object.entries<Contract>(contract.components.parameters)) {
        delete parameter.description;
        parameter.schema.title = name;
      }
    },
    takesRequests: [{ query: { family: 'qwen', limit: 1 } }],
    refusesRequests: [[{ query: { limit: 0 } }, 'query.limit']],
  },
  {
    title: 'a documented response header',
    rating: 'minor',
    change(contract) {
      contract.components.responses.RateLimited.headers = {
        'Retry-After': { description: 'How many seconds to wait.', schema: { type: 'integer', minimum: 0 } },
      };
    },
    takes: [{}],
  },
  {
    title: 'a new status with the envelope',
    rating: 'minor',
    change(contract) {
      catalogOf(contract).responses[newTrouble] = {
        description: 'The service is closed for now.',
        'x-retry': true,
        'x-advice': 'try again later',
        content: {
          'application/json': {
            schema: ref('APIErrorPayload'),
            examples: { closed: { value: { code: newTrouble, type: 'server_error', detail: 'Closed' } } },
          },
        },
      };
      schemasOf(contract).APIErrorPayload.properties.code.enum.push(newTrouble);
    },
    takes: [{}],
  },
  {
    title: 'a new family',
    alone: true,
    rating: 'minor',
    change(contract) {
      schemasOf(contract).TrainingModel.properties.family.enum.push(unheardOf);
    },
    takes: [{ family: unheardOf }],
    news: [[{ family: `${unheardOf}-2` }, 'models[0].family']],
  },
  {
    title: 'a new error type',
    rating: 'minor',
    change(contract) {
      schemasOf(contract).APIErrorPayload.properties.type.enum.push('maintenance_error');
    },
    takes: [{}],
  },
  {
    title: 'a family taken away',
    alone: true,
    rating: 'minor',
    change(contract) {
      const { examples, schemas } = contract.components;
      schemas.TrainingModel.properties.family.enum = ['qwen', unheardOf];
      for (const { value } of [examples.Catalog, examples.FilteredCatalog]) {
        for (const model of value.models) model.family = 'qwen';
      }
    },
    takes: [{ family: unheardOf }],
    news: [[{ family: 'llama' }, 'models[0].family']],
  },
  {
    title: 'a second operation with a parameter in its path',
    rating: 'minor',
    change(contract) {
      contract.paths[`${catalogPath}/{tinker_id}`] = {
        get: {
          operationId: 'get_training_model',
          summary: 'Show a base model',
          description: 'Shows one base model.',
          security: [{ bearerAuth: [] }],
          parameters: [
            {
              name: 'tinker_id',
              in: 'path',
              required: true,
              description: 'The id of the model.',
              schema: { type: 'string', minLength: 3 },
            },
          ],
          responses: {
            200: {
              description: 'The model.',
              content: {
                'application/json': {
                  schema: ref('TrainingModel'),
                  examples: {
                    first: { value: structuredClone(contract.components.examples.Catalog.value.models[0]) },
                  },
                },
              },
            },
            ...errorsOf(contract),
          },
        },
      };
    },
    operation: 'get_training_model',
    takesRequests: [{ path: { tinker_id: 'Qwen/Qwen3-8B' } }],
    refusesRequests: [
      [{ path: { tinker_id: 'a' } }, 'path.tinker_id'],
      [{}, 'path.tinker_id'],
    ],
  },
  {
    title: 'a second operation with a body',
    rating: 'minor',
    change: addJobs,
    operation: 'create_job',
    takesRequests: [
      { body: { model: 'Qwen/Qwen3-8B' } },
      { body: { model: 'abc', tags: ['a'], algorithm: 'ppo' } },
    ],
    refusesRequests: [
      [{}, 'body'],
      [{ body: {} }, 'body.model'],
      [{ body: { model: 'ab' } }, 'body.model'],
      [{ body: { model: 'a b c' } }, 'body.model'],
      [{ body: { model: 'abc', tags: ['a', 'b', 'c'] } }, 'body.tags'],
      [{ body: { model: 'abc', algorithm: 'dpo' } }, 'body.algorithm'],
    ],
  },
  {
    title: 'an operation without a body in its answer, and one with text',
    rating: 'minor',
    change(contract) {
      contract.paths[`${catalogPath}/cache`] = {
        delete: {
          operationId: 'clear_catalog',
          summary: 'Clear the catalog',
          description: 'Makes the server read its catalog anew.',
          security: [{ bearerAuth: [] }],
          responses: { 204: { description: 'It was cleared.' }, ...errorsOf(contract) },
        },
      };
      contract.paths[`${catalogPath}/table`] = {
        get: {
          operationId: 'list_training_catalog_as_table',
          summary: 'List as a table',
          description: 'Lists the models as comma-separated values.',
          security: [{ bearerAuth: [] }],
          responses: {
            200: {
              description: 'The table.',
              content: {
                'text/csv': {
                  schema: { description: 'Lines of values.', type: 'string' },
                  examples: { two: { value: 'tinker_id,size_b\nQwen/Qwen3-8B,8\n' } },
                },
              },
            },
            ...errorsOf(contract),
          },
        },
      };
    },
    operation: 'clear_catalog',
    takesRequests: [{}],
  },
];
