/** Edits of our own contract that a FastAPI backend can cause as it grows, with what each means for callers. */
import type { Places, Rating } from './contract.ts';
import { type Any, nullable } from './small.ts';

const field =
  (schema: Any) =>
  ({ model }: Places) => {
    model.extra = { description: 'New.', ...schema };
  };
const parameter =
  (schema: Any, more: Any = {}) =>
  ({ operation }: Places) =>
    operation.parameters.push({ name: 'extra', in: 'query', description: 'New.', schema, ...more });
const string = { type: 'string' };
const variant = (tag: string) => ({
  type: 'object',
  required: ['kind'],
  properties: { kind: { const: tag } },
});
/** One parameter, or all, in place and changed. */
const eachParameter = (edit: (parameter: Any) => void) => (places: Places) => {
  const { operation, parameters } = places;
  operation.parameters = Object.values(parameters);
  for (const parameter of operation.parameters) edit(parameter);
};
const toPath = (count: number) => (places: Places) => {
  const [item] = Object.values<Any>(places.document.paths);
  item.parameters = places.operation.parameters.splice(0, count);
};
const secondOperation =
  (path: string, method: string, operation: Any) =>
  ({ document, operation: first }: Places) => {
    const errors = Object.fromEntries(
      Object.entries(first.responses).filter(([status]) => Number(status) >= 400),
    );
    document.paths[path] = {
      [method]: {
        operationId: 'second',
        security: first.security,
        ...operation,
        responses: { ...operation.responses, ...errors },
      },
    };
  };
const json = (schema: Any) => ({ 'application/json': { schema } });

export const growth: [rating: Rating, name: string, edit: (places: Places) => void][] = [
  ['minor', 'a field that may be null', field(nullable(string))],
  ['minor', 'a field with a list of values or null', field(nullable({ ...string, enum: ['a', 'b'] }))],
  [
    'minor',
    'a field with a list of values by reference, or null',
    (places) => {
      places.schemas.Kind = { ...string, enum: ['a', 'b'] };
      field(nullable({ $ref: '#/components/schemas/Kind' }))(places);
    },
  ],
  ['minor', 'a field with a format, beside null', field(nullable({ ...string, format: 'date-time' }))],
  [
    'minor',
    'a field with a pattern and lengths',
    field({ ...string, pattern: '^a', minLength: 1, maxLength: 9 }),
  ],
  [
    'minor',
    'the response lets nothing else in',
    ({ schemas }) => Object.assign(schemas.TrainingModel, { additionalProperties: false }),
  ],
  ['minor', 'a field that is a map', field({ type: 'object', additionalProperties: { type: 'number' } })],
  [
    'minor',
    'a field of two kinds, told apart by a tag',
    field({ oneOf: [variant('a'), variant('b')], discriminator: { propertyName: 'kind' } }),
  ],
  [
    'patch',
    'a reference in an allOf with a description beside it',
    ({ schemas }) => {
      const { models } = schemas.TrainingCatalogResponse.properties;
      models.items = { allOf: [models.items], description: 'One of them.' };
    },
  ],
  [
    undefined,
    'items in an allOf',
    ({ schemas }) => {
      const { models } = schemas.TrainingCatalogResponse.properties;
      models.items = { allOf: [models.items] };
    },
  ],
  [
    'minor',
    'a schema that refers to itself',
    field(nullable({ $ref: '#/components/schemas/TrainingModel' })),
  ],
  [
    'minor',
    'a field with places',
    field({ type: 'array', prefixItems: [string, { type: 'number' }], minItems: 2, maxItems: 2 }),
  ],
  ['minor', 'a list of values of several types', field({ enum: ['a', 0.5, -1, true, null] })],
  [
    undefined,
    'a list of types in place of alternatives',
    ({ parameters, schemas }) => {
      parameters.query.schema = { type: ['string', 'null'] };
      const { properties } = schemas.TrainingModelPricing;
      properties.train = { description: properties.train.description, type: ['number', 'null'] };
    },
  ],
  ['minor', 'a parameter that is a boolean', parameter({ type: 'boolean', default: false })],
  [
    'minor',
    'a parameter with a list of values or null',
    parameter(nullable({ ...string, enum: ['a', 'b'] })),
  ],
  ['minor', 'a parameter that counts from 0', parameter({ type: 'integer', minimum: 0, default: 0 })],
  ['minor', 'a parameter that is a list', parameter({ type: 'array', items: string }, { explode: true })],
  ['minor', 'a header to send', parameter(string, { name: 'X-Organization', in: 'header' })],
  [undefined, 'one parameter moves to the path', toPath(1)],
  [undefined, 'all parameters move to the path', toPath(Number.POSITIVE_INFINITY)],
  [
    undefined,
    'defaults are spelled out',
    eachParameter((it) =>
      Object.assign(it, { required: false, style: 'form', explode: true, allowReserved: false }),
    ),
  ],
  [
    undefined,
    'defaults of the response are spelled out',
    ({ schemas }) => {
      schemas.TrainingModel.additionalProperties = true;
      schemas.TrainingCatalogResponse.properties.models.minItems = 0;
    },
  ],
  [
    undefined,
    'oneOf in place of anyOf',
    ({ parameters }) => {
      const { anyOf } = parameters.min_size_b.schema;
      parameters.min_size_b.schema = { oneOf: anyOf };
    },
  ],
  [
    'patch',
    'parameters lose their descriptions and gain titles',
    eachParameter((it) => {
      delete it.description;
      it.schema.title = it.name;
    }),
  ],
  [
    'patch',
    'words change on a parameter and on its schema',
    ({ parameters }) => {
      parameters.family.description = 'Model family.';
      parameters.family.schema.description = 'One of the known families.';
    },
  ],
  [
    'minor',
    'a header of 429 is documented',
    ({ responses }) =>
      Object.assign(responses.RateLimited, { headers: { 'Retry-After': { schema: { type: 'integer' } } } }),
  ],
  [
    'minor',
    'a new status',
    ({ operation }) => Object.assign(operation.responses, { 503: operation.responses['502'] }),
  ],
  ['minor', 'a new family', ({ model }) => model.family.enum.push('gemma')],
  ['minor', 'a new type of error', ({ error }) => error.type.enum.push('quota_error')],
  ['minor', 'a family is taken away', ({ model }) => model.family.enum.pop()],
  [
    'minor',
    'a second operation that reads',
    secondOperation('/api/v1/training/catalog/{tinker_id}', 'get', {
      parameters: [{ name: 'tinker_id', in: 'path', required: true, schema: string }],
      responses: {
        200: { description: 'One.', content: json({ $ref: '#/components/schemas/TrainingModel' }) },
      },
    }),
  ],
  [
    'minor',
    'a second operation that takes a body',
    secondOperation('/api/v1/training/jobs', 'post', {
      requestBody: {
        required: true,
        content: json({ type: 'object', properties: { model: { ...string, minLength: 1 } } }),
      },
      responses: { 201: { description: 'Made.' } },
    }),
  ],
  [
    'minor',
    'an operation without a body',
    secondOperation('/api/v1/ping', 'get', { responses: { 204: { description: 'Well.' } } }),
  ],
  [
    'minor',
    'an operation that answers in CSV',
    secondOperation('/api/v1/export', 'get', {
      responses: { 200: { description: 'All.', content: { 'text/csv': { schema: string } } } },
    }),
  ],
];
