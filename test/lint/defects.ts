/** Bad forms of the contract, each with the rule that must find it, the pointer, and what the message must say. */
import { escapeKey, keysOf } from '../../scripts/contract/pointer.ts';
import { type Any, addOperation, type Edit, edited, type Parts } from '../contract/edit.ts';
import { catalogPath } from '../contract/from-yaml.ts';

/** An edit, or what is put where it is found; `absent` takes away what is there. */
type Fault = Edit | { put: unknown };
const put = (value: unknown) => ({ put: value });
const absent = put(undefined);

/** Pointers that do not begin with `#` go on from that of the first operation. */
type Defect = [what: string, at: string, fault: Fault, says?: RegExp];

const schemas = '#/components/schemas';
const model = `${schemas}/TrainingModel`;
const catalog = '#/components/responses/TrainingCatalog';
const notFound = '#/components/responses/NotFound';
const body = `${notFound}/content/application~1json`;
const examples = '#/components/examples';

/** Adds `DELETE /another`. */
function another(parts: Parts): Any {
  addOperation(parts, 'delete', '/another', { responses: { '204': { description: 'Done.' } } });
  return parts.document.paths['/another'].delete;
}
const ofAnother = '#/paths/~1another/delete/responses';

/** By the rule that must find them. */
const groups: Record<string, Defect[]> = {
  'operation-2xx-response': [
    ['no success documented', 'responses', ({ operation }) => delete operation.responses['200']],
  ],
  'house/operation-documents-errors': [
    [
      'an operation without an error that the others have',
      ofAnother,
      (parts) => delete another(parts).responses['404'],
      /^DELETE \/another does not document 404, which GET \S+ answers .*: add `"404": \{ \$ref: "#\/components\/responses\/NotFound" \}`/,
    ],
  ],
  'security-defined': [['security removed', '', ({ operation }) => delete operation.security]],
  'operation-parameters-unique': [
    [
      'a parameter given twice',
      'parameters/1',
      ({ operation: { parameters } }) => (parameters[1] = parameters[0]),
    ],
  ],
  'parameter-description': [
    [
      'a parameter without description',
      '#/components/parameters/limit',
      ({ parameters }) => delete parameters.limit.description,
    ],
  ],
  'house/response-body': [
    [
      'a success without body',
      `${catalog}/content`,
      absent,
      /200 response has no body: give it `content`, or the status 204/,
    ],
    [
      'a 204 with a body',
      'responses/204/content',
      put({ 'application/json': {} }),
      /204 response has no body: remove `content`/,
    ],
  ],
  'house/body-has-schema': [
    ['a body without schema', `${body}/schema`, absent, /add `schema`/],
    [
      'a request body without schema',
      'requestBody/content/application~1json/schema',
      ({ operation }) => (operation.requestBody = { content: { 'application/json': {} } }),
    ],
  ],
  'house/error-envelope': [
    [
      'an error with an inlined schema',
      `${body}/schema`,
      put({ type: 'object', description: 'Other.' }),
      /404 .* must be `\$ref: "#\/components\/schemas\/APIErrorPayload"`/,
    ],
    [
      'another envelope in the default response',
      'responses/default/content/application~1problem+json/schema',
      put({ type: 'object' }),
    ],
  ],
  'house/error-advice': [
    [
      'an error that does not say whether it is tried again',
      `${notFound}/x-retry`,
      absent,
      /`x-retry: true` or `x-retry: false`/,
    ],
    ['an error without advice', `${notFound}/x-advice`, absent, /must have `x-advice`/],
    [
      'a success that is tried again',
      `${catalog}/x-retry`,
      put(false),
      /is for errors: remove it from the 200 response/,
    ],
  ],
  'house/response-examples': [
    [
      'a body without example',
      `${body}/examples`,
      absent,
      /404 .* in application\/json: add `examples: \{ <name>: \{ value: … \} \}`/,
    ],
    [
      'a body with an example without name',
      `${body}/examples`,
      ({ responses, examples }) => {
        const { examples: _, ...content } = responses.NotFound.content['application/json'];
        responses.NotFound.content['application/json'] = { ...content, example: examples.NotFound.value };
      },
    ],
  ],
  'no-invalid-media-type-examples': [
    ['an example of another type', `${examples}/Catalog/value/models/0/size_b`, put('seven')],
    ['an example with a key that its schema lacks', `${examples}/Conflict/value/extra`, put(1)],
  ],
  'house/property-description': [
    [
      'a property without description',
      `${model}/properties/size_b/description`,
      absent,
      /^Property `size_b` has no description/,
    ],
    [
      'a property of a property without description',
      `${model}/properties/owner/properties/name/description`,
      ({ model }) => (model.owner = { type: 'object', properties: { name: { type: 'string' } } }),
    ],
  ],
  'house/schema-description': [
    [
      'a schema without description',
      `${model}/description`,
      absent,
      /^Schema `TrainingModel` has no description/,
    ],
  ],
  'no-required-schema-properties-undefined': [
    [
      'a required property that is not there',
      `${schemas}/TrainingModelPricing/required/0`,
      ({ schemas }) => (schemas.TrainingModelPricing.required = ['weight']),
    ],
  ],
  struct: [['nullable, which OpenAPI 3.1 does not know', `${model}/properties/size_b/nullable`, put(true)]],
  'no-enum-type-mismatch': [['a list of values with a stranger', `${model}/properties/type/enum/2`, put(3)]],
  'no-unresolved-refs': [
    ['a reference to nothing', 'responses/404', put({ $ref: '#/components/responses/Nothing' })],
  ],
  'no-unused-components': [
    [
      'a component that nothing refers to',
      `${schemas}/Unused`,
      put({ type: 'string', description: 'Unused.' }),
    ],
  ],
};

/** The contract with what is put at a pointer, in objects that are made as needed. */
function withValue(pointer: string, value: unknown): Any {
  const keys = keysOf(pointer);
  const last = keys.pop() as string;
  return edited(({ document }) => {
    const parent = keys.reduce((node, key) => (node[key] ??= {}), document);
    if (value === undefined) delete parent[last];
    else parent[last] = value;
  });
}

const operation = `#/paths/${escapeKey(catalogPath)}/get`;

export const defects = Object.entries(groups).flatMap(([rule, rows]) =>
  rows.map(([what, at, fault, says = /./]) => {
    const pointer = at.startsWith('#') ? at : [operation, at].filter(Boolean).join('/');
    const contract = 'put' in fault ? withValue(pointer, fault.put) : edited(fault);
    return { rule, what, pointer, says, contract };
  }),
);
