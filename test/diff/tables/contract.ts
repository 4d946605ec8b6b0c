/** Edits of our own contract, with the rating that a reviewer who knows semantic versioning gives them. */
import type { Any, Edit } from '../../contract/edit.ts';
import { catalogPath, newTrouble, unheardOf } from '../../contract/from-yaml.ts';
import { nullable } from './small.ts';

const string = { type: 'string', description: 'New.' };
const apiKey = (name: string) => ({ type: 'apiKey', in: 'header', name });

/** The plain half of "a value or null". */
const value = (schema: Any) => schema.anyOf[0];

function rename(object: Any, from: string, to: string): void {
  object[to] = object[from];
  delete object[from];
}

export type Rating = 'major' | 'minor' | 'patch' | undefined;

/** The last column: the edit leads to today's contract rather than away from it. */
export const edits: [rating: Rating, name: string, edit: Edit, undone?: 'undone'][] = [
  // Parameters that go, move or come.
  ['major', 'a parameter is removed', ({ operation }) => operation.parameters.splice(1, 1)],
  ['major', 'a parameter is renamed', ({ parameters }) => (parameters.family.name = 'kind')],
  ['major', 'a parameter moves to a header', ({ parameters }) => (parameters.family.in = 'header')],
  ['major', 'a parameter becomes required', ({ parameters }) => (parameters.family.required = true)],
  [
    'major',
    'a required parameter is added',
    ({ operation }) => operation.parameters.push({ name: 'x', in: 'query', required: true, schema: string }),
  ],
  [
    'minor',
    'an optional parameter is added',
    ({ operation }) => operation.parameters.push({ name: 'x', in: 'query', schema: string }),
  ],

  // Values that parameters take.
  ['major', 'a type changes', ({ parameters }) => (value(parameters.min_size_b.schema).type = 'boolean')],
  ['major', 'a type narrows', ({ parameters }) => (value(parameters.min_size_b.schema).type = 'integer')],
  ['major', 'null is refused', ({ parameters }) => (parameters.query.schema = { type: 'string' })],
  [
    'major',
    'a free parameter is given an enum',
    ({ parameters }) => (value(parameters.family.schema).enum = ['llama', 'qwen']),
  ],
  ['major', 'a pattern is added', ({ parameters }) => (value(parameters.query.schema).pattern = '^a')],
  ['major', 'a length limit is added', ({ parameters }) => (value(parameters.query.schema).maxLength = 9)],
  ['major', 'an upper bound is lowered', ({ parameters }) => (parameters.limit.schema.maximum -= 1)],
  ['major', 'a lower bound is raised', ({ parameters }) => (parameters.limit.schema.minimum += 1)],
  ['major', 'a lower bound is added', ({ parameters }) => (value(parameters.min_size_b.schema).minimum = 0)],
  ['minor', 'an upper bound is raised', ({ parameters }) => (parameters.limit.schema.maximum += 100)],
  ['minor', 'an upper bound is removed', ({ parameters }) => delete parameters.limit.schema.maximum],
  ['minor', 'a parameter widens its type', ({ parameters }) => (parameters.limit.schema.type = 'number')],
  [
    'minor',
    'a parameter takes null from now on',
    ({ parameters }) => (parameters.limit.schema = nullable(parameters.limit.schema)),
  ],
  ['major', "a parameter's default changes", ({ parameters }) => (parameters.limit.schema.default += 1)],
  ['major', "a parameter's default is removed", ({ parameters }) => delete parameters.limit.schema.default],
  ['major', 'a parameter is given a default', ({ parameters }) => (parameters.min_size_b.schema.default = 1)],
  ['minor', 'a parameter is deprecated', ({ parameters }) => (parameters.limit.deprecated = true)],
  ['minor', 'the operation is deprecated', ({ operation }) => (operation.deprecated = true)],
  ['minor', 'a parameter becomes optional', ({ parameters }) => (parameters.limit.required = true), 'undone'],

  // What comes back.
  ['minor', 'a property is added', ({ model }) => (model.license = string)],
  [
    'minor',
    'a required property is added',
    ({ schemas, model }) => {
      model.license = string;
      schemas.TrainingModel.required.push('license');
    },
  ],
  ['major', 'a property is removed', ({ model }) => delete model.extended_context],
  ['major', 'a deep property is removed', ({ schemas }) => delete schemas.ValidationErrorItem.properties.msg],
  ['major', 'a property is no longer required', ({ schemas }) => schemas.TrainingModel.required.pop()],
  ['major', 'a property changes its type', ({ model }) => (model.context_length.type = 'string')],
  ['major', 'a property widens its type', ({ model }) => (model.context_length.type = 'number')],
  [
    'minor',
    'a property becomes required',
    ({ schemas }) => schemas.TrainingCatalogResponse.required.push('models'),
  ],
  ['minor', 'a property narrows its type', ({ model }) => (model.size_b.type = 'integer')],
  ['minor', "a property's lower bound is raised", ({ model }) => (model.context_length.minimum = 1024)],
  ['minor', 'a property is given an upper bound', ({ model }) => (model.size_b.maximum = 4096)],
  ['minor', 'an enum value is removed', ({ error }) => error.type.enum.shift()],
  ['major', 'a property may be null', ({ model }) => (model.display_name = nullable(model.display_name))],
  [
    'major',
    'an item behind a reference may be null',
    ({ schemas }) => {
      const { models } = schemas.TrainingCatalogResponse.properties;
      models.items = nullable(models.items);
    },
  ],
  [
    'minor',
    'a property is never null any more',
    ({ schemas }) => {
      const { properties } = schemas.TrainingModelPricing;
      properties.train = { ...value(properties.train), description: properties.train.description };
    },
  ],
  ['minor', 'an object is never null any more', ({ model }) => (model.pricing = value(model.pricing))],
  ['major', "a property's lower bound is lowered", ({ model }) => (model.size_b.minimum = 0)],
  ['major', "a property's lower bound is removed", ({ model }) => delete model.size_b.minimum],
  ['major', "a property's default changes", ({ model }) => (model.extended_context.default = true)],
  ['major', "a property's default is removed", ({ model }) => delete model.extended_context.default],
  ['minor', 'a property is given a default', ({ model }) => (model.pricing.default = null)],
  ['minor', 'a family is added', ({ model }) => model.family.enum.push(unheardOf)],
  ['minor', 'an algorithm is added', ({ model }) => model.supported_algorithms.items.enum.push(unheardOf)],
  ['minor', 'an error type is added', ({ error }) => error.type.enum.push(unheardOf)],
  ['minor', 'an error code is added', ({ error }) => error.code.enum.push(newTrouble)],
  ['major', 'a list of values is given up for any text', ({ model }) => delete model.family.enum],

  // Statuses, media types, addresses.
  [
    'minor',
    'an error status is added',
    ({ operation }) => (operation.responses[newTrouble] = { $ref: '#/components/responses/BadGateway' }),
  ],
  ['minor', 'an error status is removed', ({ operation }) => delete operation.responses['409']],
  ['major', '200 is removed', ({ operation }) => delete operation.responses['200']],
  ['major', '200 becomes 201', ({ operation }) => rename(operation.responses, '200', '201')],
  [
    'major',
    'the media type is replaced',
    ({ responses }) =>
      rename(responses.TrainingCatalog.content, 'application/json', 'application/vnd.catalog+json'),
  ],
  ['major', 'the operationId changes', ({ operation }) => (operation.operationId = 'list_models')],
  ['major', 'the path changes', ({ document }) => rename(document.paths, catalogPath, '/api/v2/catalog')],
  ['major', 'the method changes', ({ item }) => rename(item, 'get', 'post')],
  ['major', 'the server is replaced', ({ document }) => (document.servers[0].url = 'https://api.example')],

  // Who may call.
  ['minor', 'security is dropped', ({ operation }) => delete operation.security],
  [
    'major',
    'a second key is asked for',
    ({ document, operation }) => {
      document.components.securitySchemes.team = apiKey('X-Team');
      operation.security[0].team = [];
    },
  ],
  [
    'major',
    'the security scheme changes',
    ({ document }) => (document.components.securitySchemes.bearerAuth = apiKey('X-API-Key')),
  ],

  // What callers can't notice.
  ['patch', 'a description changes', ({ model }) => (model.family.description = 'Other words.')],
  ['patch', 'the API is described anew', ({ document }) => (document.info.description = 'Other words.')],
  [
    'patch',
    'an example is added',
    ({ responses }) =>
      (responses.NotFound.content['application/json'].examples.other = {
        value: { code: 404, type: 'not_found_error', detail: 'No.' },
      }),
  ],
  ['patch', 'an example changes', ({ examples }) => (examples.NotFound.value.detail = 'No.')],
  [
    undefined,
    'a schema is renamed',
    ({ schemas }) => {
      rename(schemas, 'TrainingModel', 'BaseModel');
      schemas.TrainingCatalogResponse.properties.models.items.$ref = '#/components/schemas/BaseModel';
    },
  ],
  [
    undefined,
    'a reference is put in place',
    ({ operation, parameters }) => (operation.parameters[0] = parameters.query),
  ],
  [
    undefined,
    'a security scheme is renamed',
    ({ document, operation }) => {
      document.components.securitySchemes = { HTTPBearer: { type: 'http', scheme: 'Bearer' } };
      operation.security = [{ HTTPBearer: [] }];
    },
  ],
  [
    undefined,
    'null is written as a list of types',
    ({ parameters }) => (parameters.query.schema = { type: ['string', 'null'] }),
  ],
  [undefined, 'parameters change places', ({ operation }) => operation.parameters.reverse()],
  [undefined, 'enum members change places', ({ error }) => error.type.enum.reverse()],
  [undefined, 'required names change places', ({ schemas }) => schemas.TrainingModel.required.reverse()],
  [
    undefined,
    'keys change places',
    ({ schemas, model }) =>
      (schemas.TrainingModel.properties = Object.fromEntries(Object.entries(model).reverse())),
  ],
  [
    'patch',
    'words change on a parameter and on its schema',
    ({ parameters }) => {
      parameters.family.description = 'Model family.';
      parameters.family.schema.description = 'One of the known families.';
    },
  ],
];
