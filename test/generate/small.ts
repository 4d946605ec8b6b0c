/** Small contracts, generated from in a folder of their own and loaded from there. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { onTestFinished } from 'vitest';
import type { Lists, Operation, Validator } from '../../generated/types.ts';
import { readContract } from '../../scripts/contract/read.ts';
import { generate, writeGenerated } from '../../scripts/generate.ts';

export interface Validators {
  request: Validator;
  responses: Record<string, Validator>;
  lists: Record<string, Lists>;
}

/** What was generated, by module. */
export interface Generated {
  operations: Record<string, Operation>;
  values: Record<string, readonly unknown[]>;
  examples: Record<string, Record<string, Record<string, unknown>>>;
  validators: Record<string, Validators>;
}

/** A folder that is gone when the test is over. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'small-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
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
 */
export async function load(contract: object, folder?: string): Promise<Generated> {
  const home = folder ?? mkdtempSync(path.join(tmpdir(), 'small-'));
  try {
    const file = path.join(home, 'contract.json');
    writeFileSync(file, JSON.stringify(contract));
    await writeGenerated(await generate(await readContract(file)), home);
    const module = (name: string) => import(/* @vite-ignore */ pathToFileURL(path.join(home, name)).href);
    const [operations, values, examples, validators] = await Promise.all(
      ['operations.ts', 'values.ts', 'examples.ts', 'validators/index.ts'].map(module),
    );
    return { operations, values, examples, validators };
  } finally {
    if (folder === undefined) rmSync(home, { recursive: true });
  }
}
