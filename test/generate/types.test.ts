import { writeFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { temporaryFolder } from './scratch.ts';
import { document, jsonOf, load } from './small.ts';

const pet = {
  type: 'object',
  required: ['kind', 'name', 'shy'],
  properties: {
    kind: { type: 'string', enum: ['cat', 'dog'] },
    name: { anyOf: [{ type: 'string' }, { type: 'null' }] },
    age: { anyOf: [{ type: 'number' }, { type: 'null' }] },
    shy: { type: 'boolean' },
    tame: { type: 'boolean', default: false },
    tricks: { type: 'array', items: { type: 'string', enum: ['sit', 'roll'] } },
    mood: { enum: ['calm', 'wild', null] },
    place: { type: 'array', items: { anyOf: [{ type: 'string' }, { type: 'integer' }] } },
  },
};

/** A contract with one operation, which only reads, and the schema of what it answers. */
const petContract = (schema: object = pet) =>
  document(
    {
      '/pets': {
        get: {
          operationId: 'list_pets',
          parameters: [
            { name: 'name', in: 'query', schema: { anyOf: [{ type: 'string' }, { type: 'null' }] } },
            { name: 'limit', in: 'query', schema: { type: 'integer', default: 20 } },
          ],
          responses: { 200: jsonOf({ $ref: '#/components/schemas/Pet' }), 404: jsonOf({ type: 'string' }) },
        },
      },
    },
    { schemas: { Pet: schema } },
  );

/** The compiler's messages about code that uses the types of a contract. */
async function typeCheck(contract: object, code: string): Promise<string[]> {
  const folder = temporaryFolder();
  await load(contract, folder);
  const file = path.join(folder, 'consumer.ts');
  writeFileSync(
    file,
    `import type { components, operations, paths } from './schema.js';
    type Pet = components['schemas']['Pet'];
    type Operation = operations['list_pets'];
    type Query = NonNullable<Operation['parameters']['query']>;
    type Body<S extends keyof Operation['responses']> = Operation['responses'][S]['content']['application/json'];
    type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
    /** \`{ a?: 1; b: 2 }\` becomes \`'b'\`. */
    type RequiredKeys<T> = { [K in keyof T]-?: object extends Pick<T, K> ? never : K }[keyof T];
    const is = <T extends true>(..._: T[]): void => {};
    const use = <T>(_: T): void => {};
    export { use, is, type paths, type Pet, type Query, type Body };
    export type Unused = RequiredKeys<Pet> | Same<1, 1>;
    ${code}`,
  );
  const program = ts.createProgram([file], {
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    types: [],
    lib: ['lib.es2022.d.ts'],
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    erasableSyntaxOnly: true,
  });
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
}

test('types say what the contract says: null apart from absent, defaults that require nothing, closed lists', async () => {
  const claims = `
    is<Same<keyof paths, '/pets'>>();
    is<Same<paths['/pets']['post'], undefined>>();
    is<Same<Operation['requestBody'], undefined>>();
    is<Same<keyof Operation['responses'], 200 | 404>>();
    is<Same<Body<200>, Pet>>();
    is<Same<Body<404>, string>>();
    is<Same<RequiredKeys<Query>, never>>();
    is<Same<Required<Query>, { name: string | null; limit: number }>>();
    is<Same<RequiredKeys<Pet>, 'kind' | 'name' | 'shy'>>();
    is<Same<Pet['kind'], 'cat' | 'dog'>>();
    is<Same<Pet['name'], string | null>>();
    is<Same<Pet['age'], number | null | undefined>>();
    is<Same<Pet['tame'], boolean | undefined>>();
    is<Same<NonNullable<Pet['tricks']>, ('sit' | 'roll')[]>>();
    is<Same<Pet['mood'], 'calm' | 'wild' | null | undefined>>();
    is<Same<NonNullable<Pet['place']>, (string | number)[]>>();
    // @ts-expect-error: not a parameter
    use<Query>({ offset: 20 });
    // @ts-expect-error: absent or a number
    use<Query>({ limit: undefined });`;
  expect(await typeCheck(petContract(), claims)).toEqual([]);
});

test('code that uses a value compiles until the contract drops the value', async () => {
  const code = `use<NonNullable<Pet['tricks']>[number]>('roll');`;
  expect(await typeCheck(petContract(), code)).toEqual([]);
  const dropped = structuredClone(pet);
  dropped.properties.tricks.items.enum = ['sit', 'stay'];
  expect(await typeCheck(petContract(dropped), code)).toEqual([
    `Argument of type '"roll"' is not assignable to parameter of type '"sit" | "stay"'.`,
  ]);
});
