/** Edits of the contract that a growing backend causes, each with the descriptions and examples that the house asks for. */
import { parsedContract } from '../contract/read-yaml.ts';

// biome-ignore lint/suspicious/noExplicitAny: tests reach into the document at will.
type Any = any;

/** The contract as it is, and the parts of it that edits are about. */
interface Parts {
  document: Any;
  /** The path item of the first operation. */
  item: Any;
  /** The first operation. */
  operation: Any;
  schemas: Any;
  parameters: Any;
  responses: Any;
  examples: Any;
  /** Gives the model another property, and one of the examples a value for it. */
  field(name: string, schema: Any, value?: unknown): void;
  /** Gives the first operation another parameter. */
  parameter(name: string, schema: Any, more?: object): void;
}

export type Edit = (parts: Parts) => void;

/** A fresh copy of the contract with an edit. */
export function edited(edit: Edit): Any {
  const document = parsedContract();
  const [item] = Object.values<Any>(document.paths);
  const { schemas, parameters, responses, examples } = document.components;
  edit({
    document,
    item,
    operation: item.get,
    schemas,
    parameters,
    responses,
    examples,
    field(name, schema, value) {
      schemas.TrainingModel.properties[name] = { description: `The ${name}.`, ...schema };
      if (value !== undefined) examples.Catalog.value.models[0][name] = value;
    },
    parameter(name, schema, more) {
      item.get.parameters.push({ name, in: 'query', description: `The ${name}.`, schema, ...more });
    },
  });
  return document;
}

const nothing = { type: 'null' };

/** The errors of the first operation, by reference. */
const errorsOf = ({ operation }: Parts) =>
  Object.fromEntries(Object.entries(operation.responses).filter(([status]) => !status.startsWith('2')));

export const growth: Record<string, Edit> = {
  'no edit': () => {},
  'a field that is a string or null': ({ field }) =>
    field('revision', { anyOf: [{ type: 'string' }, nothing] }, null),
  'a field with a list of values or null': ({ field }) =>
    field('state', { anyOf: [{ type: 'string', enum: ['a', 'b'] }, nothing] }, 'b'),
  'a field that refers to a list of values, or null': ({ field, schemas }) => {
    schemas.Precision = { description: 'How numbers are kept.', type: 'string', enum: ['bf16', 'fp8'] };
    field('precision', { anyOf: [{ $ref: '#/components/schemas/Precision' }, nothing] }, 'fp8');
    field('second', { $ref: '#/components/schemas/Precision' }, 'bf16');
  },
  'fields with formats': ({ field }) => {
    field('released_at', { type: 'string', format: 'date-time' }, '2026-01-31T00:00:00Z');
    field('home', { anyOf: [{ type: 'string', format: 'uri' }, nothing] }, 'https://example.com/');
    field('uuid', { type: 'string', format: 'uuid' });
    field('share', { type: 'number', format: 'double' }, 0.5);
    field('layers', { type: 'integer', format: 'int32' }, 32);
  },
  'a field with a pattern and lengths': ({ field }) =>
    field('slug', { type: 'string', pattern: '^[a-z-]+$', minLength: 1, maxLength: 40 }, 'llama'),
  'a closed schema, a map and a map of schemas': ({ field, schemas }) => {
    schemas.TrainingModelPricing.additionalProperties = false;
    field('weights', { type: 'object', additionalProperties: { type: 'number' } }, { a: 1 });
    field(
      'tiers',
      { type: 'object', additionalProperties: { $ref: '#/components/schemas/TrainingModelPricing' } },
      { batch: { train: 1 } },
    );
  },
  'one of two schemas, told apart by a tag': ({ field, schemas }) => {
    for (const kind of ['lora', 'full']) {
      schemas[kind] = {
        description: `Training of kind ${kind}.`,
        type: 'object',
        required: ['kind'],
        properties: { kind: { description: 'The kind.', type: 'string', const: kind } },
      };
    }
    field(
      'method',
      {
        oneOf: [{ $ref: '#/components/schemas/lora' }, { $ref: '#/components/schemas/full' }],
        discriminator: {
          propertyName: 'kind',
          mapping: { lora: '#/components/schemas/lora', full: '#/components/schemas/full' },
        },
      },
      { kind: 'full' },
    );
  },
  'allOf around a reference': ({ schemas, field }) => {
    schemas.TrainingCatalogResponse.properties.models.items = {
      allOf: [{ $ref: '#/components/schemas/TrainingModel' }],
    };
    field('rates', { allOf: [{ $ref: '#/components/schemas/TrainingModelPricing' }] }, { train: null });
  },
  'a schema that refers to itself': ({ field }) =>
    field('base', { anyOf: [{ $ref: '#/components/schemas/TrainingModel' }, nothing] }, null),
  'a tuple': ({ field }) =>
    field(
      'range',
      { type: 'array', prefixItems: [{ type: 'integer' }, { type: 'string' }], minItems: 2, maxItems: 2 },
      [1, 'a'],
    ),
  'lists of values that are no strings': ({ field }) => {
    field('odd', { enum: ['a', 'b', null] }, null);
    field('typed', { type: ['string', 'null'], enum: ['a', null] }, 'a');
    field('share', { type: 'number', enum: [0.5, 1.5] }, 1.5);
    field('sign', { type: 'integer', enum: [-1, 0, 1] }, -1);
    field('always', { type: 'boolean', enum: [true] }, true);
  },
  'null in a list of types': ({ parameters, field }) => {
    parameters.query.schema = { type: ['string', 'null'] };
    field('revision', { type: ['string', 'null'] }, null);
  },
  'query parameters of other types': ({ parameter }) => {
    parameter('extended_context', { type: 'boolean' });
    parameter('sort', { type: 'string', enum: ['size', 'name'] });
    parameter('order', { anyOf: [{ type: 'string', enum: ['up', 'down'] }, nothing] });
    parameter('offset', { type: 'integer', minimum: 0, default: 0 });
  },
  'a query parameter that is an array': ({ parameter }) => {
    parameter('tags', { type: 'array', items: { type: 'string' } });
    parameter('ids', { type: 'array', items: { type: 'string' } }, { style: 'form', explode: true });
  },
  'a header parameter': ({ parameter }) =>
    parameter('X-Organization', { type: 'string' }, { in: 'header', required: true }),
  'parameters on the path item': ({ item, operation }) => {
    item.parameters = operation.parameters;
    delete operation.parameters;
  },
  'defaults spelled out': ({ parameters, schemas }) => {
    Object.assign(parameters.query, { required: false, style: 'form', explode: true, allowReserved: false });
    schemas.TrainingCatalogResponse.properties.models.minItems = 0;
    schemas.TrainingCatalogResponse.additionalProperties = true;
  },
  'oneOf for anyOf, const for a list of one': ({ parameters, field }) => {
    parameters.min_size_b.schema = { oneOf: parameters.min_size_b.schema.anyOf };
    field('kind', { type: 'string', const: 'base' }, 'base');
  },
  'a response header': ({ responses }) => {
    responses.RateLimited.headers = {
      'Retry-After': {
        description: 'How many seconds to wait.',
        schema: { type: 'integer', minimum: 0 },
        example: 30,
      },
    };
  },
  'a new status': ({ operation, responses, examples, schemas }) => {
    schemas.APIErrorPayload.properties.code.enum.push(503);
    examples.Unavailable = {
      summary: 'Closed for now.',
      value: { code: 503, type: 'server_error', detail: 'Closed' },
    };
    responses.Unavailable = {
      ...responses.BadGateway,
      description: 'The server is closed for now.',
      content: {
        'application/json': {
          schema: { $ref: '#/components/schemas/APIErrorPayload' },
          examples: { unavailable: { $ref: '#/components/examples/Unavailable' } },
        },
      },
    };
    operation.responses['503'] = { $ref: '#/components/responses/Unavailable' };
  },
  'new members of lists of values': ({ schemas }) => {
    schemas.TrainingModel.properties.family.enum.push('gemma');
    schemas.APIErrorPayload.properties.type.enum.push('quota_error');
  },
  'a second operation with a path parameter': (parts) => {
    const { document, examples } = parts;
    const [path] = Object.keys(document.paths);
    document.paths[`${path}/{tinker_id}`] = {
      get: {
        operationId: 'get_training_model_endpoint',
        summary: 'Get one model',
        description: 'Gets one model by its id.',
        security: [{ bearerAuth: [] }],
        parameters: [
          {
            name: 'tinker_id',
            in: 'path',
            required: true,
            description: 'The id.',
            schema: { type: 'string' },
          },
        ],
        responses: {
          '200': {
            description: 'The model.',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/TrainingModel' },
                examples: { first: { value: examples.Catalog.value.models[0] } },
              },
            },
          },
          ...errorsOf(parts),
        },
      },
    };
  },
  'an operation that takes a body and creates': (parts) => {
    const { document, schemas } = parts;
    schemas.Job = {
      description: 'A training job.',
      type: 'object',
      required: ['name'],
      properties: {
        name: { description: 'Its name.', type: 'string', minLength: 1, pattern: '^[a-z]+$' },
        rounds: { description: 'How often.', type: 'integer', default: 1 },
        tags: { description: 'Words.', type: 'array', maxItems: 5, items: { type: 'string' } },
      },
    };
    document.paths['/api/v1/training/jobs'] = {
      post: {
        operationId: 'create_job',
        summary: 'Create a job',
        description: 'Creates a job.',
        security: [{ bearerAuth: [] }],
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Job' } } },
        },
        responses: {
          '201': {
            description: 'The job.',
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/Job' },
                examples: { made: { value: { name: 'a' } } },
              },
            },
          },
          ...errorsOf(parts),
          '413': {
            description: 'The body is too large; only this operation has one.',
            'x-retry': false,
            'x-advice': 'send less',
            content: { 'text/plain': { examples: { large: { value: 'Too large' } } } },
          },
        },
      },
    };
  },
  'answers without body, as text and as bytes': (parts) => {
    const common = { security: [{ bearerAuth: [] }], description: 'What the summary says.' };
    const [path] = Object.keys(parts.document.paths);
    parts.item.delete = {
      ...common,
      operationId: 'clear',
      summary: 'Clear the catalog',
      responses: { '204': { description: 'It is gone.' }, ...errorsOf(parts) },
    };
    parts.document.paths[`${path}.csv`] = {
      get: {
        ...common,
        operationId: 'export_csv',
        summary: 'Export as CSV',
        responses: {
          '200': {
            description: 'A row for each model.',
            content: { 'text/csv': { schema: { type: 'string', examples: ['id,size\n'] } } },
          },
          '304': { description: 'Nothing has changed.' },
          ...errorsOf(parts),
        },
      },
    };
    parts.document.paths[`${path}.parquet`] = {
      get: {
        ...common,
        operationId: 'export_parquet',
        summary: 'Export as Parquet',
        responses: {
          '200': {
            description: 'All models.',
            content: {
              'application/octet-stream': {
                schema: { type: 'string', format: 'binary' },
                examples: { magic: { value: 'PAR1' } },
              },
            },
          },
          ...errorsOf(parts),
        },
      },
    };
  },
  'an operation that needs no credentials, and so refuses none': (parts) => {
    const { '401': _, '403': __, ...errors } = errorsOf(parts);
    parts.document.paths['/health'] = {
      get: {
        operationId: 'health',
        summary: 'Tell whether the server is up',
        description: 'Tells whether the server is up.',
        security: [],
        responses: { '204': { description: 'It is.' }, ...errors },
      },
    };
  },
  'a webhook, which the caller answers': ({ document }) => {
    document.webhooks = {
      done: {
        post: {
          operationId: 'job_done',
          summary: 'A job is done',
          description: 'Told when a job is done.',
          security: [],
          responses: { '200': { description: 'Heard.' }, '400': { description: 'Not heard.' } },
        },
      },
    };
  },
};
