/** Bad forms of the contract, each with the rule that must find it, the place, and what the message must say. */
import { newTrouble } from '../contract/from-yaml.ts';
import type { Edit } from './edits.ts';

export interface Defect {
  rule: string;
  /** A JSON pointer; for a place under the first operation, what follows its own pointer. */
  at: string;
  /** What would be right. */
  says?: RegExp;
  edit: Edit;
}

const json = 'content/application~1json';
const notFound = '#/components/responses/NotFound';
const notFoundBody = `${notFound}/${json}`;

/** Another operation, with success and nothing else. */
const another = {
  operationId: 'another',
  summary: 'Another',
  description: 'Another operation.',
  security: [{ bearerAuth: [] }],
  responses: { '204': { description: 'Done.' } },
};

export const defects: Record<string, Defect> = {
  'no success documented': {
    rule: 'operation-2xx-response',
    at: 'responses',
    edit: ({ operation }) => delete operation.responses['200'],
  },
  'an error removed': {
    rule: 'no-unused-components',
    at: notFound,
    edit: ({ operation }) => delete operation.responses['404'],
  },
  'an operation without an error that the others have': {
    rule: 'house/operation-documents-errors',
    at: '#/paths/~1another/delete/responses',
    says: /^DELETE \/another does not document 404, which GET \S+ answers .*: add `"404": \{ \$ref: "#\/components\/responses\/NotFound" \}`/,
    edit: ({ document, operation }) => {
      const { '404': _, ...errors } = operation.responses;
      document.paths['/another'] = {
        delete: { ...another, responses: { ...errors, ...another.responses } },
      };
    },
  },
  'a new status that a second operation leaves out': {
    rule: 'house/operation-documents-errors',
    at: '#/paths/~1another/delete/responses',
    says: new RegExp(`does not document ${newTrouble},.*responses/BadGateway`),
    edit: ({ document, operation }) => {
      document.paths['/another'] = { delete: { ...another, responses: { ...operation.responses } } };
      operation.responses[newTrouble] = { $ref: '#/components/responses/BadGateway' };
    },
  },
  'an operation without credentials that leaves out other errors': {
    rule: 'house/operation-documents-errors',
    at: '#/paths/~1another/delete/responses',
    says: /does not document 400/,
    edit: ({ document }) => {
      document.paths['/another'] = { delete: { ...another, security: [] } };
    },
  },
  'security removed': {
    rule: 'security-defined',
    at: '',
    edit: ({ operation }) => delete operation.security,
  },
  'a security scheme that is not defined': {
    rule: 'security-defined',
    at: 'security/0/bearer',
    edit: ({ operation }) => {
      operation.security = [{ bearer: [] }];
    },
  },
  'a parameter given twice': {
    rule: 'operation-parameters-unique',
    at: 'parameters/1',
    edit: ({ operation }) => {
      operation.parameters[1] = operation.parameters[0];
    },
  },
  'a parameter without description': {
    rule: 'parameter-description',
    at: '#/components/parameters/limit',
    edit: ({ parameters }) => delete parameters.limit.description,
  },
  'a success without body': {
    rule: 'house/response-body',
    at: '#/components/responses/TrainingCatalog/content',
    says: /200 response has no body: give it `content`, or the status 204/,
    edit: ({ responses }) => delete responses.TrainingCatalog.content,
  },
  'an error without body': {
    rule: 'house/response-body',
    at: `${notFound}/content`,
    edit: ({ responses }) => delete responses.NotFound.content,
  },
  'a body of no media type': {
    rule: 'house/response-body',
    at: `${notFound}/content`,
    edit: ({ responses }) => {
      responses.NotFound.content = {};
    },
  },
  'a 204 with a body': {
    rule: 'house/response-body',
    at: 'responses/204/content',
    says: /204 response has no body: remove `content`/,
    edit: ({ operation, responses }) => {
      operation.responses['204'] = { description: 'Nothing.', content: responses.TrainingCatalog.content };
    },
  },
  'a body without schema': {
    rule: 'house/body-has-schema',
    at: `${notFoundBody}/schema`,
    says: /add `schema`/,
    edit: ({ responses }) => delete responses.NotFound.content['application/json'].schema,
  },
  'a request body without schema': {
    rule: 'house/body-has-schema',
    at: `requestBody/${json}/schema`,
    edit: ({ operation }) => {
      operation.requestBody = { content: { 'application/json': {} } };
    },
  },
  'an error with a schema of its own': {
    rule: 'house/error-envelope',
    at: `${notFoundBody}/schema`,
    says: /404 .* must be `\$ref: "#\/components\/schemas\/APIErrorPayload"`/,
    edit: ({ responses }) => {
      responses.NotFound.content['application/json'].schema = { type: 'object', description: 'Own.' };
    },
  },
  'an error with the schema of something else': {
    rule: 'house/error-envelope',
    at: `${notFoundBody}/schema`,
    edit: ({ responses }) => {
      responses.NotFound.content['application/json'].schema.$ref = '#/components/schemas/ValidationErrorItem';
    },
  },
  'another envelope in the answer to whatever else': {
    rule: 'house/error-envelope',
    at: `responses/default/content/application~1problem+json/schema`,
    edit: ({ operation }) => {
      operation.responses.default = {
        description: 'Whatever else.',
        content: { 'application/problem+json': { schema: { type: 'object' } } },
      };
    },
  },
  'an error that does not say whether it is tried again': {
    rule: 'house/error-advice',
    at: `${notFound}/x-retry`,
    says: /`x-retry: true` or `x-retry: false`/,
    edit: ({ responses }) => delete responses.NotFound['x-retry'],
  },
  'an error that says so in words': {
    rule: 'house/error-advice',
    at: `${notFound}/x-retry`,
    edit: ({ responses }) => {
      responses.NotFound['x-retry'] = 'yes';
    },
  },
  'an error without advice': {
    rule: 'house/error-advice',
    at: `${notFound}/x-advice`,
    says: /must have `x-advice`/,
    edit: ({ responses }) => delete responses.NotFound['x-advice'],
  },
  'an error with blank advice': {
    rule: 'house/error-advice',
    at: `${notFound}/x-advice`,
    edit: ({ responses }) => {
      responses.NotFound['x-advice'] = ' ';
    },
  },
  'a success that is tried again': {
    rule: 'house/error-advice',
    at: '#/components/responses/TrainingCatalog/x-retry',
    says: /is for errors: remove it from the 200 response/,
    edit: ({ responses }) => {
      responses.TrainingCatalog['x-retry'] = false;
    },
  },
  'a success with advice': {
    rule: 'house/error-advice',
    at: '#/components/responses/TrainingCatalog/x-advice',
    edit: ({ responses }) => {
      responses.TrainingCatalog['x-advice'] = 'be glad';
    },
  },
  'a body without example': {
    rule: 'house/response-examples',
    at: `${notFoundBody}/examples`,
    says: /404 .* in application\/json: add `examples: \{ <name>: \{ value: … \} \}`/,
    edit: ({ responses }) => delete responses.NotFound.content['application/json'].examples,
  },
  'a body with an example without name': {
    rule: 'house/response-examples',
    at: `${notFoundBody}/examples`,
    edit: ({ responses, examples }) => {
      const body = responses.NotFound.content['application/json'];
      delete body.examples;
      body.example = examples.NotFound.value;
    },
  },
  'a text without example': {
    rule: 'house/response-examples',
    at: '#/components/responses/TrainingCatalog/content/text~1csv/examples',
    edit: ({ responses }) => {
      responses.TrainingCatalog.content['text/csv'] = { schema: { type: 'string' } };
    },
  },
  'an example that is not of its type': {
    rule: 'no-invalid-media-type-examples',
    at: '#/components/examples/Catalog/value/models/0/size_b',
    edit: ({ examples }) => {
      examples.Catalog.value.models[0].size_b = 'seven';
    },
  },
  'an example that is null': {
    rule: 'no-invalid-media-type-examples',
    at: '#/components/examples/Conflict/value',
    edit: ({ examples }) => {
      examples.Conflict.value = null;
    },
  },
  'an example with a key that its schema lacks': {
    rule: 'no-invalid-media-type-examples',
    at: '#/components/examples/Conflict/value/extra',
    edit: ({ examples }) => {
      examples.Conflict.value.extra = 1;
    },
  },
  'a property without description': {
    rule: 'house/property-description',
    at: '#/components/schemas/TrainingModel/properties/size_b/description',
    says: /^Property `size_b` has no description/,
    edit: ({ schemas }) => delete schemas.TrainingModel.properties.size_b.description,
  },
  'a property of a property without description': {
    rule: 'house/property-description',
    at: '#/components/schemas/TrainingModel/properties/owner/properties/name/description',
    edit: ({ field }) => field('owner', { type: 'object', properties: { name: { type: 'string' } } }),
  },
  'a schema without description': {
    rule: 'house/schema-description',
    at: '#/components/schemas/TrainingModel/description',
    says: /^Schema `TrainingModel` has no description/,
    edit: ({ schemas }) => delete schemas.TrainingModel.description,
  },
  'a required property that is not there': {
    rule: 'no-required-schema-properties-undefined',
    at: '#/components/schemas/TrainingModelPricing/required/0',
    edit: ({ schemas }) => {
      schemas.TrainingModelPricing.required = ['weight'];
    },
  },
  'nullable, which OpenAPI 3.1 does not know': {
    rule: 'struct',
    at: '#/components/schemas/TrainingModel/properties/size_b/nullable',
    edit: ({ schemas }) => {
      schemas.TrainingModel.properties.size_b.nullable = true;
    },
  },
  'a list of values with a stranger': {
    rule: 'no-enum-type-mismatch',
    at: '#/components/schemas/TrainingModel/properties/type/enum/2',
    edit: ({ schemas }) => schemas.TrainingModel.properties.type.enum.push(3),
  },
  'a reference to nothing': {
    rule: 'no-unresolved-refs',
    at: 'responses/404',
    edit: ({ operation }) => {
      operation.responses['404'] = { $ref: '#/components/responses/Nothing' };
    },
  },
  'a component that nothing refers to': {
    rule: 'no-unused-components',
    at: '#/components/schemas/Unused',
    edit: ({ schemas }) => {
      schemas.Unused = { type: 'string', description: 'Unused.' };
    },
  },
};
