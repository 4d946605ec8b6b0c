import path from 'node:path';
import { expect, test } from 'vitest';
import { compile, temporaryFolder, writeFiles } from './scratch.ts';
import { document, jsonOf, load } from './small.ts';

test('types tell null from absent, require nothing that has a default, and list values', async () => {
  const nullable = (type: string) => ({ anyOf: [{ type }, { type: 'null' }] });
  const Pet = {
    type: 'object',
    required: ['kind', 'name'],
    properties: {
      kind: { type: 'string', enum: ['cat', 'dog'] },
      name: nullable('string'),
      age: nullable('number'),
      tame: { type: 'boolean', default: false },
    },
  };
  const parameters = [{ name: 'limit', in: 'query', schema: { type: 'integer', default: 20 } }];
  const responses = { 200: jsonOf({ $ref: '#/components/schemas/Pet' }) };
  const paths = { '/pets': { get: { operationId: 'list_pets', parameters, responses } } };
  const folder = temporaryFolder();
  await load(document(paths, { schemas: { Pet } }), folder);
  const code = `
    import type { components, operations } from './schema.js';
    type Pet = components['schemas']['Pet'];
    type Query = NonNullable<operations['list_pets']['parameters']['query']>;
    export const query: Query = {};
    export const pet: Pet = { kind: 'cat', name: null };
    export const values: [string | null, number | null | undefined] = [pet.name, pet.age];
    export const answer: operations['list_pets']['responses'][200]['content']['application/json'] = pet;
    // @ts-expect-error: it may be absent
    export const tame: boolean = pet.tame;
    // @ts-expect-error: it is required, and may be null
    export const nameless: Pet = { kind: 'cat' };
    // @ts-expect-error: it may be null
    export const name: string = pet.name;
    // @ts-expect-error: it is not in the list
    export const cow: Pet = { kind: 'cow', name: null };
    // @ts-expect-error: absent or a number
    export const unlimited: Query = { limit: undefined };`;
  writeFiles(folder, { 'consumer.ts': code });
  const options = { exactOptionalPropertyTypes: true, erasableSyntaxOnly: true };
  expect(compile([path.join(folder, 'consumer.ts')], options)).toEqual([]);
});
