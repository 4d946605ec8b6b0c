/** Builds the smallest documents that show what an edit means. */

// biome-ignore lint/suspicious/noExplicitAny: documents are edited freely.
export type Any = any;

export const nullable = (schema: Any): Any => ({ anyOf: [schema, { type: 'null' }] });

const json = (schema: Any) => ({ 'application/json': { schema } });

/** A document with one operation, `GET /things`, changed as the test needs it. */
export function api(operation: Any, { path = '/things', method = 'get', ...rest }: Any = {}): Any {
  return {
    openapi: '3.1.0',
    info: { title: 'Things', version: '1.0.0' },
    paths: {
      [path]: {
        [method]: { operationId: 'things', responses: { 204: { description: 'Done.' } }, ...operation },
      },
    },
    ...rest,
  };
}

/** A schema as the body of a response. */
export const returning = (schema: Any, schemas: Any = {}): Any =>
  api({ responses: { 200: { description: 'Here.', content: json(schema) } } }, { components: { schemas } });

/** A schema as the body of a request. */
export const taking = (schema: Any, schemas: Any = {}): Any =>
  api({ requestBody: { content: json(schema) } }, { method: 'post', components: { schemas } });

/** A parameter of the query, unless it says otherwise. */
export const asking = (parameter: Any, more: Any = {}): Any =>
  api({ parameters: [{ name: 'q', in: 'query', ...parameter }] }, more);
