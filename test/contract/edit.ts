/** Edits copies of the contract, as tests of lint, ratings and growth need them. */
import { catalogPath, contractOfCatalog } from './from-yaml.ts';

// biome-ignore lint/suspicious/noExplicitAny: tests reach into the document at will; a wrong path fails them.
export type Any = any;

/** A contract that has the catalog's operation, and the parts of it that edits are about. */
export interface Parts {
  document: Any;
  /** The operation of the catalog, and the path item that it stands in. */
  operation: Any;
  item: Any;
  parameters: Any;
  responses: Any;
  examples: Any;
  schemas: Any;
  /** The properties of a model, and those of the error envelope. */
  model: Any;
  error: Any;
}

export type Edit = (parts: Parts) => unknown;

export function partsOf(document: Any): Parts {
  const item = document.paths[catalogPath];
  const { parameters, responses, examples, schemas } = document.components;
  const model = schemas.TrainingModel.properties;
  const error = schemas.APIErrorPayload.properties;
  return { document, operation: item.get, item, parameters, responses, examples, schemas, model, error };
}

/** A fresh copy of the contract, edited. */
export function edited(edit: Edit = () => {}): Any {
  const document = contractOfCatalog();
  edit(partsOf(document));
  return document;
}

/** Adds an operation that gives the catalog's errors besides its own responses; lint takes it as it is. */
export function addOperation(
  { document, operation }: Parts,
  method: string,
  path: string,
  { responses, ...more }: Any,
): void {
  const errors = Object.entries(operation.responses).filter(([status]) => !status.startsWith('2'));
  document.paths[path] ??= {};
  document.paths[path][method] = {
    operationId: `${method} ${path}`.replace(/\W+/g, '_'),
    summary: `The ${method} of ${path}`,
    description: 'What the summary says.',
    security: [{ bearerAuth: [] }],
    responses: { ...responses, ...Object.fromEntries(errors) },
    ...more,
  };
}
