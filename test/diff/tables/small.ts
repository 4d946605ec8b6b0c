/** Builds the smallest documents that show what an edit means. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

// biome-ignore lint/suspicious/noExplicitAny: documents are edited freely.
export type Any = any;

/** Null or undefined for no change. */
export type Rating = 'major' | 'minor' | 'patch' | null | undefined;

export const readTable = <T>(name: string): T => parse(readFileSync(new URL(name, import.meta.url), 'utf8'));

/** Schemas of a type: `text({ maxLength: 9 })`. */
export const text = (keywords: Any = {}): Any => ({ type: 'string', ...keywords });
export const number = (keywords: Any = {}): Any => ({ type: 'number', ...keywords });
export const integer = (keywords: Any = {}): Any => ({ type: 'integer', ...keywords });
export const array = (keywords: Any = {}): Any => ({ type: 'array', ...keywords });
export const object = (properties: Any, keywords: Any = {}): Any => ({
  type: 'object',
  properties,
  ...keywords,
});

export const anyOf = (...schemas: Any[]): Any => ({ anyOf: schemas });
export const oneOf = (...schemas: Any[]): Any => ({ oneOf: schemas });
export const allOf = (...schemas: Any[]): Any => ({ allOf: schemas });
export const nullable = (schema: Any): Any => anyOf(schema, { type: 'null' });
export const ref = (name: string): Any => ({ $ref: `#/components/schemas/${name}` });

/** A schema as the content of a body. */
export const content = (schema: Any, type = 'application/json'): Any => ({ content: { [type]: { schema } } });

const done = { 204: { description: 'Done.' } };

/** A document with one operation, `POST /things`, changed as the test needs it. */
export function api(operation: Any, { path = '/things', method = 'post', ...rest }: Any = {}): Any {
  return {
    openapi: '3.1.0',
    info: { title: 'Things', version: '1.0.0' },
    paths: { [path]: { [method]: { operationId: 'things', responses: done, ...operation } } },
    ...rest,
  };
}

/** The same operation in a webhook and in a callback, which the API calls, and in the callbacks of these. */
export const hook = (operation: Any, more: Any = {}): Any =>
  api({}, { webhooks: { done: { post: { responses: done, ...operation } } }, ...more });
const calledBack = (operation: Any) => ({
  callbacks: { done: { '{$request.query.url}': { post: { responses: done, ...operation } } } },
});
export const callback = (operation: Any, more: Any = {}): Any => api(calledBack(operation), more);
export const callbackOfHook = (operation: Any, more: Any = {}): Any => hook(calledBack(operation), more);
export const callbackOfCallback = (operation: Any, more: Any = {}): Any =>
  callback(calledBack(operation), more);

const withSchemas = (schemas: Any) => ({ components: { schemas } });

/** A schema as the body of a response. */
export const returning = (schema: Any, schemas: Any = {}, build: Any = api): Any =>
  build({ responses: { 200: { description: 'Here.', ...content(schema) } } }, withSchemas(schemas));

/** A schema as the body of a request. */
export const taking = (schema: Any, schemas: Any = {}, build: Any = api): Any =>
  build({ requestBody: content(schema) }, withSchemas(schemas));

/** A parameter of the query, unless it says otherwise. */
export const asking = (parameter: Any, more: Any = {}): Any =>
  api({ parameters: [{ name: 'q', in: 'query', ...parameter }] }, more);
