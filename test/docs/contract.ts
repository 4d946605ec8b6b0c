/** A small contract that has what ours lacks: several operations, tags, errors that differ, bodies, null in each form. */
import type { OpenAPI3 } from 'openapi-typescript';

const json = (schema: object, more?: object) => ({ content: { 'application/json': { schema, ...more } } });
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const orNull = (schema: object) => ({ anyOf: [schema, { type: 'null' }] });

const closed = { description: 'Closed.', 'x-retry': true, 'x-advice': 'try again later' };

export const contract: OpenAPI3 = {
  openapi: '3.1.0',
  info: { title: 'Toys', version: '1.2.3', description: 'Toys.' },
  servers: [{ url: 'https://toys.example/base/' }],
  security: [{ key: [] }],
  tags: [{ name: 'Toy boxes', description: 'Boxes.' }],
  paths: {
    '/toys': {
      parameters: [
        { name: 'X-Owner', in: 'header', required: true, schema: { type: 'string' }, example: 'ann' },
      ],
      get: {
        operationId: 'listToys',
        summary: 'List toys',
        parameters: [
          {
            name: 'tags',
            in: 'query',
            schema: { type: 'array', items: { type: 'string' } },
            example: ['a b', 'c'],
          },
          {
            name: 'ids',
            in: 'query',
            explode: false,
            schema: { type: 'array', items: { type: 'integer' } },
            example: [1, 2],
          },
          { name: 'after', in: 'query', schema: orNull({ type: 'string' }) },
        ],
        responses: {
          '200': { description: 'Toys.', ...json({ type: 'array', items: ref('Toy') }) },
          '401': { $ref: '#/components/responses/NoKey' },
          '503': { $ref: '#/components/responses/Closed' },
          default: { description: 'Whatever else.' },
        },
      },
      post: {
        operationId: 'addToy',
        tags: ['Toy boxes'],
        summary: 'Add a toy',
        requestBody: { required: true, ...json(ref('Toy'), { example: { name: "Ann's bear" } }) },
        responses: {
          '201': { description: 'The toy.', ...json(ref('Toy')) },
          '401': { $ref: '#/components/responses/NoKey' },
          '503': { $ref: '#/components/responses/Closed' },
          '413': { description: 'Too | large.', 'x-retry': false, 'x-advice': 'send\nless' },
          default: { description: 'Whatever else.' },
        },
      },
    },
    '/toys/{name}': {
      delete: {
        operationId: 'removeToy',
        summary: 'Remove a toy',
        security: [],
        parameters: [
          { name: 'name', in: 'path', required: true, schema: { type: 'string' }, example: "Ann's bear" },
        ],
        // The last two are written out, as FastAPI does, and yet the same.
        responses: {
          '204': { description: 'Gone.' },
          '503': structuredClone(closed),
          default: { description: 'Whatever else.' },
        },
      },
    },
  },
  components: {
    securitySchemes: { key: { type: 'http', scheme: 'bearer' } },
    schemas: {
      Size: { type: 'object', properties: { width: { type: 'number', description: 'In cm.' } } },
      Toy: {
        type: 'object',
        required: ['name'],
        properties: {
          name: { type: 'string', description: 'Its name.' },
          kind: { description: 'Its kind.', ...orNull({ type: 'string', enum: ['bear', 'car'] }) },
          size: { description: 'Its size.', ...orNull(ref('Size')) },
          parts: {
            description: 'Its parts.',
            oneOf: [{ type: 'array', items: ref('Toy') }, { type: 'null' }],
          },
          whole: { description: 'Of which it is a part.', ...orNull(ref('Toy')) },
        },
      },
    },
    responses: {
      NoKey: { description: 'No key.', 'x-retry': false, 'x-advice': 'send a key' },
      Closed: closed,
    },
  },
};
