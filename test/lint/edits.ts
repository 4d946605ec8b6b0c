/** Edits of the contract that a growing backend causes, each with the descriptions and examples that the house asks for. */
import { contractOfCatalog } from '../contract/from-yaml.ts';

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
  const document = contractOfCatalog();
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

/** The errors of the first operation, by reference. */
const errorsOf = ({ operation }: Parts) =>
  Object.fromEntries(Object.entries(operation.responses).filter(([status]) => !status.startsWith('2')));

/** What lint must take beside the edits of `test/growth`, which it takes there. */
export const growth: Record<string, Edit> = {
  'no edit': () => {},
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
