import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { compile, temporaryFolder, writeFiles } from './scratch.ts';
import { document, jsonOf, load } from './small.ts';

test('types require nothing that has a default, read nullable as it was meant, and state the range of a parameter', async () => {
  const Pet = {
    type: 'object',
    properties: {
      name: { type: 'string', nullable: true },
      owner: { $ref: '#/components/schemas/Pet', nullable: true },
      tame: { type: 'boolean', default: false },
    },
  };
  const query = (name: string, schema: object, more = {}) => ({ name, in: 'query', schema, ...more });
  const Limit = query(
    'limit',
    { type: 'integer', minimum: 1, maximum: 100, default: 20 },
    { description: 'How many.' },
  );
  const parameters = [
    { $ref: '#/components/parameters/Limit' },
    query('size', { anyOf: [{ type: 'number', exclusiveMinimum: 0 }, { type: 'null' }] }),
    query('order', { type: 'string', default: 'name' }),
  ];
  const responses = { 200: jsonOf({ $ref: '#/components/schemas/Pet' }) };
  const paths = {
    '/pets': { get: { operationId: 'list_pets', parameters, responses } },
    '/dogs': { get: { operationId: 'list_dogs', parameters, responses } },
  };
  const folder = temporaryFolder();
  await load(document(paths, { schemas: { Pet }, parameters: { Limit } }), folder);
  const code = `
    import type { components, operations } from './schema.js';
    type Query = NonNullable<operations['list_pets']['parameters']['query']>;
    export const query: Query = {};
    export const pet: components['schemas']['Pet'] = { name: null, owner: null };
    // @ts-expect-error: it may be absent
    export const tame: boolean = pet.tame;
    // @ts-expect-error: absent or a number
    export const unlimited: Query = { limit: undefined };`;
  writeFiles(folder, { 'consumer.ts': code });
  expect(await compile([path.join(folder, 'consumer.ts')], { erasableSyntaxOnly: true })).toEqual([]);
  const told = readFileSync(path.join(folder, 'schema.ts'), 'utf8').match(
    /(?<=@description ).*(?= \*\/\s+(limit|size|order)\??:)/g,
  );
  expect(new Set(told)).toEqual(
    new Set(['How many. 1 to 100, default 20.', 'More than 0.', 'Default "name".']),
  );
});
