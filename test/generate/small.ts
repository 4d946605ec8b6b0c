/** Small contracts, and the code that is generated from them. */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Operation, Validator } from '../../generated/types.ts';
import { readContract } from '../../scripts/contract/read.ts';
import { generateAll, writeGenerated } from '../../scripts/generate.ts';
import { type UnknownValue, UnknownValues } from '../../src/unknown-values.ts';
import { temporaryFolder, writeFiles } from './scratch.ts';

export type Validators = Operation['validators'];

/** What was generated, by module. */
export interface Generated {
  operations: Record<string, Operation>;
  values: Record<string, readonly unknown[]>;
  examples: Record<string, Record<string, Record<string, unknown>>>;
  validators: Record<string, Validators>;
}

/** A document with these paths and components. */
export function document(paths: object, components: object = {}, more: object = {}): object {
  return { openapi: '3.1.0', info: { title: 'Small', version: '1.0.0' }, ...more, paths, components };
}

/** A document with one operation, `look`, that answers JSON of this schema. */
export function answering(schema: object, schemas: object = {}): object {
  return document(
    { '/look': { get: { operationId: 'look', responses: { 200: jsonOf(schema) } } } },
    { schemas },
  );
}

/** A response of JSON. */
export const jsonOf = (schema: object) => ({ description: '-', content: { 'application/json': { schema } } });

/**
 * Reads a contract from disk, as a keeper's would be, and loads what is generated from it.
 *
 * @param folder - Where to leave the files. By default they are gone when they are loaded.
 * @param options - How the contract is read.
 */
export async function load(
  contract: object,
  folder?: string,
  options: Parameters<typeof readContract>[1] = {},
): Promise<Generated> {
  let remove = () => {};
  const home =
    folder ??
    temporaryFolder((end) => {
      remove = end;
    });
  try {
    writeFiles(home, { 'contract.json': JSON.stringify(contract) });
    const read = await readContract(path.join(home, 'contract.json'), options);
    await writeGenerated(await generateAll(read, path.join(home, 'contract.json')), home);
    const module = (name: string) => import(/* @vite-ignore */ pathToFileURL(path.join(home, name)).href);
    const [operations, values, examples] = await Promise.all(
      ['operations.ts', 'values.ts', 'examples.ts'].map(module),
    );
    const validators = Object.fromEntries(
      Object.entries<Operation>(operations).map(([name, operation]) => [name, operation.validators]),
    );
    return { operations, values, examples, validators };
  } finally {
    remove();
  }
}

/** What the contract does not list in a body; undefined if the body is refused. */
export function unknownIn(validate: Validator | undefined, body: unknown): UnknownValue[] | undefined {
  const unknown = new UnknownValues();
  return validate?.call(unknown, body) ? unknown.in(body) : undefined;
}
