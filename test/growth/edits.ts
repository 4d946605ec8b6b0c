/**
 * Ordinary changes of the contract, as a FastAPI backend causes them. Each is an edit of today's contract, with
 * values that fit and values that do not.
 */

import { type Any, addOperation, type Edit as Change, partsOf } from '../contract/edit.ts';
import { catalogPath, newTrouble, unheardOf } from '../contract/from-yaml.ts';

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
  change(contract: Any): void;
  /** Fields of a model that are let through, and tell nothing new. Each `loc` below is within the model. */
  takes?: Record<string, unknown>[];
  /** Fields of a model that are let through as newer than the contract, and where. */
  news?: [fields: Record<string, unknown>, loc: string][];
  /** Fields of a model that are refused, and where. */
  refuses?: [fields: Record<string, unknown>, loc: string][];
  /** Requests of an operation, by default of the catalog. */
  operation?: string;
  takesRequests?: Request[];
  refusesRequests?: [request: Request, loc: string][];
  /** Set where the house's own rules ask for more than the edit brings. */
  lint?: false;
  /** Set where the edit can't be had together with the others. */
  alone?: true;
}

const of = (change: Change) => (contract: Any) => void change(partsOf(contract));

/** Adds optional fields to the model. Their names are such that no backend takes them first. */
const addFields = (fields: Record<string, object>) =>
  of(({ model }) => {
    for (const [name, schema] of Object.entries(fields)) {
      model[name] = { description: `The ${name} of a model.`, ...schema };
    }
  });

/** Adds named schemas, and fields that refer to them. */
const withSchemas = (named: object, fields: Record<string, object>) => (contract: Any) => {
  Object.assign(contract.components.schemas, named);
  addFields(fields)(contract);
};

/** Adds optional parameters to the catalog. */
const addParameters = (...parameters: { name: string; schema: object; [key: string]: unknown }[]) =>
  of(({ operation }) => {
    for (const parameter of parameters) {
      const description = `What ${parameter.name} to keep.`;
      operation.parameters.push({ in: 'query', description, ...parameter });
    }
  });

const ref = (schema: string) => ({ $ref: `#/components/schemas/${schema}` });
const orNull = (schema: object) => ({ anyOf: [schema, { type: 'null' }] });

/** A string with a description, which lint asks for in named schemas. */
const text = (description: string, more: object = {}) => ({ description, type: 'string', ...more });
const listed = (...values: string[]) => ({ type: 'string', enum: values });

/** A branch that its `kind` tells from the others; the first of the other properties is required. */
const source = (kind: string, properties: object) => ({
  description: `A ${kind} source.`,
  type: 'object',
  required: ['kind', Object.keys(properties)[0]],
  properties: { kind: text('Which source.', { const: kind }), ...properties },
});

/** The content of a body, with one example. */
const content = (schema: object, value: unknown, type = 'application/json') => ({
  content: { [type]: { schema, examples: { first: { value } } } },
});

/** By what is changed, simple things first. */
export const edits: Edit[] = [
  {
    title: 'a field: string or null',
    rating: 'minor',
    change: addFields({ grown_note: orNull({ type: 'string' }) }),
    takes: [{}, { grown_note: null }, { grown_note: 'new' }],
    refuses: [[{ grown_note: 5 }, 'grown_note']],
  },
  {
    title: 'a field: list of values or null',
    alone: true,
    rating: 'minor',
    change: addFields({ grown_tier: orNull(listed('free', 'paid')) }),
    takes: [{}, { grown_tier: null }, { grown_tier: 'paid' }],
    news: [[{ grown_tier: 'gold' }, 'grown_tier']],
    refuses: [[{ grown_tier: 5 }, 'grown_tier']],
  },
  {
    title: 'a field: a named list of values, or null',
    rating: 'minor',
    change: withSchemas(
      { GrownTier: text('What it costs.', listed('free', 'paid')) },
      { grown_tier: orNull(ref('GrownTier')), grown_tiers: { type: 'array', items: ref('GrownTier') } },
    ),
    takes: [{ grown_tier: null }, { grown_tier: 'paid', grown_tiers: ['free'] }],
    news: [
      [{ grown_tier: 'gold' }, 'grown_tier'],
      [{ grown_tiers: ['free', 'gold'] }, 'grown_tiers[1]'],
    ],
    refuses: [[{ grown_tier: 5 }, 'grown_tier']],
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
      { grown_created_at: '2026-01-31T00:00:00Z', grown_retired_at: null, grown_home: 'https://example.com' },
      { grown_share: 0.5, grown_rank: 1 },
      { grown_created_at: 'yesterday', grown_serial: 'none', grown_home: 'nowhere' },
    ],
    refuses: [
      [{ grown_created_at: 5 }, 'grown_created_at'],
      [{ grown_rank: 1.5 }, 'grown_rank'],
    ],
  },
  {
    title: 'a field with pattern, minLength and maxLength',
    rating: 'minor',
    change: addFields({ grown_code: { type: 'string', pattern: '^[a-z]+$', minLength: 2, maxLength: 4 } }),
    takes: [{ grown_code: 'abc' }],
    refuses: [
      [{ grown_code: 'a' }, 'grown_code'],
      [{ grown_code: 'abcde' }, 'grown_code'],
      [{ grown_code: 'AB' }, 'grown_code'],
    ],
  },
  {
    title: 'a schema that takes no other properties',
    rating: 'minor',
    change: of(({ schemas }) => (schemas.TrainingModelPricing.additionalProperties = false)),
    takes: [{ pricing: { train: 1 } }],
    refuses: [[{ pricing: { train: 1, tax: 2 } }, 'pricing.tax']],
  },
  {
    title: 'a map of numbers, and a map of schemas',
    rating: 'minor',
    change: addFields({
      grown_scores: { type: 'object', additionalProperties: { type: 'number' } },
      grown_prices: { type: 'object', additionalProperties: ref('TrainingModelPricing') },
      grown_plans: { type: 'object', additionalProperties: listed('free', 'paid') },
    }),
    takes: [
      {
        grown_scores: { mmlu: 0.7 },
        grown_prices: { eu: { train: 1 }, us: {} },
        grown_plans: { eu: 'free' },
      },
    ],
    news: [[{ grown_plans: { eu: 'free', us: 'gold' } }, 'grown_plans.us']],
    refuses: [
      [{ grown_scores: { mmlu: 'good' } }, 'grown_scores.mmlu'],
      [{ grown_prices: { eu: { train: 'dear' } } }, 'grown_prices.eu.train'],
    ],
  },
  {
    title: 'a oneOf of two schemas with a discriminator',
    rating: 'minor',
    change: withSchemas(
      {
        LocalSource: source('local', {
          file: text('Its name.'),
          disk: text('What it lies on.', listed('ssd', 'hdd')),
        }),
        RemoteSource: source('remote', { url: text('Where.') }),
      },
      {
        grown_source: {
          oneOf: [ref('LocalSource'), ref('RemoteSource')],
          discriminator: {
            propertyName: 'kind',
            mapping: { local: ref('LocalSource').$ref, remote: ref('RemoteSource').$ref },
          },
        },
      },
    ),
    takes: [
      { grown_source: { kind: 'local', file: 'a', disk: 'ssd' } },
      { grown_source: { kind: 'remote', url: 'b' } },
    ],
    news: [[{ grown_source: { kind: 'local', file: 'a', disk: 'tape' } }, 'grown_source.disk']],
    refuses: [
      [{ grown_source: { kind: 'tape' } }, 'grown_source'],
      [{ grown_source: { kind: 'remote', url: 5 } }, 'grown_source.url'],
      [{ grown_source: { kind: 'remote', file: 'a' } }, 'grown_source.url'],
      [{ grown_source: 'here' }, 'grown_source'],
    ],
  },
  {
    title: 'allOf around a reference, with a description beside it, and in items',
    alone: true,
    rating: 'none',
    change: of(({ model, schemas }) => {
      model.pricing.anyOf[0] = { allOf: [model.pricing.anyOf[0]] };
      const { models } = schemas.TrainingCatalogResponse.properties;
      models.items = { allOf: [models.items] };
    }),
    takes: [{ pricing: { train: 1 } }, { pricing: null }],
    news: [[{ family: unheardOf }, 'family']],
    refuses: [[{ pricing: { train: 'dear' } }, 'pricing.train']],
  },
  {
    title: 'a schema that refers to itself',
    rating: 'minor',
    change: addFields({ grown_base: orNull(ref('TrainingModel')) }),
    takes: [{ grown_base: null }],
    refuses: [[{ grown_base: { tinker_id: 'a' } }, 'grown_base.context_length']],
  },
  {
    title: 'a tuple',
    rating: 'minor',
    change: addFields({
      grown_range: {
        type: 'array',
        prefixItems: [{ type: 'number' }, listed('open', 'closed')],
        minItems: 2,
        maxItems: 2,
      },
    }),
    takes: [{ grown_range: [1, 'open'] }],
    news: [[{ grown_range: [1, 'half'] }, 'grown_range[1]']],
    refuses: [
      [{ grown_range: ['a', 'open'] }, 'grown_range[0]'],
      [{ grown_range: [1] }, 'grown_range'],
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
      [{ grown_mode: 'c' }, 'grown_mode'],
      [{ grown_step: 2.5 }, 'grown_step'],
      [{ grown_sign: 2 }, 'grown_sign'],
    ],
    refuses: [
      [{ grown_mode: 5 }, 'grown_mode'],
      [{ grown_sign: 0.5 }, 'grown_sign'],
      [{ grown_ready: false }, 'grown_ready'],
    ],
  },
  {
    title: 'a list of types in place of anyOf, in a field and in a parameter',
    alone: true,
    rating: 'none',
    change: of(({ schemas, parameters }) => {
      for (const price of Object.values<Any>(schemas.TrainingModelPricing.properties)) {
        delete price.anyOf;
        price.type = ['number', 'null'];
      }
      parameters.query.schema = { type: ['string', 'null'] };
      parameters.min_size_b.schema = { type: ['number', 'null'] };
    }),
    takes: [{ pricing: { train: null, sample: 1 } }],
    refuses: [[{ pricing: { train: 'dear' } }, 'pricing.train']],
    takesRequests: [{ query: { query: '70', min_size_b: 7 } }],
    refusesRequests: [[{ query: { min_size_b: 'small' } }, 'query.min_size_b']],
  },
  {
    title: 'query parameters: boolean, list of values, list of values or null, integer from 0',
    rating: 'minor',
    change: addParameters(
      { name: 'grown_priced', schema: { type: 'boolean' } },
      { name: 'grown_order', schema: listed('size', 'name') },
      { name: 'grown_tier', schema: orNull(listed('free', 'paid')) },
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
    change: of(({ item, operation }) => (item.parameters = operation.parameters.splice(1, 1))),
    takesRequests: [{ query: { family: 'qwen', limit: 1 } }],
    refusesRequests: [[{ query: { family: 5 } }, 'query.family']],
  },
  {
    title: 'all parameters on the path instead of the operation',
    alone: true,
    rating: 'none',
    change: of(({ item, operation }) => {
      item.parameters = operation.parameters;
      delete operation.parameters;
    }),
    takesRequests: [{ query: { family: 'qwen', limit: 1 } }],
    refusesRequests: [[{ query: { limit: 0 } }, 'query.limit']],
  },
  {
    title: 'defaults spelled out',
    rating: 'none',
    change: of(({ parameters, schemas }) => {
      for (const parameter of Object.values<Any>(parameters)) {
        Object.assign(parameter, { required: false, style: 'form', explode: true, allowReserved: false });
      }
      schemas.TrainingCatalogResponse.properties.models.minItems = 0;
      schemas.TrainingModel.additionalProperties = true;
    }),
    takes: [{ more: 1 }],
    takesRequests: [{ query: { limit: 1 } }],
    refusesRequests: [[{ query: { limit: 0 } }, 'query.limit']],
  },
  {
    title: 'oneOf in place of anyOf for "number or null"',
    alone: true,
    rating: 'none',
    change: of(({ schemas }) => {
      for (const price of Object.values<Any>(schemas.TrainingModelPricing.properties)) {
        price.oneOf = price.anyOf;
        delete price.anyOf;
      }
    }),
    takes: [{ pricing: { train: null, sample: 1 } }],
    refuses: [[{ pricing: { train: 'dear' } }, 'pricing.train']],
  },
  {
    title: 'all parameters without descriptions and with titles',
    alone: true,
    rating: 'patch',
    lint: false,
    change: of(({ parameters }) => {
      for (const [name, parameter] of Object.entries<Any>(parameters)) {
        delete parameter.description;
        parameter.schema.title = name;
      }
    }),
    takesRequests: [{ query: { family: 'qwen', limit: 1 } }],
    refusesRequests: [[{ query: { limit: 0 } }, 'query.limit']],
  },
  {
    title: 'a documented response header',
    rating: 'minor',
    change: of(({ responses }) => {
      const schema = { type: 'integer', minimum: 0 };
      responses.RateLimited.headers = { 'Retry-After': { description: 'How many seconds to wait.', schema } };
    }),
    takes: [{}],
  },
  {
    title: 'a new status with the envelope',
    rating: 'minor',
    change: of(({ operation, error }) => {
      operation.responses[newTrouble] = {
        description: 'The service is closed for now.',
        'x-retry': true,
        'x-advice': 'try again later',
        ...content(ref('APIErrorPayload'), { code: newTrouble, type: 'server_error', detail: 'Closed' }),
      };
      error.code.enum.push(newTrouble);
    }),
    takes: [{}],
  },
  {
    title: 'a new family',
    alone: true,
    rating: 'minor',
    change: of(({ model }) => model.family.enum.push(unheardOf)),
    takes: [{ family: unheardOf }],
    news: [[{ family: `${unheardOf}-2` }, 'family']],
  },
  {
    title: 'a new error type',
    rating: 'minor',
    change: of(({ error }) => error.type.enum.push('maintenance_error')),
    takes: [{}],
  },
  {
    title: 'a family taken away',
    alone: true,
    rating: 'minor',
    change: of(({ model, examples }) => {
      model.family.enum = ['qwen', unheardOf];
      for (const { value } of [examples.Catalog, examples.FilteredCatalog]) {
        for (const each of value.models) each.family = 'qwen';
      }
    }),
    takes: [{ family: unheardOf }],
    news: [[{ family: 'llama' }, 'family']],
  },
  {
    title: 'a second operation with a parameter in its path',
    rating: 'minor',
    change: of((parts) => {
      const description = 'The id of the model.';
      const schema = { type: 'string', minLength: 3 };
      const [model] = structuredClone(parts.examples.Catalog.value.models);
      addOperation(parts, 'get', `${catalogPath}/{tinker_id}`, {
        operationId: 'get_training_model',
        parameters: [{ name: 'tinker_id', in: 'path', required: true, description, schema }],
        responses: { 200: { description: 'The model.', ...content(ref('TrainingModel'), model) } },
      });
    }),
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
    change: of((parts) => {
      parts.schemas.JobRequest = {
        description: 'What to train.',
        type: 'object',
        required: ['model'],
        properties: {
          model: text('The id of a model.', { minLength: 3, pattern: '^[\\w./:-]+$' }),
          algorithm: text('How to train it.', { enum: ['sft', 'ppo'], default: 'sft' }),
          tags: {
            description: 'Words to find it by.',
            type: 'array',
            maxItems: 2,
            items: { type: 'string' },
          },
        },
      };
      const properties = { id: text('Its id.') };
      parts.schemas.Job = { description: 'A training job.', type: 'object', required: ['id'], properties };
      addOperation(parts, 'post', '/api/v1/training/jobs', {
        operationId: 'create_job',
        requestBody: { required: true, ...content(ref('JobRequest'), { model: 'Qwen/Qwen3-8B' }) },
        responses: { 201: { description: 'It was created.', ...content(ref('Job'), { id: 'job-1' }) } },
      });
    }),
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
    change: of((parts) => {
      addOperation(parts, 'delete', `${catalogPath}/cache`, {
        operationId: 'clear_catalog',
        responses: { 204: { description: 'It was cleared.' } },
      });
      const table = content(text('Lines of values.'), 'tinker_id,size_b\nQwen/Qwen3-8B,8\n', 'text/csv');
      addOperation(parts, 'get', `${catalogPath}/table`, {
        operationId: 'list_training_catalog_as_table',
        responses: { 200: { description: 'The table.', ...table } },
      });
    }),
    operation: 'clear_catalog',
    takesRequests: [{}],
  },
];
