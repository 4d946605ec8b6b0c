/** A small contract that has what ours lacks: several operations, tags, errors that differ, bodies, null in each form. */
import type { OpenAPI3 } from 'openapi-typescript';

const json = (schema: object, more?: object) => ({ content: { 'application/json': { schema, ...more } } });
const envelope = { $ref: '#/components/schemas/Problem' };
const errors = (...statuses: string[]) =>
  Object.fromEntries(statuses.map((status) => [status, { $ref: `#/components/responses/${named[status]}` }]));
const named: Record<string, string> = { 401: 'NoKey', 404: 'NotThere', 503: 'Closed', default: 'Whatever' };

const closed = { description: 'Closed.', 'x-retry': true, 'x-advice': 'try again later', ...json(envelope) };

export const contract = {
  openapi: '3.1.0',
  info: { title: 'Toys', version: '1.2.3', description: 'Toys.' },
  servers: [{ url: 'https://toys.example/base/' }],
  security: [{ key: [] }],
  tags: [{ name: 'Toy boxes', description: 'Boxes.' }],
  paths: {
    '/toys': {
      parameters: [{ $ref: '#/components/parameters/owner' }],
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
            schema: { type: 'array', examples: [[1, 2]], items: { type: 'integer' } },
          },
          { name: 'after', in: 'query', schema: { anyOf: [{ type: 'string' }, { type: 'null' }] } },
        ],
        responses: {
          '200': {
            description: 'Toys.',
            ...json({ type: 'array', items: { $ref: '#/components/schemas/Toy' } }),
          },
          ...errors('401', '503', 'default'),
        },
      },
      post: {
        tags: ['Toy boxes'],
        summary: 'Add a toy',
        requestBody: { required: true, ...json({ $ref: '#/components/schemas/NewToy' }) },
        responses: {
          '201': { description: 'The toy.', ...json({ $ref: '#/components/schemas/Toy' }) },
          ...errors('401', '503', 'default'),
          '413': { description: 'Too | large.', 'x-retry': false, 'x-advice': 'send\nless' },
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
        // Written out, as FastAPI does, and yet the same.
        responses: {
          '204': { description: 'Gone.' },
          ...errors('404', 'default'),
          '503': structuredClone(closed),
        },
      },
    },
  },
  components: {
    securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X-Key' } },
    parameters: {
      owner: {
        name: 'X-Owner',
        in: 'header',
        required: true,
        schema: { $ref: '#/components/schemas/Owner' },
      },
    },
    schemas: {
      Owner: { type: 'string', enum: ['ann', 'bob'] },
      Size: { type: 'object', properties: { width: { type: 'number', description: 'In cm.' } } },
      Toy: {
        type: 'object',
        required: ['name'],
        properties: {
          name: { type: 'string', description: 'Its name.' },
          kind: {
            description: 'Its kind.',
            anyOf: [{ type: 'string', enum: ['bear', 'car'] }, { type: 'null' }],
          },
          size: {
            description: 'Its size.',
            anyOf: [{ $ref: '#/components/schemas/Size' }, { type: 'null' }],
          },
          parts: {
            description: 'Its parts.',
            oneOf: [{ type: 'array', items: { $ref: '#/components/schemas/Toy' } }, { type: 'null' }],
          },
          whole: {
            description: 'Of which it is a part.',
            anyOf: [{ $ref: '#/components/schemas/Toy' }, { type: 'null' }],
          },
          code: {
            description: 'Its code.',
            anyOf: [{ type: 'string' }, { type: 'integer' }, { type: 'null' }],
          },
        },
      },
      NewToy: {
        type: 'object',
        required: ['name', 'count', 'colours', 'owner'],
        properties: {
          name: { type: 'string', examples: ["Ann's bear"] },
          count: { type: 'integer', minimum: 2 },
          colours: { type: 'array', items: { type: 'string' } },
          owner: { $ref: '#/components/schemas/Owner' },
          whole: { $ref: '#/components/schemas/Toy' },
        },
      },
      Problem: {
        type: 'object',
        properties: { type: { type: 'string', enum: ['no_key', 'not_there'] } },
      },
    },
    responses: {
      NoKey: { description: 'No key.', 'x-retry': false, 'x-advice': 'send a key', ...json(envelope) },
      NotThere: { description: 'Not there.', 'x-retry': false, 'x-advice': 'look again', ...json(envelope) },
      Closed: closed,
      Whatever: { description: 'Whatever else.', ...json(envelope) },
    },
  },
} as unknown as OpenAPI3;
